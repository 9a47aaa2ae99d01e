"""The guidance log: what was done for a pupil and when, and whether that was on time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from guidance import clock
from guidance.chain import Verification
from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.on_time import QUALIFYING_KINDS, OnTime, verdict
from guidance.on_time_words import FirstMoment
from guidance.services.chain import append_row, lock_chain, verify_chain

REVERSAL, CHECK_IN_COMPLETED = "reversal", "check_in_completed"


@dataclass(frozen=True)
class OnTimeFigures:
    """Both verdicts on a pupil: by the exam year expected at its first moment, and by that of now."""

    then: OnTime
    now: OnTime
    first: FirstMoment | None = None


@dataclass(frozen=True)
class _First:
    """The first qualifying moment of a pupil."""

    pupil_id: int
    day: date
    exam_year: int | None
    moment: FirstMoment


def record_moment(  # noqa: PLR0913  a moment is what it is
    session: Session,
    pupil: Pupil,
    kind: str,
    *,
    happened_at: datetime,
    now: datetime,
    actor: str,
    source_key: str,
    detail: str | None = None,
) -> GuidanceMoment:
    """Log a guidance moment of a pupil; the same source key (such as "check_in_run:12") logs it once."""
    lock_chain(session, pupil.school_id)
    if earlier := find_moment(session, pupil, source_key):
        return earlier
    moment = _moment_of(pupil, kind, happened_at=happened_at, now=now)
    return _append(session, moment, pupil, actor=actor, source_key=source_key, detail=detail)


def record_school_moment(  # noqa: PLR0913  as above
    session: Session,
    school: School,
    kind: str,
    *,
    happened_at: datetime,
    now: datetime,
    actor: str,
    source_key: str,
    detail: str | None = None,
) -> GuidanceMoment:
    """Log a moment of the school and no pupil; the same source key logs it once while it stands.

    It counts for nobody's "op tijd". Taken back, it may be logged again.
    """
    lock_chain(session, school.id)
    if earlier := find_school_moment(session, school, source_key):
        return earlier
    moment = _moment_of_school(school.id, kind, happened_at=happened_at, now=now)
    return _append(session, moment, None, actor=actor, source_key=source_key, detail=detail)


def reverse_moment(
    session: Session, pupil: Pupil | None, moment: GuidanceMoment, *, now: datetime, actor: str
) -> GuidanceMoment:
    """Take a moment back with a row of its own; both stay, neither counts. One of the school has no pupil."""
    lock_chain(session, moment.school_id)
    if earlier := _find_reversal(session, moment):
        return earlier
    if pupil:
        reversal = _moment_of(pupil, REVERSAL, happened_at=now, now=now)
    else:
        reversal = _moment_of_school(moment.school_id, REVERSAL, happened_at=now, now=now)
    reversal.reverses = moment.hash
    source_key = f"reversal:{moment.id}"
    return _append(session, reversal, pupil, actor=actor, source_key=source_key, detail=None)


def _find_reversal(session: Session, moment: GuidanceMoment) -> GuidanceMoment | None:
    return session.scalars(
        select(GuidanceMoment).where(
            GuidanceMoment.school_id == moment.school_id, GuidanceMoment.reverses == moment.hash
        )
    ).one_or_none()


def _moment_of(pupil: Pupil, kind: str, *, happened_at: datetime, now: datetime) -> GuidanceMoment:
    moment = _moment_of_school(pupil.school_id, kind, happened_at=happened_at, now=now)
    moment.level, moment.leerjaar, moment.exam_year = pupil.level, pupil.leerjaar, pupil.exam_year
    moment.qualifying = kind in QUALIFYING_KINDS and not pupil.is_anonymous
    moment.anonymous = pupil.is_anonymous
    return moment


def _moment_of_school(school_id: int, kind: str, *, happened_at: datetime, now: datetime) -> GuidanceMoment:
    return GuidanceMoment(
        school_id=school_id,
        kind=kind,
        happened_at=happened_at,
        recorded_at=now,
        school_year=clock.school_year(clock.school_day(happened_at)),
        qualifying=False,
        anonymous=False,
    )


def _append(
    session: Session,
    moment: GuidanceMoment,
    pupil: Pupil | None,
    *,
    actor: str,
    source_key: str,
    detail: str | None,
) -> GuidanceMoment:
    pupil_id = pupil.id if pupil else None
    person = GuidanceMomentPerson(pupil_id=pupil_id, actor=actor, source_key=source_key, detail=detail)
    append_row(session, moment, person)
    person.moment_id = moment.id
    session.add(person)
    session.flush()
    return moment


def find_moment(session: Session, pupil: Pupil, source_key: str) -> GuidanceMoment | None:
    """Return the moment that this source was logged as, if it was."""
    return session.scalars(
        select(GuidanceMoment)
        .join(GuidanceMomentPerson, GuidanceMomentPerson.moment_id == GuidanceMoment.id)
        .where(GuidanceMomentPerson.pupil_id == pupil.id, GuidanceMomentPerson.source_key == source_key)
    ).one_or_none()


def find_school_moment(session: Session, school: School, source_key: str) -> GuidanceMoment | None:
    """Return the moment of the school that this source was logged as, if it was and it stands."""
    return session.scalars(
        select(GuidanceMoment)
        .join(GuidanceMomentPerson, GuidanceMomentPerson.moment_id == GuidanceMoment.id)
        .where(
            GuidanceMomentPerson.pupil_id.is_(None),
            GuidanceMomentPerson.source_key == source_key,
            *_standing(school.id),
        )
    ).one_or_none()


def list_moments(session: Session, pupil: Pupil) -> list[GuidanceMoment]:
    """Return the moments of a pupil, oldest first; those taken back are left out."""
    return list(
        session.scalars(
            select(GuidanceMoment)
            .join(GuidanceMomentPerson, GuidanceMomentPerson.moment_id == GuidanceMoment.id)
            .where(GuidanceMomentPerson.pupil_id == pupil.id, *_standing(pupil.school_id))
            .order_by(GuidanceMoment.happened_at, GuidanceMoment.id)
        )
    )


def first_qualifying_day(session: Session, pupil: Pupil) -> date | None:
    """Return the school day of the first moment that counts for "op tijd"."""
    first = _first_moments(session, pupil.school_id, GuidanceMomentPerson.pupil_id == pupil.id).get(pupil.id)
    return first.day if first else None


def _first_moment(kind: str, detail: str | None) -> FirstMoment:
    return FirstMoment(kind, detail if kind == CHECK_IN_COMPLETED else None)


def on_time_of(session: Session, pupil: Pupil, *, today: date) -> OnTimeFigures | None:
    """Return both verdicts on a pupil; None while no exam year is expected, as for an anonymous one."""
    firsts = _first_moments(session, pupil.school_id, GuidanceMomentPerson.pupil_id == pupil.id)
    return _figures(pupil.exam_year, firsts.get(pupil.id), today)


def on_time_of_school(session: Session, school: School, *, today: date) -> dict[int, OnTimeFigures]:
    """Return both verdicts on every pupil of a school who has an exam year, in two queries."""
    firsts = _first_moments(session, school.id)
    pupils = session.execute(
        select(Pupil.id, Pupil.exam_year).where(
            Pupil.school_id == school.id, ~Pupil.is_anonymous, Pupil.exam_year.is_not(None)
        )
    )
    found = ((pupil_id, _figures(exam_year, firsts.get(pupil_id), today)) for pupil_id, exam_year in pupils)
    return {pupil_id: figures for pupil_id, figures in found if figures}


def _figures(exam_year: int | None, first: _First | None, today: date) -> OnTimeFigures | None:
    if exam_year is None:
        return None
    day = first.day if first else None
    expected_then = first.exam_year if first and first.exam_year else exam_year
    first_moment = first.moment if first else None
    return OnTimeFigures(verdict(day, expected_then, today), verdict(day, exam_year, today), first_moment)


def _first_moments(session: Session, school_id: int, *conditions: ColumnElement[bool]) -> dict[int, _First]:
    rows: Iterable[Any] = session.execute(_ranked(school_id, *conditions))
    return {
        pupil_id: _First(pupil_id, clock.school_day(happened_at), exam_year, _first_moment(kind, detail))
        for pupil_id, happened_at, exam_year, kind, detail in rows
    }


def _ranked(school_id: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    rank = func.row_number().over(
        partition_by=GuidanceMomentPerson.pupil_id, order_by=(GuidanceMoment.happened_at, GuidanceMoment.id)
    )
    moments = (
        select(
            GuidanceMomentPerson.pupil_id,
            GuidanceMoment.happened_at,
            GuidanceMoment.exam_year,
            GuidanceMoment.kind,
            GuidanceMomentPerson.detail,
            rank.label("rank"),
        )
        .join(GuidanceMoment, GuidanceMoment.id == GuidanceMomentPerson.moment_id)
        .where(GuidanceMoment.qualifying, *_standing(school_id), *conditions)
        .subquery()
    )
    found = moments.c
    return select(found.pupil_id, found.happened_at, found.exam_year, found.kind, found.detail).where(
        found.rank == 1
    )


def _standing(school_id: int) -> tuple[ColumnElement[bool], ...]:
    """Keep the moments of a school that are no reversal and were not taken back."""
    reversal = aliased(GuidanceMoment)
    taken_back = select(reversal.reverses).where(
        reversal.school_id == school_id, reversal.reverses.is_not(None)
    )
    return (
        GuidanceMoment.school_id == school_id,
        GuidanceMoment.reverses.is_(None),
        GuidanceMoment.hash.not_in(taken_back),
    )


def verify(session: Session, school: School, *, known_head: str | None = None) -> Verification:
    """Say whether the guidance log of a school is whole; a known head, mailed earlier, must be in it."""
    return verify_chain(session, GuidanceMoment, GuidanceMomentPerson, school.id, known_head=known_head)
