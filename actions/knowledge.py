"""Chat entrance to the answers about studying to be a teacher."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.talk import Events, entities_of, latest_intent, say
from guidance import clock
from guidance.replies import Reply
from guidance.services.knowledge import answer_question


class AnswerQuestion(Action):
    """Answer the question of the last message, and offer what is often asked next."""

    def name(self) -> str:
        return "action_answer_question"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        answer = answer_question(
            latest_intent(tracker),
            today=clock.school_day(clock.now()),
            level=_known(tracker, "level"),
            kind=_known(tracker, "kind"),
        )

        text = "\n\n".join(part for part in (answer.text, answer.source) if part)
        # In a form its own question follows, and that question has the buttons.
        say(dispatcher, Reply(text, buttons=() if tracker.active_loop_name else answer.follow_ups))
        return []


def _known(tracker: Tracker, name: str) -> str | None:
    """Return what the message says, or what was said before; a message that names two says none."""
    said = set(entities_of(tracker).get(name, []))
    if not said:
        earlier: str | None = tracker.get_slot(name)
        return earlier
    return said.pop() if len(said) == 1 else None
