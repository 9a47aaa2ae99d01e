"""Runs through a check-in: the open one, the earlier ones, and a new beginning."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import NoOpenCheckIn
from guidance.instruments import LONG, get_instrument, long_form_of
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil

INTEREST, COMPETENCE, EXPECTATION = "interest", "competence", "expectation"
CHECK_INS = (INTEREST, COMPETENCE, EXPECTATION)


def find_open_run(session: Session, pupil: Pupil, instrument: str = INTEREST) -> CheckInRun | None:
    """Return the pupil's open run of an instrument, if any."""
    return session.scalars(
        select(CheckInRun).where(
            CheckInRun.pupil_id == pupil.id,
            CheckInRun.instrument == instrument,
            CheckInRun.closed_at.is_(None),
        )
    ).one_or_none()


def get_open_run(session: Session, pupil: Pupil, instrument: str = INTEREST) -> CheckInRun:
    """Return the pupil's open run, or raise NoOpenCheckIn."""
    run = find_open_run(session, pupil, instrument)
    if run is None:
        raise NoOpenCheckIn(f"pupil {pupil.id}")
    return run


def list_open_runs(session: Session, pupil: Pupil) -> Sequence[CheckInRun]:
    """Return the runs that are open, of whatever instrument; the one begun last comes first."""
    return session.scalars(
        select(CheckInRun)
        .where(CheckInRun.pupil_id == pupil.id, CheckInRun.closed_at.is_(None))
        .order_by(CheckInRun.started_at.desc(), CheckInRun.id.desc())
    ).all()


def find_newest_open_run(session: Session, pupil: Pupil) -> CheckInRun | None:
    """Return the run that was begun last among those that are open, if any."""
    return next(iter(list_open_runs(session, pupil)), None)


def list_outcome_runs(session: Session, pupil: Pupil, instrument: str | None = None) -> Sequence[CheckInRun]:
    """Return the runs that were closed with an outcome, newest first; of one instrument when it is named."""
    of_instrument = [CheckInRun.instrument == instrument] if instrument else []
    return session.scalars(
        select(CheckInRun)
        .where(
            CheckInRun.pupil_id == pupil.id,
            CheckInRun.closed_at.is_not(None),
            CheckInRun.dropped_at.is_(None),
            *of_instrument,
        )
        .order_by(CheckInRun.closed_at.desc(), CheckInRun.id.desc())
    ).all()


def find_latest_outcome_run(
    session: Session, pupil: Pupil, instrument: str | None = INTEREST
) -> CheckInRun | None:
    """Return the run that was closed last with an outcome, if any."""
    return next(iter(list_outcome_runs(session, pupil, instrument)), None)


def find_or_add_open_run(
    session: Session, pupil: Pupil, instrument: str = INTEREST, *, now: datetime
) -> CheckInRun:
    """Return the pupil's open run, or begin one with the newest version of the instrument."""
    run = find_open_run(session, pupil, instrument)
    if run is None:
        newest = get_instrument(instrument)
        run = CheckInRun(pupil=pupil, instrument=instrument, version=newest.version, started_at=now)
        session.add(run)
        session.flush()
    return run


def take_long_form(session: Session, run: CheckInRun) -> CheckInRun:
    """Go on with the long form, which holds every item of the short one; safe to repeat."""
    longer = long_form_of(run.instrument)
    if longer and get_instrument(run.version).form != LONG and run.closed_at is None:
        run.version = longer.version
        session.flush()
    return run


def start_over(session: Session, pupil: Pupil, instrument: str, *, now: datetime) -> CheckInRun:
    """Close the open run without an outcome and begin anew; a run without answers just goes on."""
    run = find_open_run(session, pupil, instrument)
    if run and run.answers:
        run.closed_at = run.dropped_at = now
        session.flush()
    return find_or_add_open_run(session, pupil, instrument, now=now)
