"""Tables of a pupil's career file: what the pupil wrote, and what was said otherwise or left out."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.career_competencies import CareerCompetency
from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil

LONGEST_ENTRY = 500


class CareerFileEntry(Base):
    """A line that a pupil wrote; one that was removed stays until the pupil puts it back or erases it."""

    __tablename__ = "career_file_entry"
    __table_args__ = (UniqueConstraint("pupil_id", "form_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    section: Mapped[CareerCompetency] = mapped_column(String, info=NONE)
    text: Mapped[str] = mapped_column(String(LONGEST_ENTRY), info=PERSONAL)
    # The form it was sent with, so that a form sent twice adds one line.
    form_id: Mapped[str] = mapped_column(info=NONE)
    created_at: Mapped[datetime] = mapped_column(info=NONE)
    changed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    removed_at: Mapped[datetime | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()


class CareerFileLine(Base):
    """What a pupil made of a line that follows from what was done: other words, or left out."""

    __tablename__ = "career_file_line"
    __table_args__ = (UniqueConstraint("pupil_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    # Which line, by the row it comes from and what it takes from it: "check_in_run:12:standing_out".
    key: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    section: Mapped[CareerCompetency] = mapped_column(String, info=NONE)
    text: Mapped[str | None] = mapped_column(String(LONGEST_ENTRY), info=PERSONAL)
    left_out_at: Mapped[datetime | None] = mapped_column(info=NONE)
    changed_at: Mapped[datetime] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
