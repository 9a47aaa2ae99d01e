"""What the form of a check-in asks: an item, own words, whether they are right, or what an answer becomes."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.check_in_asked import find_asked, find_open
from actions.check_in_talk import CORRECT, STEP, open_run_of
from actions.failures import reply_on_failure
from actions.own_words import words_given
from actions.talk import Events, say
from guidance import check_in_replies as replies
from guidance.database import transaction
from guidance.models.check_in import CheckInRun
from guidance.replies import Reply
from guidance.services.check_in import answers_of, find_answered_item, instrument_of, open_item, place_in


class AskItem(Action):
    """Ask the open item, or whether the pupil surely wants to begin anew."""

    def name(self) -> str:
        return "action_ask_check_in_form_check_in_answer"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return ask_item(dispatcher, tracker)


class AskItemInWords(Action):
    """Ask the open item that is answered in own words."""

    def name(self) -> str:
        return "action_ask_check_in_form_own_words"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return ask_item(dispatcher, tracker)


class AskItemInWordsCheck(Action):
    """Show the words back and ask whether they are right."""

    def name(self) -> str:
        return "action_ask_check_in_form_own_words_check"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            asked = find_asked(session, tracker)
            if asked is None or not asked.item.is_words:
                # The message changed another answer.
                asked = find_open(session, tracker)
        if asked:
            say(dispatcher, replies.check_words_reply(words_given(tracker), asked.item))
        return []


def ask_item(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the open item, or the question about beginning anew."""
    with transaction() as session:
        run = open_run_of(session, tracker)
        if run is None:
            # It was closed in another talk, or in a turn that got no answer: the outcome is next.
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        reply = asked_instead(run, tracker.get_slot(STEP)) or question(run)
    say(dispatcher, reply)
    return []


def question(run: CheckInRun) -> Reply:
    """Return the open item as a question."""
    item = open_item(run)
    if item is None:
        return replies.already_done_reply()
    instrument, answered, total = place_in(run)
    return replies.item_reply(instrument, item, answered + 1, total)


def asked_instead(run: CheckInRun, step: str | None) -> Reply | None:
    """Return what is asked instead of the open item: to drop the answers, or what the last one becomes."""
    instrument, answered = instrument_of(run), find_answered_item(run)
    if step == replies.ANEW:
        return replies.surely_anew_reply(instrument, len(answers_of(run)), run.id)
    if step == CORRECT and answered:
        return replies.which_correction_reply(instrument, answered, is_open=True)
    return None
