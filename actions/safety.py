"""Help lines in the chat, when the engine hears danger that the fixed rules did not."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.talk import Events, say
from guidance.safety_replies import concern_reply


class ShowHelpLines(Action):
    """Show the help lines; nobody is told unless the pupil asks."""

    def name(self) -> str:
        return "action_show_help_lines"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        say(dispatcher, concern_reply())
        return []
