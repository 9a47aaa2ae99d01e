"""Asking the dean for a talk in the chat."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.talk import Events, say
from guidance import clock
from guidance.database import transaction
from guidance.services.conversations import pupil_of
from guidance.services.summary import draft_summary
from guidance.services.talks import find_open_talk, request_talk
from guidance.talk_replies import talk_replies


class RequestTalk(Action):
    """Ask the dean for a talk, and show what the dean will read."""

    def name(self) -> str:
        return "action_request_talk"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        now = clock.now()
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            is_new = find_open_talk(session, pupil) is None
            request = request_talk(session, pupil, now=now)
            replies = talk_replies(request, draft_summary(session, request, now=now), is_new=is_new)
        say(dispatcher, *replies)
        return []
