"""Who reads what, and seeing and erasing one's own data, in the chat."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, entities_of, say
from guidance import clock
from guidance.database import transaction
from guidance.engine_store import EngineStore
from guidance.privacy_replies import (
    CONFIRMED,
    REFUSED,
    ask_erase_reply,
    erased_reply,
    not_erased_reply,
    own_data_reply,
    privacy_reply,
)
from guidance.replies import Reply
from guidance.services.conversations import pupil_of
from guidance.services.privacy import erase_own_data
from guidance.settings import get_settings


class ExplainPrivacy(Action):
    """Say who reads what and how long it is kept."""

    def name(self) -> str:
        return "action_explain_privacy"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            reply = privacy_reply(pupil_of(session, tracker.sender_id))
        say(dispatcher, reply)
        return []


class ShowMyData(Action):
    """Lead to the pages with everything stored about the pupil."""

    def name(self) -> str:
        return "action_show_my_data"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            reply = own_data_reply(pupil_of(session, tracker.sender_id))
        say(dispatcher, reply)
        return []


class EraseMyData(Action):
    """Ask whether everything should go; erase it when the button says yes."""

    def name(self) -> str:
        return "action_erase_my_data"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        answer = entities_of(tracker).get("confirmed", [""])[0]
        if answer == CONFIRMED:
            say(dispatcher, _erase(tracker.sender_id))
            # A check-in that was going on is gone too.
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        if answer == REFUSED:
            say(dispatcher, not_erased_reply())
            return []
        with transaction() as session:
            reply = ask_erase_reply(pupil_of(session, tracker.sender_id))
        say(dispatcher, reply)
        return []


def _erase(engine_id: str) -> Reply:
    with transaction() as session:
        pupil = pupil_of(session, engine_id)
        was_anonymous = pupil.is_anonymous
        erasure = erase_own_data(
            session,
            pupil,
            engine_store=EngineStore(get_settings().engine_database),
            now=clock.now(),
            current_engine_id=engine_id,
        )
    return erased_reply(erasure, was_anonymous=was_anonymous)
