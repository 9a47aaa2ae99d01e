"""The outcome of a check-in as it is told in the chat, and what it is made of."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from guidance import clock
from guidance.check_in_changes import ClosedCheckIn
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil
from guidance.outcome_replies import outcome_replies
from guidance.replies import Reply
from guidance.services.check_in import answers_of, instrument_of
from guidance.services.check_in_runs import list_outcome_runs

DAYS_TO_NEXT_STEP = 14


def outcome_of(session: Session, pupil: Pupil, name: str | None, now: datetime) -> list[Reply]:
    """Return the outcome that was closed last, with what changed since the one before; none gives nothing."""
    newest, *_ = [*list_outcome_runs(session, pupil, name), None]
    if newest is None:
        return []
    earlier = list_outcome_runs(session, pupil, newest.instrument)[1:2]
    next_day = clock.school_day(now) + timedelta(days=DAYS_TO_NEXT_STEP)
    return outcome_replies(closed_check_in(newest), next_day, *map(closed_check_in, earlier))


def closed_check_in(run: CheckInRun) -> ClosedCheckIn:
    """Return what the outcome of a closed run is made of."""
    closed_at = run.closed_at or run.started_at
    return ClosedCheckIn(instrument_of(run), answers_of(run), clock.school_day(closed_at), run.pupil.level)
