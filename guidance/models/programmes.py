"""Table of the programmes that pupils saved."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil


class SavedProgramme(Base):
    """A programme that a pupil wants to keep in sight; `programme` is its key in the catalogue."""

    __tablename__ = "saved_programme"
    __table_args__ = (UniqueConstraint("pupil_id", "programme"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    programme: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    note: Mapped[str | None] = mapped_column(info=PERSONAL)
    saved_at: Mapped[datetime] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
