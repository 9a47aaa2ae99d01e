"""What a pupil saw of a check-in in a talk: the item that was shown last, and whether the outcome was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance.check_in_replies import YES_TO_WORDS, item_asked_by
from guidance.models.check_in import CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.models.pupil import Pupil
from guidance.services.check_in_runs import find_latest_outcome_run

# An item comes back in every turn of its check-in; a talk that left it this long ago shows none.
TURNS_LOOKED_BACK = 50


@dataclass(frozen=True)
class Shown:
    """An item, by id, when the pupil was shown it, and whether with the words given, to check them."""

    item: str
    at: datetime
    is_check: bool


def find_item_shown(session: Session, engine_id: str) -> Shown | None:
    """Return the item that the pupil of this talk was shown last; a turn without an answer showed nothing."""
    turns = session.scalars(
        select(Turn)
        .join(Conversation)
        .where(Conversation.engine_id == engine_id, Turn.answered_at.is_not(None))
        .order_by(Turn.answered_at.desc(), Turn.id.desc())
        .limit(TURNS_LOOKED_BACK)
    )
    return next((shown for shown in map(_shown_in, turns) if shown), None)


def _shown_in(turn: Turn) -> Shown | None:
    # What is asked last is what the pupil answers: a correction may stand above the open item.
    for message in reversed(turn.messages or []):
        payloads = [button["payload"] for button in message.get("buttons", [])]
        if item := next(filter(None, map(item_asked_by, payloads)), None):
            is_check = any(payload.startswith(YES_TO_WORDS) for payload in payloads)
            return Shown(item, turn.answered_at or turn.received_at, is_check)
    return None


def find_outcome_unseen(session: Session, pupil: Pupil, engine_id: str) -> CheckInRun | None:
    """Return the run whose outcome this talk could not show: nothing was answered since its close."""
    newest = find_latest_outcome_run(session, pupil, None)
    of_talk = Conversation.engine_id == engine_id
    answered = session.scalars(select(func.max(Turn.answered_at)).join(Conversation).where(of_talk)).one()
    is_unseen = newest and newest.closed_at and answered and answered < newest.closed_at
    return newest if is_unseen else None
