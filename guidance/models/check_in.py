"""Tables of check-ins: a run through an instrument, and its answers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil
from guidance.own_words import LONGEST_WORDS
from guidance.ratings import Kind, Rating


class CheckInRun(Base):
    """One pupil's run through one version of an instrument."""

    __tablename__ = "check_in_run"
    __table_args__ = (
        Index(
            "ix_check_in_run_one_open",
            "pupil_id",
            "instrument",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    instrument: Mapped[str] = mapped_column(info=NONE)
    version: Mapped[str] = mapped_column(info=NONE)
    started_at: Mapped[datetime] = mapped_column(info=NONE)
    closed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # Closed without an outcome, for the pupil chose to begin anew.
    dropped_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # Closed with an outcome and at least two thirds of the items answered.
    completed_at: Mapped[datetime | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="run", order_by="Answer.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Answer(Base):
    """What a pupil answered to one item of one run; a correction is a new version."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("run_id", "item", "version"), UniqueConstraint("message_id"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("check_in_run.id", ondelete="CASCADE"), index=True, info=NONE
    )
    item: Mapped[str] = mapped_column(info=NONE)
    version: Mapped[int] = mapped_column(default=1, info=NONE)
    kind: Mapped[Kind] = mapped_column(String, info=PSEUDONYMOUS)
    value: Mapped[int | None] = mapped_column(info=PSEUDONYMOUS)
    # What was done, in the pupil's own words, without personal data.
    words: Mapped[str | None] = mapped_column(String(LONGEST_WORDS), info=PERSONAL)
    message_id: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    given_at: Mapped[datetime] = mapped_column(info=NONE)

    run: Mapped[CheckInRun] = relationship(back_populates="answers")

    @property
    def rating(self) -> Rating:
        """Return the answer as a value."""
        return Rating(kind=self.kind, value=self.value, words=self.words)
