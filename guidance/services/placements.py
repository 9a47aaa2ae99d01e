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
    session.flush()
    stands = {name: getattr(pupil, name) for name in OF_ROSTER}
    placement = placement_in(session, pupil, school_year)
    if placement is None:
        placement = Placement(pupil_id=pupil.id, school_year=school_year, noted_at=now, **stands)
        session.add(placement)
    elif stands != {name: getattr(placement, name) for name in OF_ROSTER}:
        for name, value in stands.items():
            setattr(placement, name, value)
        placement.noted_at = now
    session.flush()
    return placement


def note_placements(session: Session, pupils: Sequence[Pupil], school_year: int, *, now: datetime) -> None:
    """Keep where the roster puts many pupils of one school in this school year."""
    session.flush()
    if not pupils:
        return
    of_school = (
        select(Placement)
        .join(Pupil, Placement.pupil_id == Pupil.id)
        .where(Pupil.school_id == pupils[0].school_id, Placement.school_year == school_year)
    )
    found = {placement.pupil_id: placement for placement in session.scalars(of_school)}
    for pupil in pupils:
        stands = {name: getattr(pupil, name) for name in OF_ROSTER}
        placement = found.get(pupil.id)
        if placement is None:
            session.add(Placement(pupil_id=pupil.id, school_year=school_year, noted_at=now, **stands))
        elif stands != {name: getattr(placement, name) for name in OF_ROSTER}:
            for name, value in stands.items():
                setattr(placement, name, value)
            placement.noted_at = now
    session.flush()


def placement_in(session: Session, pupil: Pupil, school_year: int) -> Placement | None:
    """Return where a pupil was in the school year that began in this calendar year, if it is known."""
    return session.scalars(
        select(Placement).where(Placement.pupil_id == pupil.id, Placement.school_year == school_year)
    ).one_or_none()
