"""Tables of the guidance log: what happened for the chain, and for whom beside it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS
from guidance.models.chain import ChainRow, SideRow

_REVERSES = text("reverses IS NOT NULL")


class GuidanceMoment(ChainRow):
    """One guidance moment, with level, leerjaar and exam year as they were expected when it was recorded."""

    __tablename__ = "guidance_moment"
    __table_args__ = (
        UniqueConstraint("school_id", "previous_hash"),
        Index("ix_guidance_moment_school_id_id", "school_id", "id"),
        Index(
            "ix_guidance_moment_qualifying",
            "school_id",
            "happened_at",
            # As SQLite is asked for it: only a condition in the same words finds this index.
            sqlite_where=text("qualifying = 1"),
            postgresql_where=text("qualifying"),
        ),
        Index(
            "ix_guidance_moment_reverses",
            "school_id",
            "reverses",
            sqlite_where=_REVERSES,
            postgresql_where=_REVERSES,
        ),
    )

    kind: Mapped[str] = mapped_column(info=NONE)
    happened_at: Mapped[datetime] = mapped_column(info=NONE)
    recorded_at: Mapped[datetime] = mapped_column(info=NONE)
    # The calendar year in which the school year of the moment began.
    school_year: Mapped[int] = mapped_column(info=NONE)
    level: Mapped[str | None] = mapped_column(info=NONE)
    leerjaar: Mapped[int | None] = mapped_column(info=NONE)
    exam_year: Mapped[int | None] = mapped_column(info=NONE)
    qualifying: Mapped[bool] = mapped_column(info=NONE)
    anonymous: Mapped[bool] = mapped_column(info=NONE)
    # The hash of the moment that this row takes back, if it is a reversing row.
    reverses: Mapped[str | None] = mapped_column(info=NONE)
    # It happened at another school. Empty when it did not: an empty column is left out of the hash.
    elsewhere: Mapped[bool | None] = mapped_column(info=NONE)


class GuidanceMomentPerson(SideRow):
    """Whose moment it was and who recorded it; the source key keeps it from being recorded twice."""

    __tablename__ = "guidance_moment_person"
    __table_args__ = (UniqueConstraint("pupil_id", "source_key"),)

    moment_id: Mapped[int] = mapped_column(ForeignKey("guidance_moment.id"), primary_key=True, info=NONE)
    # Empty for a moment of the school and nobody in particular, such as an evening that someone offers.
    pupil_id: Mapped[int | None] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), info=PSEUDONYMOUS
    )
    # "pupil:12" or "dean:3".
    actor: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    source_key: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    detail: Mapped[str | None] = mapped_column(info=PERSONAL)
