"""What the chat says to an answer when nothing was asked."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.check_in_outcome import outcome_of
from actions.courtesy import question_first
from actions.failures import reply_on_failure
from actions.talk import Events, latest_intent, latest_text, say
from actions.unsure import choices_asked_last
from guidance import clock
from guidance.check_in_replies import offer_to_go_on_reply
from guidance.clarify_replies import which_one_reply
from guidance.database import transaction
from guidance.replies import Reply
from guidance.services.check_in import place_in
from guidance.services.check_in_runs import find_newest_open_run
from guidance.services.check_in_shown import find_outcome_unseen
from guidance.services.conversations import pupil_of


class SayNoQuestionOpen(Action):
    """Answer a bare rating, yes, no or stop when nothing was asked; an open check-in is offered."""

    def name(self) -> str:
        return "action_say_no_question_open"

    @question_first
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if latest_intent(tracker) == "affirm" and (choices := choices_asked_last(tracker)):
            # Yes to "is it this or that?" says not which.
            say(dispatcher, which_one_reply(choices))
            return []
        with transaction() as session:
            told = _about_check_in(session, tracker)
        if told:
            say(dispatcher, *told)
        else:
            dispatcher.utter_message(response="utter_no_question_open")
        return []


def _about_check_in(session: Session, tracker: Tracker) -> list[Reply]:
    """Return the outcome that a crash kept from the pupil, or the offer to go on unless turned down."""
    pupil = pupil_of(session, tracker.sender_id)
    unseen = find_outcome_unseen(session, pupil, tracker.sender_id)
    if unseen and latest_intent(tracker) != "stop_task":
        return outcome_of(session, pupil, unseen.instrument, clock.now())
    run = find_newest_open_run(session, pupil)
    if run is None or _is_turned_down(tracker):
        return []
    return [offer_to_go_on_reply(*place_in(run))]


def _is_turned_down(tracker: Tracker) -> bool:
    """Say whether the offer to go on was answered with no: typed, or by its button."""
    return latest_intent(tracker) == "deny" or latest_text(tracker) == "/stop_task"
