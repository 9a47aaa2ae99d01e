"""Oud-leerlingen in the chat: find one, become one; and reports and ends, about a tutor or an alumnus."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, entities_of, say
from guidance import clock
from guidance import mentor_question_replies as replies
from guidance.database import transaction
from guidance.services.conversations import find_pupil_of, pupil_of
from guidance.services.mentor_offers import free_for
from guidance.services.mentor_questions import can_ask_someone, require_may_ask
from guidance.services.mentor_threads import find_open_question, list_earlier_questions

STAFF, MENTOR = "staff", "mentor"
REPORTS = {STAFF: "utter_report_about_staff", MENTOR: "utter_report_about_mentor"}
ENDINGS = {STAFF: "utter_end_with_staff", MENTOR: "utter_end_with_mentor"}


class FindMentor(Action):
    """Show who can answer a question, or the question that is open, or say why it cannot be asked."""

    def name(self) -> str:
        return "action_find_mentor"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        now = clock.now()
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            require_may_ask(session, pupil, now=now)
            if find_open_question(session, pupil):
                reply = replies.open_question_reply()
            else:
                reply = replies.find_reply(free_for(session, pupil, now=now))
        say(dispatcher, reply)
        return []


class StayNearInDoubt(Action):
    """Tell who has no idea what to choose that this is fine, and whom to ask first."""

    def name(self) -> str:
        return "action_stay_near_in_doubt"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = find_pupil_of(session, tracker.sender_id)
            is_free = pupil is not None and can_ask_someone(session, pupil, now=clock.now())
        say(dispatcher, replies.doubt_reply(is_free=is_free))
        return []


class BecomeMentor(Action):
    """Lead to the form: a mail address never passes through the chat."""

    def name(self) -> str:
        return "action_become_mentor"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = find_pupil_of(session, tracker.sender_id)
            reply = replies.become_reply(pupil.school if pupil else None)
        say(dispatcher, reply)
        return []


class HearMentorReport(Action):
    """Lead to the question that is open or was, or say who is there for it; nothing is passed on."""

    def name(self) -> str:
        return "action_hear_mentor_report"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        _lead_or_utter(dispatcher, tracker, REPORTS.get(_about(tracker), "utter_ask_report_about"))
        return []


class EndMentorContact(Action):
    """Lead to the question that is open or was, or say how a contact ends."""

    def name(self) -> str:
        return "action_end_mentor_contact"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        _lead_or_utter(dispatcher, tracker, ENDINGS.get(_about(tracker), "utter_ask_end_with"))
        return []


def _lead_or_utter(dispatcher: CollectingDispatcher, tracker: Tracker, response: str) -> None:
    """Answer about an oud-leerling with the page of the questions; else with the response."""
    if _about(tracker) != STAFF and _has_question(tracker):
        say(dispatcher, replies.open_question_reply())
    else:
        dispatcher.utter_message(response=response)


def _has_question(tracker: Tracker) -> bool:
    """Tell whether there is a question on the page, open with someone or closed, to report or end there."""
    with transaction() as session:
        pupil = find_pupil_of(session, tracker.sender_id)
        if pupil is None:
            return False
        thread = find_open_question(session, pupil)
        is_with_someone = thread is not None and thread.mentor_id is not None
        return is_with_someone or bool(list_earlier_questions(session, pupil))


def _about(tracker: Tracker) -> str:
    return entities_of(tracker).get("about", [""])[0]
