"""What a check-in needs of the talk: which one is under way, how it was asked for, and what comes next."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from sqlalchemy.orm import Session

from actions.own_words import CHECK, WORDS
from actions.talk import Events, entities_of, latest_intent, latest_text
from guidance.check_in_replies import ANEW, LONG_FORM, SURELY_ANEW
from guidance.content import read_content
from guidance.instruments import Instrument, Item, get_instrument
from guidance.models.check_in import CheckInRun
from guidance.services.check_in_runs import (
    CHECK_INS,
    INTEREST,
    find_newest_open_run,
    find_open_run,
    get_open_run,
)
from guidance.services.conversations import pupil_of

# The form asks what has no value: one of these at a time.
ANSWER = "check_in_answer"
NAME, STEP = "check_in", "check_in_step"
DONE = "done"
# What the form asks instead of the open item: what an answer becomes, or to begin anew (replies.ANEW).
CORRECT = "correct"
NOTHING_ASKED: Events = [SlotSet(name, None) for name in (ANSWER, WORDS, CHECK, STEP)]


def check_in_of(tracker: Tracker) -> str:
    """Return the check-in that is under way in this talk; the interest check-in when none was named."""
    return str(tracker.get_slot(NAME) or INTEREST)


def check_in_named(tracker: Tracker) -> str:
    """Return the check-in that the last message asks to begin."""
    named = latest_intent(tracker).removeprefix("start_").removesuffix("_check_in")
    return named if named in CHECK_INS else check_in_of(tracker)


def instrument_of_talk(tracker: Tracker) -> Instrument:
    """Return the current version of the check-in that is under way in this talk."""
    return get_instrument(check_in_of(tracker))


def open_run_of(session: Session, tracker: Tracker) -> CheckInRun | None:
    """Return the open run of the check-in that is under way in this talk, if any."""
    return find_open_run(session, pupil_of(session, tracker.sender_id), check_in_of(tracker))


def run_of_talk(session: Session, tracker: Tracker) -> CheckInRun:
    """Return the open run of this talk; outside a check-in, the one that was begun last."""
    pupil = pupil_of(session, tracker.sender_id)
    newest = None if tracker.active_loop else find_newest_open_run(session, pupil)
    return newest or get_open_run(session, pupil, check_in_of(tracker))


def way_asked(tracker: Tracker) -> str:
    """Return how to begin: by a button, or in words that ask for the long form or a new beginning."""
    part = entities_of(tracker).get("part", [""])[0]
    if part in (LONG_FORM, ANEW, SURELY_ANEW):
        return part
    text, words = latest_text(tracker).casefold(), read_content("check_in_words")
    return next((way for way in (ANEW, LONG_FORM) if _is_said(words[way], text)), "")


def _is_said(words: list[str], text: str) -> bool:
    """Say whether one of these stands in the text as a word of its own: "verlangen" asks for nothing long."""
    return re.search(rf"\b({'|'.join(map(re.escape, words))})\b", text) is not None


def asking(item: Item | None) -> Events:
    """Return what the form asks next: a rating, own words, or nothing any more."""
    rating, words = (DONE, DONE) if item is None else (DONE, None) if item.is_words else (None, DONE)
    return [SlotSet(ANSWER, rating), SlotSet(WORDS, words), SlotSet(CHECK, words), SlotSet(STEP, None)]
