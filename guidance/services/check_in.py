"""Check-ins as they are kept: a run, its answers one by one, and its close."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.adaptive_order import most_items, next_interest_item
from guidance.errors import CheckInCompleted, NothingToCorrect, TooFewAnswers
from guidance.instruments import FEWEST_ANSWERS, Instrument, Item, get_instrument
from guidance.models.check_in import Answer, CheckInRun
from guidance.own_words import require_fitting
from guidance.ratings import Rating
from guidance.services.guidance_log import CHECK_IN_COMPLETED, record_moment

# The share of items that makes a check-in count.
COMPLETED_SHARE = 2 / 3


def instrument_of(run: CheckInRun) -> Instrument:
    """Return the version of the instrument that this run was begun with."""
    return get_instrument(run.version)


def answers_of(run: CheckInRun) -> Mapping[str, Rating]:
    """Return what was answered last to each item, by item id."""
    return {answer.item: answer.rating for answer in newest_answers(run)}


def newest_answers(run: CheckInRun) -> list[Answer]:
    """Return the newest answer to each item, in the order of the first ones."""
    by_item = {answer.item: answer for answer in sorted(run.answers, key=lambda answer: answer.version)}
    return list(by_item.values())


def open_item(run: CheckInRun) -> Item | None:
    """Return the item to ask now; None when all have an answer, or when more would change nothing."""
    instrument = instrument_of(run)
    if instrument.is_adaptive:
        return next_interest_item(instrument, answers_of(run))
    return instrument.next_item(answer.item for answer in run.answers)


def answered_item(run: CheckInRun, item: str | None = None) -> Item:
    """Return the item that was answered last, or the answered item with this id; else NothingToCorrect."""
    if found := find_answered_item(run, item):
        return found
    raise NothingToCorrect(f"run {run.id}, item {item}")


def find_answered_item(run: CheckInRun, item: str | None = None) -> Item | None:
    """Return the item that was answered last, or the answered item with this id, if there is one."""
    answers = [answer for answer in run.answers if item in (None, answer.item)]
    last = max(answers, key=lambda answer: answer.id, default=None)
    return instrument_of(run).item(last.item) if last else None


def record_answer(
    session: Session,
    run: CheckInRun,
    rating: Rating,
    *,
    item: Item | None = None,
    message_id: str,
    now: datetime,
) -> Answer:
    """Store one answer on this item, else on the open one; a message seen before returns its first result.

    An item that has an answer gets a new version.
    """
    if earlier := find_answer(session, message_id):
        return earlier
    item = item or open_item(run)
    if run.closed_at or item is None:
        raise CheckInCompleted(f"run {run.id}")
    return _add_answer(session, run, item.id, rating, message_id=message_id, now=now)


def take_back_answer(session: Session, message_id: str) -> None:
    """Remove what a message stored of which the pupil was told that it got no answer; a closed run stays."""
    answer = find_answer(session, message_id)
    if answer and answer.run.closed_at is None:
        answer.run.answers.remove(answer)
        session.flush()


def correct_answer(
    session: Session,
    run: CheckInRun,
    rating: Rating,
    *,
    item: str | None = None,
    message_id: str,
    now: datetime,
) -> Answer:
    """Replace the answer to an item, or the one given last, by a new version; the earlier one is kept."""
    if earlier := find_answer(session, message_id):
        return earlier
    if run.closed_at:
        raise CheckInCompleted(f"run {run.id}")
    return _add_answer(session, run, answered_item(run, item).id, rating, message_id=message_id, now=now)


def find_answer(session: Session, message_id: str) -> Answer | None:
    """Return the answer that this message gave, if any."""
    return session.scalars(select(Answer).where(Answer.message_id == message_id)).one_or_none()


def _add_answer(
    session: Session, run: CheckInRun, item: str, rating: Rating, *, message_id: str, now: datetime
) -> Answer:
    """Add the newest version of an answer; the same said again is one too, so that its message is known."""
    require_fitting(rating.words or "")
    answer = Answer(
        item=item,
        version=1 + max((answer.version for answer in run.answers if answer.item == item), default=0),
        kind=rating.kind,
        value=rating.value,
        words=rating.words,
        message_id=message_id,
        given_at=now,
    )
    run.answers.append(answer)
    session.flush()
    return answer


def answered_count(run: CheckInRun) -> int:
    """Return how many items have an answer that counts: a value or "weet ik niet", not a skip."""
    return sum(rating.is_answer for rating in answers_of(run).values())


def place_in(run: CheckInRun) -> tuple[Instrument, int, int]:
    """Return the instrument of a run, how many items have an answer, and how many it asks at most."""
    instrument, answers = instrument_of(run), answers_of(run)
    return instrument, len(answers), most_items(instrument, answers)


def close_run(session: Session, run: CheckInRun, *, now: datetime) -> CheckInRun:
    """Close a run, and log it as a guidance moment when enough was answered; safe to repeat.

    A run with too few answers for an outcome closes only when nothing is left to ask.
    """
    if run.closed_at:
        return run
    if answered_count(run) < FEWEST_ANSWERS and open_item(run):
        raise TooFewAnswers(f"run {run.id}")
    run.closed_at = now
    if answered_count(run) >= COMPLETED_SHARE * place_in(run)[2]:
        run.completed_at = now
        record_moment(
            session,
            run.pupil,
            CHECK_IN_COMPLETED,
            happened_at=now,
            now=now,
            actor="pupil",
            source_key=f"check_in_run:{run.id}",
            detail=run.instrument,
        )
    session.flush()
    return run
