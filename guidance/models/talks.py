"""Tables of talks asked for and of the summary that opens them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.accounts import Staff
from guidance.models.pupil import Pupil
from guidance.models.versions import Versioned
from guidance.own_words import LONGEST_WORDS

LONGEST_PLACE = 60


class TalkRequest(Versioned):
    """A pupil asked for a talk with the dean; one open request a pupil. Closed is held or not."""

    __tablename__ = "talk_request"
    __table_args__ = (
        Index(
            "ix_talk_request_one_open",
            "pupil_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True, info=NONE)
    requested_at: Mapped[datetime] = mapped_column(info=NONE)
    discussed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # What the pupil wants to talk about, and the message that said so.
    words: Mapped[str | None] = mapped_column(String(LONGEST_WORDS), info=PERSONAL)
    words_message_id: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    # The pupil asked for this member of staff by name.
    chosen_by_pupil: Mapped[bool] = mapped_column(default=False, server_default=false(), info=NONE)
    # What came back: by whom, for when and where, and in which words.
    answered_at: Mapped[datetime | None] = mapped_column(info=NONE)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), info=NONE)
    planned_at: Mapped[datetime | None] = mapped_column(info=NONE)
    place: Mapped[str | None] = mapped_column(String(LONGEST_PLACE), info=PERSONAL)
    answer: Mapped[str | None] = mapped_column(String(LONGEST_WORDS), info=PERSONAL)
    closed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    outcome: Mapped[str | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
    staff: Mapped[Staff] = relationship(foreign_keys=staff_id)


class Summary(Base):
    """What the dean may read before a talk; nothing of it leaves before the pupil shares it."""

    __tablename__ = "summary"

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    talk_request_id: Mapped[int] = mapped_column(
        ForeignKey("talk_request.id", ondelete="CASCADE"), unique=True, info=PSEUDONYMOUS
    )
    drafted_at: Mapped[datetime] = mapped_column(info=NONE)
    shared_at: Mapped[datetime | None] = mapped_column(info=NONE)
    seen_at: Mapped[datetime | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
    talk_request: Mapped[TalkRequest] = relationship()
    lines: Mapped[list["SummaryLine"]] = relationship(
        back_populates="summary",
        order_by="SummaryLine.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class SummaryLine(Base):
    """One line of a summary, with the rows it comes from; a struck line never leaves."""

    __tablename__ = "summary_line"
    __table_args__ = (UniqueConstraint("summary_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    summary_id: Mapped[int] = mapped_column(
        ForeignKey("summary.id", ondelete="CASCADE"), index=True, info=NONE
    )
    position: Mapped[int] = mapped_column(info=NONE)
    # One of the eight fixed fields of guidance/summary.py.
    field: Mapped[str] = mapped_column(info=NONE)
    text: Mapped[str] = mapped_column(info=PERSONAL)
    # The rows it traces to, such as "check_in_run:12".
    sources: Mapped[list[str]] = mapped_column(JSON, info=PSEUDONYMOUS)
    struck_at: Mapped[datetime | None] = mapped_column(info=NONE)

    summary: Mapped[Summary] = relationship(back_populates="lines")
