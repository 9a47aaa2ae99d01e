"""Chat entrance to the answers about studying to be a teacher."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.open_days import OPEN_DAYS, with_open_days
from actions.second_question import second_intent, then_second_question
from actions.talk import Events, entities_of, latest_intent, latest_text, message_id_of, say
from guidance import clock, knowledge_replies
from guidance.asker import EXAM_SUBJECTS, Asker, Said, asker_of
from guidance.database import transaction
from guidance.exam_subjects import exam_subjects_named
from guidance.replies import Reply
from guidance.services.conversations import find_pupil_of
from guidance.services.knowledge import MORE, Question, answer_question, asker_on_roster
from guidance.understanding import is_knowledge

OPEN_TOPIC = "open_topic"
DETAILS = ("level", "leerjaar", "profile", EXAM_SUBJECTS, "kind", "subject")
# What goes along with a button: what the question was about, so that the next answer is about that too.
NAMED = ("level", "kind", "subject")
# A message with one of these looks for programmes.
SEARCHED_BY = {"place", "postcode"}


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
        pupil = find_pupil_of(session, tracker.sender_id)
        answer = answer_question(session, pupil, question, message_id=message_id_of(tracker), now=clock.now())
    is_in_form = bool(tracker.active_loop_name)
    if is_in_form or is_knowledge(second_intent(tracker) or ""):
        # The form asks its own question; of two questions in one message only the second asks back.
        answer = replace(answer, asks=None)
    named = {name: value for name in NAMED if (value := said.get(name))}
    reply = knowledge_replies.answer_reply(answer, named=named, is_in_form=is_in_form)
    noted: Events = []
    if topic == OPEN_DAYS and said.get("part") != MORE:
        reply, noted = with_open_days(tracker, said, reply)
    open_topic = {"topic": topic, "asks": answer.asks, "said": {**said, "part": None}}
    remembered_now = [*noted, *remembered_subjects(tracker)]
    return reply, [SlotSet(OPEN_TOPIC, None if is_in_form else open_topic), *remembered_now]


def answered_topic(tracker: Tracker) -> dict[str, Any] | None:
    """Return the question answered last, with the detail that the message gives: "en voor Engels?"."""
    asked, said = _asked_last(tracker), said_of(tracker)
    is_search = SEARCHED_BY & set(entities_of(tracker)) and not (asked and said.get(asked["asks"]))
    if asked is None or is_search or not any(map(said.get, DETAILS)):
        return None
    # Another kind or subject is another question; the level stays.
    is_other = said.get("kind") or said.get("subject")
    dropped = {"kind": None, "subject": None} if is_other else {}
    return {**asked, "said": {**asked["said"], **dropped, **said}}


def said_of(tracker: Tracker) -> Said:
    """Return what the message says, by entity; one named in two ways has no value, exam subjects are one."""
    names = (*DETAILS, "part")
    entities = entities_of(tracker)
    subjects = entities.pop(EXAM_SUBJECTS, [])
    found = {name: set(values) for name, values in entities.items() if name in names}
    said = {name: values.pop() if len(values) == 1 else None for name, values in found.items()}
    return {**said, EXAM_SUBJECTS: ", ".join(subjects)} if subjects else said


def asker_of_talk(tracker: Tracker) -> Asker:
    """Return who sends the last message, from what it says, the talk so far and the roster."""
    remembered = {name: tracker.get_slot(name) for name in DETAILS}
    with transaction() as session:
        pupil = find_pupil_of(session, tracker.sender_id)
        roster = asker_on_roster(pupil, clock.school_day(clock.now()))
    return asker_of(roster, said_of(tracker), remembered)


def remembered_subjects(tracker: Tracker) -> Events:
    """Return what to remember of exam subjects: those said now, beside those said before."""
    said = entities_of(tracker).get(EXAM_SUBJECTS)
    if not said:
        return []
    before = tracker.get_slot(EXAM_SUBJECTS)
    return [SlotSet(EXAM_SUBJECTS, ", ".join(exam_subjects_named([*said, *([before] if before else [])])))]


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
