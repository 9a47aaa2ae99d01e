"""Table of pupils: from the roster, or anonymous."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.school import School


class Pupil(Base):
    """A pupil of a school; one with neither a code nor a number is anonymous, and counts in totals only."""

    __tablename__ = "pupil"
    __table_args__ = (
        UniqueConstraint("school_id", "code_digest"),
        # An index and no constraint: SQLite would have to make the table anew for that.
        Index("ix_pupil_school_id_roster_key", "school_id", "roster_key", unique=True),
    )

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
    # What the school's own administration calls this pupil.
    roster_key: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    location: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    class_mentor: Mapped[str | None] = mapped_column(info=PERSONAL)
    holiday_region: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    mail: Mapped[str | None] = mapped_column(info=PERSONAL)
    is_vavo: Mapped[bool] = mapped_column(default=False, server_default=false(), info=PSEUDONYMOUS)
    # Came from another school on this day; empty for who began here.
    arrived_on: Mapped[date | None] = mapped_column(info=PSEUDONYMOUS)
    # The pupil said that no invitations should come any more.
    no_invitations_at: Mapped[datetime | None] = mapped_column(info=PSEUDONYMOUS)
    created_at: Mapped[datetime] = mapped_column(info=NONE)

    school: Mapped[School] = relationship()

    @hybrid_property
    def is_anonymous(self) -> bool:
        return self.code_digest is None and self.roster_key is None

    @is_anonymous.inplace.expression
    @classmethod
    def _is_anonymous_row(cls) -> ColumnElement[bool]:
        return cls.code_digest.is_(None) & cls.roster_key.is_(None)

    def is_under_16(self, day: date) -> bool:
        return self.under_16_until is None or day <= self.under_16_until
