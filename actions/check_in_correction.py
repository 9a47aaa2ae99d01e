"""Changing an answer of a check-in: the one given last, or the one of a button."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.check_in_answer import rating_of, tapped_item
from actions.check_in_asked import find_asked, find_open
from actions.check_in_talk import CORRECT, STEP, asking, run_of_talk
from actions.check_in_words import ASK_CHECK, ASK_WORDS
from actions.failures import reply_on_failure
from actions.own_words import CHECK
from actions.second_question import then_second_question
from actions.talk import Events, latest_text, message_id_of, say, was_given_up
from guidance import check_in_replies as replies
from guidance import clock
from guidance.corrections import corrected_rating, is_correction
from guidance.database import transaction
from guidance.instruments import Instrument, Item
from guidance.ratings import Rating, rating_named_in
from guidance.services.check_in import (
    answered_item,
    correct_answer,
    find_answered_item,
    instrument_of,
    open_item,
    record_answer,
)


class CorrectAnswer(Action):
    """Change the answer given last or the one of the button, or ask for the new one before the open item."""

    def name(self) -> str:
        return "action_correct_answer"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        is_open, is_check = bool(tracker.active_loop), tracker.get_slot("requested_slot") == CHECK
        with transaction() as session:
            if was_given_up(session, tracker):
                return []
            run = run_of_talk(session, tracker)
            instrument = instrument_of(run)
            if is_check and _new_rating(tracker, instrument, find_answered_item(run)) is None:
                # It is about the words that were shown back.
                return ASK_WORDS
            item = answered_item(run, tapped_item(tracker))
            rating = _new_rating(tracker, instrument, item)
            if rating:
                message_id, now = message_id_of(tracker), clock.now()
                correct_answer(session, run, rating, item=item.id, message_id=message_id, now=now)
            # An answer that changed may change which item comes next.
            events = asking(open_item(run)) if is_open else []
        if rating:
            say(dispatcher, replies.corrected_reply(instrument, item, rating))
            # Words that were shown back are still to be confirmed.
            return ASK_CHECK if is_check else events
        if is_open and not item.is_words:
            # The form asks it, in place of the open item.
            return [*asking(item), SlotSet(STEP, CORRECT)]
        say(dispatcher, replies.which_correction_reply(instrument, item, is_open=is_open))
        return events


def _new_rating(tracker: Tracker, instrument: Instrument, item: Item | None) -> Rating | None:
    """Return what the answer to the item becomes, if the message says that."""
    text, scale = latest_text(tracker), instrument.typed
    named = corrected_rating(text, scale) or rating_named_in(text, instrument.scale[-1][0])
    rating = rating_of(tracker, scale) or named
    return rating if rating and item and instrument.takes(item, rating) else None


def corrected_amid(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Change the last answer when that is what was typed, whatever it was taken for, and ask on."""
    if not is_correction(latest_text(tracker)):
        return None
    now, message_id = clock.now(), message_id_of(tracker)
    with transaction() as session:
        asked = find_asked(session, tracker) or find_open(session, tracker)
        item = find_answered_item(asked.run) if asked else None
        if asked is None or item is None or was_given_up(session, tracker):
            return None
        instrument = instrument_of(asked.run)
        rating = corrected_rating(latest_text(tracker), instrument.typed)
        if rating is None or item.is_words or not instrument.takes(item, rating):
            return None
        record_answer(session, asked.run, rating, item=item, message_id=message_id, now=now)
        following = open_item(asked.run)
    say(dispatcher, replies.corrected_reply(instrument, item, rating))
    return asking(following)
