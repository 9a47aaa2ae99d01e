"""Tables of the audit: who saw or tried what, chained like the guidance log."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, PSEUDONYMOUS
from guidance.models.chain import ChainRow, SideRow


class AuditEntry(ChainRow):
    """One thing that was opened, changed or refused."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("school_id", "previous_hash"),
        Index("ix_audit_entry_school_id_id", "school_id", "id"),
    )

    action: Mapped[str] = mapped_column(info=NONE)
    happened_at: Mapped[datetime] = mapped_column(info=NONE)


class AuditEntryPerson(SideRow):
    """Who did it, and whose it was."""

    __tablename__ = "audit_entry_person"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True, info=NONE)
    actor_kind: Mapped[str] = mapped_column(info=NONE)
    actor_id: Mapped[int | None] = mapped_column(info=PSEUDONYMOUS)
    pupil_id: Mapped[int | None] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    # What was asked for, such as "summary:4"; never a text of a person.
    what: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
