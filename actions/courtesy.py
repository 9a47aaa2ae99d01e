"""Greetings, thanks and goodbyes in the chat; a question in the same message comes first."""

import functools
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.experiences import ShowExperienceOffers
from actions.failures import AsyncRun, reply_on_failure
from actions.knowledge import AnswerQuestion
from actions.privacy import ExplainPrivacy, ShowMyData
from actions.programmes import FindProgrammes
from actions.saved_programmes import ShowSavedProgrammes
from actions.second_question import as_second_question, offer_second_question, second_intent
from actions.talk import Events, latest_intent
from guidance.understanding import is_knowledge

RETURNED = {"greet": "utter_greet", "thank": "utter_thank", "goodbye": "utter_goodbye"}
# What only shows something can be answered at once; what begins or changes something is offered.
ANSWERS: dict[str, Action] = {
    "ask_privacy": ExplainPrivacy(),
    "find_programmes": FindProgrammes(),
    "show_my_data": ShowMyData(),
    "show_saved_programmes": ShowSavedProgrammes(),
}
# What the rules show after an answer, here too.
FOLLOWED_BY: dict[str, Action] = {"find_teaching_experience": ShowExperienceOffers()}


def question_first(run: AsyncRun) -> AsyncRun:
    """Answer the question that stands beside a greeting, thanks, yes or no, instead of those."""

    @functools.wraps(run)
    async def run_question(
        action: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        intent = second_intent(tracker)
        answer = AnswerQuestion() if intent and is_knowledge(intent) else ANSWERS.get(intent or "")
        if answer is None:
            events = await run(action, dispatcher, tracker, domain)
            offer_second_question(dispatcher, tracker)
            return events
        question = as_second_question(tracker)
        answered: Events = await answer.run(dispatcher, question, domain)
        if intent in FOLLOWED_BY:
            await FOLLOWED_BY[intent].run(dispatcher, question, domain)
        return answered

    return run_question


class ReturnCourtesy(Action):
    """Greet back, say that it was a pleasure, or say goodbye."""

    def name(self) -> str:
        return "action_return_courtesy"

    @question_first
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(response=RETURNED[latest_intent(tracker)])
        return []
