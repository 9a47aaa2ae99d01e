"""Two questions in one message: both are answered, or the second is offered on a button."""

import functools
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import AsyncRun, reply_on_failure
from actions.talk import Events, entities_of, latest_intent, say
from guidance.clarify_replies import second_question_reply
from guidance.understanding import is_offered


class OfferSecondQuestion(Action):
    """After a fixed turn: offer the answer to the other question of the message, if there is one."""

    def name(self) -> str:
        return "action_offer_second_question"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        offer_second_question(dispatcher, tracker)
        return []


def then_second_question(answers_too: Callable[[str], bool] | None = None) -> Callable[[AsyncRun], AsyncRun]:
    """Let an action answer the second question too when it can, and else offer it, after its own words."""

    def decorated(run: AsyncRun) -> AsyncRun:
        @functools.wraps(run)
        async def run_both(
            action: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
        ) -> Events:
            said_before = len(dispatcher.messages)
            events = await run(action, dispatcher, tracker, domain)
            if not events and len(dispatcher.messages) == said_before:
                # It left the message to another action.
                return events
            if answers_too and answers_too(second_intent(tracker) or ""):
                return [*events, *await run(action, dispatcher, as_second_question(tracker), domain)]
            offer_second_question(dispatcher, tracker)
            return events

        return run_both

    return decorated


def second_intent(tracker: Tracker) -> str | None:
    """Return the intent of the other question of the last message, when it may be answered or offered."""
    intent = (tracker.latest_message.get("also_asked") or {}).get("intent")
    return intent if intent and is_offered(intent) and intent != latest_intent(tracker) else None


def as_second_question(tracker: Tracker) -> Tracker:
    """Return the talk as if only the other question had been asked, with all that the message named."""
    other = tracker.latest_message["also_asked"]
    message = {
        **tracker.latest_message,
        "intent": {"name": other["intent"], "confidence": other["confidence"]},
        "text": other["text"],
        "also_asked": None,
    }
    return Tracker(
        tracker.sender_id,
        tracker.slots,
        message,
        tracker.events,
        False,
        None,
        tracker.active_loop,
        tracker.latest_action_name,
    )


def offer_second_question(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Offer the other question of the last message, if there is one."""
    intent = second_intent(tracker)
    if intent:
        say(dispatcher, second_question_reply(intent, entities_of(tracker)))
