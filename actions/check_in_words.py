"""Own words in a check-in: taken, shown back, and only after a yes an answer."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.check_in_talk import ANSWER, DONE, STEP
from actions.own_words import CHECK, GIVEN, WORDS, YES, answer_to_check, is_skip, words_given, words_taken
from actions.talk import Events, is_tapped, latest_intent, latest_text
from guidance.ratings import SKIP, UNSURE, Rating, rating_in

ASK_WORDS: Events = [SlotSet(ANSWER, DONE), SlotSet(WORDS, None), SlotSet(CHECK, None), SlotSet(STEP, None)]
ASK_CHECK: Events = [
    SlotSet(ANSWER, DONE),
    SlotSet(WORDS, "given"),
    SlotSet(CHECK, None),
    SlotSet(STEP, None),
]


def answer_in_words(tracker: Tracker, *, is_check: bool) -> Rating | None:
    """Return what the message answers: skipped, unsure, or the words that it says yes to."""
    if is_skip(tracker):
        return SKIP
    if latest_intent(tracker) == "answer_unsure" or rating_in(latest_text(tracker)) == UNSURE:
        return UNSURE
    words = " ".join(words_given(tracker).split())
    # A typed yes is to the words that the engine asked about; a button names its own.
    knows_words = words and (is_tapped(tracker) or tracker.get_slot("requested_slot") == CHECK)
    if is_check and knows_words and SlotSet(CHECK, YES) in answer_to_check(tracker):
        return Rating("words", words=words)
    return None


def asked_after_words(dispatcher: CollectingDispatcher, tracker: Tracker, *, is_check: bool) -> Events:
    """Return what the form asks next: whether the words are right, or the words themselves."""
    if is_check and latest_intent(tracker) != GIVEN:
        is_again = SlotSet(WORDS, None) in answer_to_check(tracker)
        # An engine that lost the words has none to show: those of an earlier question are not these.
        return ASK_WORDS if is_again or tracker.get_slot("requested_slot") != CHECK else ASK_CHECK
    return ASK_CHECK if SlotSet(WORDS, "given") in words_taken(dispatcher, tracker) else ASK_WORDS
