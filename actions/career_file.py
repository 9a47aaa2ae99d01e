"""The career file in the chat: an outline of a presentation, and where the file stands."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, say
from guidance import clock
from guidance.career_file_replies import presentation_replies
from guidance.database import transaction
from guidance.services.career_file import career_file_of
from guidance.services.conversations import pupil_of


class PreparePresentation(Action):
    """Give the outline of a study-choice presentation from the pupil's own career file."""

    def name(self) -> str:
        return "action_prepare_presentation"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            file = career_file_of(session, pupil, today=clock.school_day(clock.now()))
        say(dispatcher, *presentation_replies(file))
        return []
