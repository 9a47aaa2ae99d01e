"""Chat entrance to the answers about studying to be a teacher."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.failures import reply_on_failure
from actions.second_question import second_intent, then_second_question
from actions.talk import Events, entities_of, latest_intent, latest_text, message_id_of, say
from guidance import clock, knowledge_replies
from guidance.asker import Said
from guidance.database import transaction
from guidance.errors import NotFound
from guidance.models.pupil import Pupil
from guidance.replies import Reply
from guidance.services.conversations import pupil_of
from guidance.services.knowledge import Question, answer_question
from guidance.understanding import is_knowledge

OPEN_TOPIC = "open_topic"
DETAILS = ("level", "leerjaar", "profile", "kind", "subject")
# What goes along with a button: what the question was about, so that the next answer is about that too.
NAMED = ("level", "kind", "subject")


class AnswerQuestion(Action):
    """Answer the question of the last message, and offer what is often asked next."""

    def name(self) -> str:
        return "action_answer_question"

    @then_second_question(is_knowledge)
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        reply, events = answer_reply(tracker, latest_intent(tracker))
        say(dispatcher, reply)
        return events


def answer_reply(tracker: Tracker, topic: str, *, said: Said | None = None) -> tuple[Reply, Events]:
    """Answer one topic for whoever sent the last message; return the reply, and what to remember.

    `said` stands for what the message says, when that is not what its entities say.
    """
    said = said_of(tracker) if said is None else said
    remembered = {name: tracker.get_slot(name) for name in DETAILS}
    question = Question(topic, said, remembered, words=latest_text(tracker))
    with transaction() as session:
        pupil = _pupil_or_none(session, tracker.sender_id)
        answer = answer_question(session, pupil, question, message_id=message_id_of(tracker), now=clock.now())
    is_in_form = bool(tracker.active_loop_name)
    if is_in_form or is_knowledge(second_intent(tracker) or ""):
        # The form asks its own question; of two questions in one message only the second asks back.
        answer = replace(answer, asks=None)
    named = {name: value for name in NAMED if (value := said.get(name))}
    reply = knowledge_replies.answer_reply(answer, named=named, is_in_form=is_in_form)
    open_topic = {"topic": topic, "asks": answer.asks, "said": dict(said)} if answer.asks else None
    return reply, [SlotSet(OPEN_TOPIC, open_topic)]


def answered_topic(tracker: Tracker) -> dict[str, Any] | None:
    """Return the question that waits for a detail, if it was asked last and the message gives that detail."""
    asked = _asked_last(tracker)
    if asked is None:
        return None
    said = said_of(tracker)
    wanted = ("subject", "kind") if asked["asks"] == "subject" else (asked["asks"],)
    return {**asked, "said": {**asked["said"], **said}} if any(map(said.get, wanted)) else None


def said_of(tracker: Tracker) -> Said:
    """Return what the message says, by entity; one that it names in two ways has no value."""
    names = (*DETAILS, "part")
    found = {name: set(values) for name, values in entities_of(tracker).items() if name in names}
    return {name: values.pop() if len(values) == 1 else None for name, values in found.items()}


def _asked_last(tracker: Tracker) -> dict[str, Any] | None:
    """Return the open topic that was set in the turn before this message."""
    messages_seen = 0
    for event in reversed(tracker.events):
        messages_seen += event.get("event") == "user"
        if messages_seen == 2:
            return None
        if messages_seen == 1 and event.get("event") == "slot" and event.get("name") == OPEN_TOPIC:
            found: dict[str, Any] | None = event.get("value")
            return found
    return None


def _pupil_or_none(session: Session, sender_id: str) -> Pupil | None:
    """Return the pupil of this talk; a talk outside the web service has none."""
    try:
        return pupil_of(session, sender_id)
    except NotFound:
        return None
