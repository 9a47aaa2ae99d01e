"""Table of the programmes that pupils saved."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil

LONGEST_NOTE = 300


class SavedProgramme(Base):
    """A programme that a pupil wants to keep in sight; `programme` is its key in the catalogue."""

    __tablename__ = "saved_programme"
    __table_args__ = (UniqueConstraint("pupil_id", "programme"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    programme: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    # What it was called then, for when it leaves the catalogue.
    name: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    note: Mapped[str | None] = mapped_column(String(LONGEST_NOTE), info=PERSONAL)
    # The search that found it, and the keys it found that the pupil knows of: more of them later is news.
    query: Mapped[dict[str, str] | None] = mapped_column(JSON, info=PSEUDONYMOUS)
    known: Mapped[list[str] | None] = mapped_column(JSON, info=PSEUDONYMOUS)
    saved_at: Mapped[datetime] = mapped_column(info=NONE)
    # Told that it left the catalogue.
    told_gone_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # Taken off the list; it can be put back for a day.
    removed_at: Mapped[datetime | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
