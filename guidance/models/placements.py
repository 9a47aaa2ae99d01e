"""Table of where each pupil was in each school year, as the roster had it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil


class Placement(Base):
    """Where a pupil was in one school year, and which exam year was expected then."""

    __tablename__ = "placement"
    __table_args__ = (UniqueConstraint("pupil_id", "school_year"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), info=PSEUDONYMOUS)
    # The calendar year in which it began.
    school_year: Mapped[int] = mapped_column(info=NONE)
    level: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    leerjaar: Mapped[int | None] = mapped_column(info=PSEUDONYMOUS)
    class_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    exam_year: Mapped[int | None] = mapped_column(info=PSEUDONYMOUS)
    is_vavo: Mapped[bool] = mapped_column(default=False, server_default=false(), info=PSEUDONYMOUS)
    # When the roster last said something new about it.
    noted_at: Mapped[datetime] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
