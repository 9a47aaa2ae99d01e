"""Table of pupils: from the roster, or anonymous."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.school import School


class Pupil(Base):
    """A pupil of a school; without a code it is an anonymous visitor, who counts in totals only."""

    __tablename__ = "pupil"
    __table_args__ = (UniqueConstraint("school_id", "code_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    first_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    surname: Mapped[str | None] = mapped_column(info=PERSONAL)
    class_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    level: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    leerjaar: Mapped[int | None] = mapped_column(info=PSEUDONYMOUS)
    profile: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    exam_year: Mapped[int | None] = mapped_column(info=PSEUDONYMOUS)
    # The last day on which the pupil is under 16; empty counts as under 16.
    under_16_until: Mapped[date | None] = mapped_column(info=PERSONAL)
    left_on: Mapped[date | None] = mapped_column(info=PSEUDONYMOUS)
    code_digest: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    created_at: Mapped[datetime] = mapped_column(info=NONE)

    school: Mapped[School] = relationship()

    @property
    def is_anonymous(self) -> bool:
        return self.code_digest is None

    def is_under_16(self, day: date) -> bool:
        return self.under_16_until is None or day <= self.under_16_until
