"""What is allowed for a pupil under 16: by the basis that a dean noted for a purpose, or not at all."""

from dataclasses import asdict, astuple, dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.clock import school_day
from guidance.consents import Basis, Decision, Purpose
from guidance.database import lock
from guidance.errors import ConsentMissing, NotFound, UnusableField
from guidance.models.accounts import Staff
from guidance.models.pupil import Pupil
from guidance.models.school import ConsentBasis
from guidance.services.audit import has_change, record_change
from guidance.services.pupils import get_pupil_of_dean, list_pupils_under_16, refuse_others


@dataclass(frozen=True)
class NotedBasis:
    """A basis as its dean sees it; without a pupil it is for all of the school."""

    basis: ConsentBasis
    pupil: Pupil | None


def has_basis(session: Session, pupil: Pupil, purpose: Purpose, *, today: date) -> bool:
    """Say whether a purpose is allowed: from 16 always, before that by a basis for all or for this pupil."""
    if not pupil.is_under_16(today):
        return True
    basis = select(ConsentBasis.id).where(
        ConsentBasis.school_id == pupil.school_id,
        ConsentBasis.purpose == purpose,
        or_(ConsentBasis.pupil_id.is_(None), ConsentBasis.pupil_id == pupil.id),
    )
    return session.scalars(basis.limit(1)).first() is not None


def require_basis(session: Session, pupil: Pupil, purpose: Purpose, *, today: date) -> None:
    """Raise ConsentMissing for a purpose that is not allowed for this pupil."""
    if not has_basis(session, pupil, purpose, today=today):
        raise ConsentMissing(f"{purpose} of pupil {pupil.id}")


def list_bases(session: Session, dean: Staff, *, today: date) -> list[NotedBasis]:
    """Return what is noted at the dean's school: for all, then for each who is under 16 today, by name."""
    pupils: dict[int | None, Pupil]
    pupils = {pupil.id: pupil for pupil in list_pupils_under_16(session, dean, today=today)}
    places = {pupil_id: place for place, pupil_id in enumerate((None, *pupils))}
    of_school = select(ConsentBasis).where(ConsentBasis.school_id == dean.school_id)
    shown = [basis for basis in session.scalars(of_school) if basis.pupil_id in places]
    shown.sort(key=lambda basis: (places[basis.pupil_id], basis.id))
    return [NotedBasis(basis, pupils.get(basis.pupil_id)) for basis in shown]


def note_basis(
    session: Session,
    dean: Staff,
    purpose: Purpose,
    decision: Decision,
    *,
    pupil_id: int | None = None,
    now: datetime,
) -> ConsentBasis:
    """Note a decision for the whole school, or for one pupil under 16; it takes the place of an earlier one.

    For the whole school only a task of the school is a ground. The same decision twice changes nothing.
    """
    refuse_others(dean)
    if decision.decided_on > school_day(now):
        raise UnusableField("in the future", name="decided_on")
    if pupil_id is not None:
        _require_under_16(get_pupil_of_dean(session, dean, pupil_id), school_day(now))
    elif decision.basis != Basis.TASK:
        raise UnusableField("a parent for all", name="basis")

    basis = _find_basis(session, dean, purpose, pupil_id)
    if basis and (basis.basis, basis.decided_on, basis.decided_by) == astuple(decision):
        return basis
    if basis is None:
        basis = ConsentBasis(school_id=dean.school_id, pupil_id=pupil_id, purpose=purpose)
        session.add(basis)
    for name, value in asdict(decision).items():
        setattr(basis, name, value)
    session.flush()
    what = f"{_name(basis.id, 'noted')}:{purpose}:{decision.basis}:{decision.decided_on}"
    record_change(session, dean.school_id, _actor(dean), what, now=now, pupil_id=pupil_id)
    return basis


def _require_under_16(pupil: Pupil, today: date) -> None:
    if pupil.left_on or not pupil.is_under_16(today):
        raise UnusableField(f"pupil {pupil.id} is not under 16 here", name="pupil")


def _find_basis(session: Session, dean: Staff, purpose: Purpose, pupil_id: int | None) -> ConsentBasis | None:
    # Two forms at the same moment wait for each other here: two rows without a pupil are no duplicates.
    lock(session, dean.school)
    noted = select(ConsentBasis).where(
        ConsentBasis.school_id == dean.school_id,
        ConsentBasis.purpose == purpose,
        ConsentBasis.pupil_id.is_not_distinct_from(pupil_id),
    )
    return session.scalars(noted.order_by(ConsentBasis.id).limit(1)).one_or_none()


def withdraw_basis(session: Session, dean: Staff, basis_id: int, *, now: datetime) -> None:
    """Take a basis away: what it allowed is off at once; withdrawn before, nothing changes."""
    refuse_others(dean)
    lock(session, dean.school)
    basis = session.get(ConsentBasis, basis_id)
    what = _name(basis_id, "withdrawn")
    if basis is None or basis.school_id != dean.school_id:
        if has_change(session, dean.school_id, what):
            return
        raise NotFound(f"basis {basis_id} for staff {dean.id}")
    record_change(session, dean.school_id, _actor(dean), what, now=now, pupil_id=basis.pupil_id)
    session.delete(basis)
    session.flush()


def _name(basis_id: int, change: str) -> str:
    return f"{ConsentBasis.__tablename__}:{basis_id}:{change}"


def _actor(dean: Staff) -> Actor:
    return Actor(dean.role, dean.id)
