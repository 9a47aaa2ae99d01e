"""Where pupils were in each school year: noted from the roster, read when a moment is older than now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.placements import Placement
from guidance.models.pupil import Pupil

OF_ROSTER = ("level", "leerjaar", "class_name", "exam_year", "is_vavo")


def note_placement(session: Session, pupil: Pupil, school_year: int, *, now: datetime) -> Placement:
    """Keep where the roster puts a pupil in this school year; the same again changes nothing."""
    (placement,) = note_placements(session, [pupil], school_year, now=now)
    return placement


def note_placements(
    session: Session, pupils: Sequence[Pupil], school_year: int, *, now: datetime
) -> list[Placement]:
    """Keep where the roster puts pupils of one school in this school year; the same again changes nothing."""
    session.flush()
    found = _placements_in(session, pupils, school_year)
    for pupil in pupils:
        stands = {name: getattr(pupil, name) for name in OF_ROSTER}
        placement = found.get(pupil.id)
        if placement is None:
            found[pupil.id] = Placement(pupil_id=pupil.id, school_year=school_year, noted_at=now, **stands)
            session.add(found[pupil.id])
        elif stands != {name: getattr(placement, name) for name in OF_ROSTER}:
            for name, value in stands.items():
                setattr(placement, name, value)
            placement.noted_at = now
    session.flush()
    return [found[pupil.id] for pupil in pupils]


def _placements_in(session: Session, pupils: Sequence[Pupil], school_year: int) -> dict[int, Placement]:
    """Return what is noted of these pupils, by pupil; of many at once all of their school is read."""
    if not pupils:
        return {}
    if len(pupils) == 1:
        placement = placement_in(session, pupils[0], school_year)
        return {placement.pupil_id: placement} if placement else {}
    of_school = (
        select(Placement)
        .join(Pupil, Placement.pupil_id == Pupil.id)
        .where(Pupil.school_id == pupils[0].school_id, Placement.school_year == school_year)
    )
    return {placement.pupil_id: placement for placement in session.scalars(of_school)}


def placement_in(session: Session, pupil: Pupil, school_year: int) -> Placement | None:
    """Return where a pupil was in the school year that began in this calendar year, if it is known."""
    return session.scalars(
        select(Placement).where(Placement.pupil_id == pupil.id, Placement.school_year == school_year)
    ).one_or_none()
