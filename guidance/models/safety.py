"""Table of safety notices: seen by the safeguarding contacts of the school, and by nobody else."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil


class SafetyNotice(Base):
    """A pupil wrote something that may mean danger; the words are kept only if the pupil agreed."""

    __tablename__ = "safety_notice"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    kind: Mapped[str] = mapped_column(info=PERSONAL)
    created_at: Mapped[datetime] = mapped_column(info=NONE)
    acknowledged_at: Mapped[datetime | None] = mapped_column(info=NONE)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), info=NONE)
    words: Mapped[str | None] = mapped_column(info=PERSONAL)
    closed_at: Mapped[datetime | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
