"""Turns any failure of an action into a reply, off the event loop."""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import Events, say
from guidance.errors import GuidanceError
from guidance.failure_replies import failure_reply

logger = logging.getLogger(__name__)

Run = Callable[[Any, CollectingDispatcher, Tracker, dict[str, Any]], Events]
AsyncRun = Callable[[Any, CollectingDispatcher, Tracker, dict[str, Any]], Awaitable[Events]]


def reply_on_failure(run: Run) -> AsyncRun:
    """Run an action in a thread, and answer what goes wrong in words."""

    @functools.wraps(run)
    async def guarded_run(
        action: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        try:
            return await asyncio.to_thread(run, action, dispatcher, tracker, domain)
        except GuidanceError as error:
            say(dispatcher, failure_reply(error))
        except Exception as error:
            # The message of an unknown exception may hold what the pupil typed; its kind and place do not.
            logger.error(
                "%s failed in conversation %s: %s", action.name(), tracker.sender_id, type(error).__name__
            )
            dispatcher.utter_message(response="utter_technical_problem")
        return []

    return guarded_run
