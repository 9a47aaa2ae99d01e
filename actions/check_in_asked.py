"""Which item a message answers: the one of its button, or the one that was on the pupil's screen."""

from typing import NamedTuple

from rasa_sdk import Tracker
from sqlalchemy.orm import Session

from actions.check_in_answer import tapped_item
from actions.check_in_talk import open_run_of
from actions.own_words import CHECK, WORDS
from actions.talk import is_tapped, latest_intent, message_id_of
from guidance.instruments import Item
from guidance.models.check_in import Answer, CheckInRun
from guidance.services.check_in import find_answer, instrument_of, open_item
from guidance.services.check_in_runs import list_open_runs
from guidance.services.check_in_shown import Shown, find_item_shown
from guidance.services.conversations import pupil_of


class Asked(NamedTuple):
    """An item of a run, whether its words were shown back, and what this message gave before."""

    run: CheckInRun
    item: Item
    is_check: bool | None = None
    given: Answer | None = None


def find_asked(session: Session, tracker: Tracker) -> Asked | None:
    """Return what the last message answers; nothing when its button is of another question, or none is open.

    After a crash the pupil may see an item that has an answer, or one before where the engine is: words that
    are typed then belong to the item that is seen.
    """
    if earlier := find_answer(session, message_id_of(tracker)):
        return Asked(earlier.run, instrument_of(earlier.run).item(earlier.item), given=earlier)
    shown = find_item_shown(session, tracker.sender_id)
    on_screen, at_turn = (
        (_of_open_run(session, tracker, shown) if shown else None),
        find_open(session, tracker),
    )
    if is_tapped(tracker) and latest_intent(tracker) != "affirm":
        tapped = tapped_item(tracker)
        return next((one for one in (at_turn, on_screen) if one and one.item.id == tapped), None)
    # A talk outside the web service has no screen that we know.
    return on_screen if shown else at_turn


def find_open(session: Session, tracker: Tracker) -> Asked | None:
    """Return the open item of the check-in that is under way in this talk, if any."""
    run = open_run_of(session, tracker)
    item = open_item(run) if run else None
    return Asked(run, item) if run and item else None


def _of_open_run(session: Session, tracker: Tracker, shown: Shown) -> Asked | None:
    """Return the open run in which this item was shown; one that was begun since did not show it."""
    for run in list_open_runs(session, pupil_of(session, tracker.sender_id)):
        item = instrument_of(run).by_id.get(shown.item)
        if item and run.started_at <= shown.at:
            return Asked(run, item, is_check=shown.is_check)
    return None


def is_for_words(tracker: Tracker, asked: Asked | None) -> bool:
    """Say whether the message is about own words: as on the screen, for the engine may be further on."""
    return asked.item.is_words if asked else tracker.get_slot("requested_slot") in (WORDS, CHECK)


def is_check(tracker: Tracker, asked: Asked | None) -> bool:
    """Say whether the message answers the question whether the words are right."""
    if asked is None or asked.is_check is None:
        return bool(tracker.get_slot("requested_slot") == CHECK)
    return asked.is_check
