"""What a message means while a question for own words is open, in whatever form."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import Events, entities_of, latest_intent, latest_text, say
from guidance.errors import WordsTooLong
from guidance.failure_replies import failure_reply
from guidance.own_words import digest_of_words, require_fitting
from guidance.ratings import SKIP, rating_in

WORDS, CHECK = "own_words", "own_words_check"
YES, SKIPPED = "yes", "skipped"
GIVEN = "give_words"
# These can only be meant as an answer here; anything else may be a question of its own.
MEANT_AS_ANSWER = {GIVEN, "affirm", "deny", "answer_rating", "answer_unsure", "nlu_fallback"}


def is_answer(tracker: Tracker) -> bool:
    """Say whether the last message answers the question, clearly or not; a question is none."""
    return latest_intent(tracker) in MEANT_AS_ANSWER and not latest_text(tracker).strip().endswith("?")


def is_skip(tracker: Tracker) -> bool:
    """Say whether the question is passed over, by its button or in words."""
    return "skip" in entities_of(tracker).get("rating", []) or rating_in(latest_text(tracker)) == SKIP


def words_given(tracker: Tracker, *, latest_only: bool = False) -> str:
    """Return the words given last as an answer; they are kept nowhere but in the talk itself."""
    if latest_only:
        return latest_text(tracker).strip() if latest_intent(tracker) == GIVEN else ""
    for event in reversed(tracker.events):
        understood = (event.get("parse_data") or {}) if event.get("event") == "user" else {}
        if (understood.get("intent") or {}).get("name") == GIVEN:
            return str(event.get("text") or "").strip()
    return ""


def words_taken(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take the words when they fit; they stay with the message, the slot only knows that there are some."""
    words = words_given(tracker, latest_only=True)
    try:
        require_fitting(words)
    except WordsTooLong as error:
        say(dispatcher, failure_reply(error))
        words = ""
    return [SlotSet(WORDS, "given" if words else None)]


def answer_to_check(tracker: Tracker) -> Events:
    """Return what the form knows after "is this right?": yes, write it anew, or asked once more."""
    if latest_intent(tracker) == "affirm" and _is_about_latest_words(tracker):
        return [SlotSet(CHECK, YES)]
    if latest_intent(tracker) == "deny":
        return [SlotSet(WORDS, None), SlotSet(CHECK, None)]
    return [SlotSet(CHECK, None)]


def _is_about_latest_words(tracker: Tracker) -> bool:
    """Say whether a yes is to the latest words; the button of earlier words may still be on the screen."""
    tapped = entities_of(tracker).get("item")
    return tapped is None or tapped == [digest_of_words(words_given(tracker))]
