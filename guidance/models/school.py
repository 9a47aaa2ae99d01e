"""Tables of the school and of what it has settled."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base


class School(Base):
    """A school: the tenant that nothing crosses."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    code: Mapped[str] = mapped_column(unique=True, info=NONE)
    name: Mapped[str] = mapped_column(info=NONE)
    place: Mapped[str] = mapped_column(info=NONE)
    website: Mapped[str | None] = mapped_column(info=NONE)
    # The addresses whose pages may show the chat in a frame, with spaces between them.
    origins: Mapped[str] = mapped_column(default="", info=NONE)
    is_made_up: Mapped[bool] = mapped_column(default=False, info=NONE)
    # Empty means open; a text is the reason why the chat is switched off.
    chat_closed_because: Mapped[str | None] = mapped_column(info=NONE)
    # Contact with oud-leerlingen is off until the school turns it on.
    mentors_on_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # Where the head of the guidance log is mailed to.
    evidence_mail: Mapped[str | None] = mapped_column(info=PERSONAL)
    # The last day of choosing a profile this school year.
    profile_choice_on: Mapped[date | None] = mapped_column(info=NONE)
    # On which days and hours talks can be planned.
    talk_hours: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=NONE)
    created_at: Mapped[datetime] = mapped_column(info=NONE)


class ConsentBasis(Base):
    """On what ground a purpose is allowed for pupils under 16: a task of the school, or a parent's word."""

    __tablename__ = "consent_basis"
    __table_args__ = (UniqueConstraint("school_id", "purpose", "pupil_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    # Empty means: for every pupil of the school.
    pupil_id: Mapped[int | None] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    purpose: Mapped[str] = mapped_column(info=NONE)
    basis: Mapped[str] = mapped_column(info=NONE)
    decided_on: Mapped[date] = mapped_column(info=NONE)
    decided_by: Mapped[str] = mapped_column(info=PERSONAL)

    school: Mapped[School] = relationship()
