"""Tables of what a school offers to try teaching, and of what pupils asked for and did."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.models.versions import Versioned

LONGEST_WORDS = LONGEST_COMPLIMENT = 300
LONGEST_TITLE, LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_MAIL = 60, 60, 300, 254
# How long a link works, and how long what was decided stands before it may be asked anew.
LINK_LIVES = timedelta(days=14)

WAITING, LAPSED, CONFIRMED, DECLINED = "waiting", "lapsed", "confirmed", "declined"
_UNDECIDED = text("confirmed_at IS NULL AND declined_at IS NULL")
_RUNNING = text("ended_at IS NULL")


class ExperienceOffer(Versioned):
    """Something a pupil can do at or through the school, and the teacher who can confirm it."""

    __tablename__ = "experience_offer"
    __table_args__ = (
        Index(
            "ix_experience_offer_one_running",
            "school_id",
            "title",
            "teacher_mail",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    # One of guidance/content/experience_kinds.yml.
    kind: Mapped[str] = mapped_column(info=NONE)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), info=NONE)
    description: Mapped[str] = mapped_column(String(LONGEST_DESCRIPTION), info=NONE)
    teacher_name: Mapped[str] = mapped_column(String(LONGEST_NAME), info=PERSONAL)
    teacher_mail: Mapped[str] = mapped_column(String(LONGEST_MAIL), info=PERSONAL)
    added_by: Mapped[int] = mapped_column(ForeignKey("staff.id"), info=NONE)
    added_at: Mapped[datetime] = mapped_column(info=NONE)
    ended_at: Mapped[datetime | None] = mapped_column(info=NONE)

    school: Mapped[School] = relationship()


class Experience(Base):
    """A pupil asked for something the school offers, or says it is done; the state follows from the dates."""

    __tablename__ = "experience"
    __table_args__ = (
        UniqueConstraint("message_id"),
        UniqueConstraint("link_digest"),
        Index(
            "ix_experience_one_undecided",
            "pupil_id",
            "offer_id",
            unique=True,
            sqlite_where=_UNDECIDED,
            postgresql_where=_UNDECIDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    offer_id: Mapped[int] = mapped_column(ForeignKey("experience_offer.id"), index=True, info=NONE)
    # What the offer said when the pupil asked: a later change of the offer changes no history.
    kind: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), info=PSEUDONYMOUS)
    teacher_name: Mapped[str] = mapped_column(String(LONGEST_NAME), info=PERSONAL)
    # The pupil says that it is done; else it is still wished for.
    is_done: Mapped[bool] = mapped_column(info=PSEUDONYMOUS)
    message_id: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    words: Mapped[str | None] = mapped_column(String(LONGEST_WORDS), info=PERSONAL)
    asked_at: Mapped[datetime] = mapped_column(info=NONE)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    declined_at: Mapped[datetime | None] = mapped_column(info=NONE)
    compliment: Mapped[str | None] = mapped_column(String(LONGEST_COMPLIMENT), info=PERSONAL)
    link_digest: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    link_expires_at: Mapped[datetime] = mapped_column(info=NONE)
    # Each mail carries a link of its own; only the newest works.
    mails: Mapped[int] = mapped_column(default=0, info=NONE)

    pupil: Mapped[Pupil] = relationship()
    offer: Mapped[ExperienceOffer] = relationship()

    def state_at(self, now: datetime) -> str:
        """Return one of WAITING, LAPSED, CONFIRMED and DECLINED."""
        if self.confirmed_at:
            return CONFIRMED
        if self.declined_at:
            return DECLINED
        return WAITING if now < self.link_expires_at else LAPSED

    def may_be_asked_anew(self, now: datetime) -> bool:
        """Say whether a new mail may follow: the link lapsed, or it was decided some time ago."""
        decided_at = self.confirmed_at or self.declined_at
        return now >= (decided_at + LINK_LIVES if decided_at else self.link_expires_at)
