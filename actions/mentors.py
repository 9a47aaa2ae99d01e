"""Reports about a mentor, and the end of a contact: first asked is who is meant, a tutor or an alumnus."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, entities_of

STAFF, MENTOR = "staff", "mentor"
REPORTS = {STAFF: "utter_report_about_staff", MENTOR: "utter_report_about_mentor"}
ENDINGS = {STAFF: "utter_end_with_staff", MENTOR: "utter_end_with_mentor"}


class HearMentorReport(Action):
    """Say who is there for something unpleasant; nothing is passed on from here."""

    def name(self) -> str:
        return "action_hear_mentor_report"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(response=REPORTS.get(_about(tracker), "utter_ask_report_about"))
        return []


class EndMentorContact(Action):
    """Say how a contact ends."""

    def name(self) -> str:
        return "action_end_mentor_contact"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(response=ENDINGS.get(_about(tracker), "utter_ask_end_with"))
        return []


def _about(tracker: Tracker) -> str:
    return entities_of(tracker).get("about", [""])[0]
