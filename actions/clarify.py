"""What is unsure in the chat: ask which is meant, say what is not understood, and refuse what is not ours."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.programmes import search
from actions.talk import Events, entities_of, latest_text, say
from actions.unsure import earlier_turns, verdict_of
from guidance.check_in_offer import answer_to_offer
from guidance.check_in_replies import offer_to_go_on_reply
from guidance.clarify_replies import Situation, ask_reply, missed_reply, refused_reply, stay_near_reply
from guidance.database import transaction
from guidance.replies import ASKED, MISSED, REFUSED, Reply
from guidance.safety_replies import concern_reply
from guidance.services.check_in import place_in
from guidance.services.check_in_runs import find_newest_open_run
from guidance.services.conversations import find_pupil_of
from guidance.understanding import (
    CONCERNED,
    SEARCHED,
    TAKEN,
    Verdict,
    is_something_else,
    misses_before,
    unhelped_before,
)

# What is taken as it seems: it does no harm when something else was meant.
SAID_WHEN_TAKEN = {
    "greet": "utter_greet",
    "goodbye": "utter_goodbye",
    "thank": "utter_thank",
    "complain_about_bot": "utter_complaint_heard",
}


class Clarify(Action):
    """Answer a message that is not surely understood; what may be danger gets the help lines first."""

    def name(self) -> str:
        return "action_clarify"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        verdict = verdict_of(tracker)
        if not verdict.is_concern and (offer := _offer_to_go_on(tracker)):
            say(dispatcher, offer)
            return []
        if verdict.is_concern or verdict.kind == CONCERNED:
            say(dispatcher, concern_reply())
        if verdict.is_concern and verdict.kind in (MISSED, REFUSED):
            say(dispatcher, stay_near_reply(can_ask_talk=_can_ask_talk(tracker.sender_id)))
        elif verdict.kind == TAKEN:
            dispatcher.utter_message(response=SAID_WHEN_TAKEN[verdict.intent])
        elif verdict.kind == SEARCHED:
            return search(dispatcher, tracker, None)
        elif verdict.kind == REFUSED:
            _refuse(dispatcher, tracker)
        elif verdict.kind != CONCERNED:
            _ask_or_miss(dispatcher, tracker, verdict)
        return []


class SayOutOfScope(Action):
    """Say what the assistant is not for, each time in other words."""

    def name(self) -> str:
        return "action_say_out_of_scope"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        _refuse(dispatcher, tracker)
        return []


def _refuse(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    times, can_ask_talk = unhelped_before(earlier_turns(tracker)), _can_ask_talk(tracker.sender_id)
    say(dispatcher, refused_reply(times, can_ask_talk=can_ask_talk, in_form=bool(tracker.active_loop_name)))


def _ask_or_miss(dispatcher: CollectingDispatcher, tracker: Tracker, verdict: Verdict) -> None:
    before = misses_before(earlier_turns(tracker), latest_text(tracker))
    can_ask_talk, in_form = _can_ask_talk(tracker.sender_id), bool(tracker.active_loop_name)
    if verdict.kind == ASKED:
        where = Situation(before, can_ask_talk, in_form)
        say(dispatcher, ask_reply(verdict.choices, entities_of(tracker), where))
        return
    where = Situation(before + 1, can_ask_talk, in_form)
    say(dispatcher, missed_reply(where, was_turned_down=is_something_else(latest_text(tracker))))


def _offer_to_go_on(tracker: Tracker) -> Reply | None:
    """Return the offer to go on with an open check-in, when that is what the words seem to ask for."""
    if tracker.active_loop_name or answer_to_offer(latest_text(tracker)) in (None, "not_now"):
        return None
    with transaction() as session:
        pupil = find_pupil_of(session, tracker.sender_id)
        run = find_newest_open_run(session, pupil) if pupil else None
        return offer_to_go_on_reply(*place_in(run)) if run else None


def _can_ask_talk(engine_id: str) -> bool:
    """Say whether this pupil is known, so that the dean can be asked for a talk."""
    with transaction() as session:
        pupil = find_pupil_of(session, engine_id)
        return pupil is not None and not pupil.is_anonymous
