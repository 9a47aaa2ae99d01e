"""Tables of oud-leerlingen: who signed up, each step of the vetting, and the mailed links."""

from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.mentor_proposals import UNDO_WITHIN, Kind, Outcome
from guidance.mentor_vetting import State, is_active_on
from guidance.models.accounts import Staff
from guidance.models.school import School

LONGEST_NAME, LONGEST_MAIL, LONGEST_FREE, LONGEST_TOPICS, LONGEST_STORY = 60, 254, 120, 300, 1000
LONGEST_PROPOSAL = 300
MOST_OPEN_QUESTIONS = 5
CONFIRM_LINK_LIVES = timedelta(hours=24)
SIGN_IN_LINK_LIVES = timedelta(days=14)
_HERE = text("left_at IS NULL")


class Mentor(Base):
    """An oud-leerling who wants to answer questions of pupils; the mail address is for the dean only."""

    __tablename__ = "mentor"
    __table_args__ = (
        Index(
            "ix_mentor_one_here",
            "school_id",
            "mail",
            unique=True,
            sqlite_where=_HERE,
            postgresql_where=_HERE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    state: Mapped[State] = mapped_column(String, default=State.SIGNED_UP, info=NONE)
    first_name: Mapped[str] = mapped_column(String(LONGEST_NAME), info=PERSONAL)
    # In small letters; empty once the oud-leerling has left.
    mail: Mapped[str] = mapped_column(String(LONGEST_MAIL), info=PERSONAL)
    exam_year: Mapped[int] = mapped_column(info=PSEUDONYMOUS)
    # A key of the catalogue, when the programme is there.
    programme: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    programme_name: Mapped[str] = mapped_column(String(LONGEST_FREE), info=PSEUDONYMOUS)
    institution: Mapped[str] = mapped_column(String(LONGEST_FREE), info=PSEUDONYMOUS)
    profile: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    topics: Mapped[str] = mapped_column(String(LONGEST_TOPICS), info=PERSONAL)
    capacity: Mapped[int] = mapped_column(info=NONE)
    story: Mapped[str | None] = mapped_column(String(LONGEST_STORY), info=PERSONAL)
    story_approved_at: Mapped[datetime | None] = mapped_column(info=NONE)
    signed_up_at: Mapped[datetime] = mapped_column(info=NONE)
    mail_confirmed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    conduct_agreed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # The document itself is never stored: only that it was seen, by whom, and until when it counts.
    vog_seen_on: Mapped[date | None] = mapped_column(info=NONE)
    vog_expires_on: Mapped[date | None] = mapped_column(info=NONE)
    vog_seen_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), info=NONE)
    # An oud-leerling can work here too; nobody judges what is about themselves.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), info=PSEUDONYMOUS)
    # Asked a pupil for contact data: paused until a dean decides.
    held_at: Mapped[datetime | None] = mapped_column(info=NONE)
    last_offered_at: Mapped[datetime | None] = mapped_column(info=NONE)
    left_at: Mapped[datetime | None] = mapped_column(info=NONE)

    school: Mapped[School] = relationship()
    seen_by: Mapped[Staff | None] = relationship(foreign_keys=[vog_seen_by])

    def is_active_on(self, today: date) -> bool:
        """Tell whether pupils may see this oud-leerling today."""
        return is_active_on(State(self.state), self.vog_expires_on, today)

    def is_also(self, staff: Staff) -> bool:
        """Tell whether this is that member of staff too: said to be, or with the same mail address."""
        return self.staff_id == staff.id or self.mail == staff.mail.strip().casefold()


class MentorStep(Base):
    """One step of the vetting: from where, to where, when, and by whom."""

    __tablename__ = "mentor_step"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id", ondelete="CASCADE"), index=True, info=NONE)
    start: Mapped[State] = mapped_column(String, info=NONE)
    end: Mapped[State] = mapped_column(String, info=NONE)
    happened_at: Mapped[datetime] = mapped_column(info=NONE)
    # Such as "dean:4"; never a name.
    actor: Mapped[str] = mapped_column(info=NONE)

    mentor: Mapped[Mentor] = relationship()


class MentorLink(Base):
    """A mailed link: to confirm the address (once, 24 hours), or to the own page (14 days)."""

    __tablename__ = "mentor_link"
    __table_args__ = (UniqueConstraint("link_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id", ondelete="CASCADE"), index=True, info=NONE)
    # "confirm" or "sign_in".
    purpose: Mapped[str] = mapped_column(info=NONE)
    link_digest: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    expires_at: Mapped[datetime] = mapped_column(info=NONE)
    used_at: Mapped[datetime | None] = mapped_column(info=NONE)

    mentor: Mapped[Mentor] = relationship()


class MentorProposal(Base):
    """What an oud-leerling asks of the school or offers it, and what came of it; undecided, it waits."""

    __tablename__ = "mentor_proposal"
    __table_args__ = (UniqueConstraint("mentor_id", "form_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    mentor_id: Mapped[int] = mapped_column(
        ForeignKey("mentor.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    kind: Mapped[Kind] = mapped_column(String, info=NONE)
    # Empty once the oud-leerling has left.
    words: Mapped[str] = mapped_column(String(LONGEST_PROPOSAL), info=PERSONAL)
    form_id: Mapped[str] = mapped_column(info=NONE)
    proposed_at: Mapped[datetime] = mapped_column(info=NONE)
    decided_at: Mapped[datetime | None] = mapped_column(info=NONE)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), info=NONE)
    # Whether it came about, once it was decided.
    came: Mapped[bool | None] = mapped_column(info=NONE)

    mentor: Mapped[Mentor] = relationship()

    @property
    def outcome(self) -> Outcome:
        if self.decided_at is None:
            return Outcome.WAITING
        return Outcome.CAME if self.came else Outcome.NOT_NOW

    def can_be_undone_at(self, now: datetime) -> bool:
        """Tell whether what was decided can still be taken back."""
        return self.decided_at is not None and now - self.decided_at < UNDO_WITHIN
