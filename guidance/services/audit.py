"""The audit: who opened whose data, what was changed, and what was refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.chain import Verification
from guidance.models.accounts import Staff
from guidance.models.audit import AuditEntry, AuditEntryPerson
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.services.chain import append_row, lock_chain, verify_chain

PUPIL_OPENED = "pupil_opened"
CHANGED = "changed"
REFUSED = "refused"
PUPIL = "pupil"


@dataclass(frozen=True)
class Opening:
    """Who opened a pupil's data and when, as the pupil may see it; the name is empty after they left."""

    opened_at: datetime
    actor_kind: str
    name: str | None
    what: str | None


def record_opening(
    session: Session, pupil: Pupil, actor: Actor, *, now: datetime, what: str | None = None
) -> AuditEntry:
    """Write down that someone opened a pupil's data, such as "summary:4"."""
    return _record(session, pupil.school_id, PUPIL_OPENED, actor, now=now, pupil_id=pupil.id, what=what)


def record_change(
    session: Session, school_id: int, actor: Actor, what: str, *, now: datetime, pupil_id: int | None = None
) -> AuditEntry:
    """Write down that someone changed what the school settled, such as "consent_basis:4:withdrawn"."""
    return _record(session, school_id, CHANGED, actor, now=now, pupil_id=pupil_id, what=what)


def has_change(session: Session, school_id: int, what: str) -> bool:
    """Say whether this change was written down at this school before."""
    changes = (
        select(AuditEntry.id)
        .join(AuditEntryPerson, AuditEntryPerson.entry_id == AuditEntry.id)
        .where(AuditEntry.school_id == school_id, AuditEntry.action == CHANGED, AuditEntryPerson.what == what)
    )
    return session.scalars(changes.limit(1)).first() is not None


def record_refusal(
    session: Session, school_id: int, actor: Actor, what: str, *, now: datetime, pupil_id: int | None = None
) -> AuditEntry:
    """Write down what someone tried and may not; the entrance commits this in a transaction of its own."""
    return _record(session, school_id, REFUSED, actor, now=now, pupil_id=pupil_id, what=what)


def _record(
    session: Session,
    school_id: int,
    action: str,
    actor: Actor,
    *,
    now: datetime,
    **whose: int | str | None,
) -> AuditEntry:
    lock_chain(session, school_id)
    entry = AuditEntry(school_id=school_id, action=action, happened_at=now)
    person = AuditEntryPerson(actor_kind=actor.kind, actor_id=actor.id, **whose)
    append_row(session, entry, person)
    person.entry_id = entry.id
    session.add(person)
    session.flush()
    return entry


def list_openings(session: Session, pupil: Pupil) -> list[Opening]:
    """Return who of the school opened this pupil's data, newest first."""
    rows = session.execute(
        select(AuditEntry.happened_at, AuditEntryPerson.actor_kind, Staff.name, AuditEntryPerson.what)
        .join(AuditEntryPerson, AuditEntryPerson.entry_id == AuditEntry.id)
        .outerjoin(Staff, (Staff.id == AuditEntryPerson.actor_id) & (AuditEntryPerson.actor_kind != PUPIL))
        .where(AuditEntryPerson.pupil_id == pupil.id, AuditEntry.action == PUPIL_OPENED)
        .order_by(AuditEntry.id.desc())
    )
    return [Opening(*row) for row in rows]


def verify(session: Session, school: School, *, known_head: str | None = None) -> Verification:
    """Say whether the audit of a school is whole."""
    return verify_chain(session, AuditEntry, AuditEntryPerson, school.id, known_head=known_head)
