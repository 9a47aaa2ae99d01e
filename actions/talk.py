"""What every action needs of the talk: who speaks, what was typed, and how to answer."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from guidance.asker import EXAM_SUBJECTS
from guidance.exam_subjects import Mention, exam_subjects_in
from guidance.message_ids import id_among_talks
from guidance.replies import Reply
from guidance.services.conversations import is_given_up

Events = list[dict[str, Any]]


def say(dispatcher: CollectingDispatcher, *replies: Reply) -> None:
    """Send replies whole, so that text, buttons, cards and picture stay one message."""
    for reply in replies:
        dispatcher.utter_message(json_message=reply.as_message())


def latest_text(tracker: Tracker) -> str:
    """Return what the pupil typed last, or the payload of the button that was tapped or named in words."""
    return str(tracker.latest_message.get("payload") or tracker.latest_message.get("text") or "")


def is_tapped(tracker: Tracker) -> bool:
    """Say whether the last message was a tap on a button; one that was named in words was typed."""
    return str(tracker.latest_message.get("text") or "").startswith("/")


def latest_intent(tracker: Tracker) -> str:
    """Return the intent of the last message."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def callers_message_id(tracker: Tracker) -> str | None:
    """Return the id under which the web received the last message, if it came through the web."""
    given = (tracker.latest_message.get("metadata") or {}).get("message_id")
    return str(given) if given else None


def message_id_of(tracker: Tracker) -> str:
    """Return an id of the last message that no other talk has: callers number their own messages."""
    number = callers_message_id(tracker) or tracker.latest_message.get("message_id") or ""
    return id_among_talks(tracker.sender_id, number)


def was_given_up(session: Session, tracker: Tracker) -> bool:
    """Say whether this server was too slow: the pupil was told so, and may have answered otherwise since."""
    sent_as = callers_message_id(tracker)
    return sent_as is not None and is_given_up(session, tracker.sender_id, sent_as)


def entities_of(tracker: Tracker) -> dict[str, list[str]]:
    """Return the values found in the last message, by kind of entity, in the order of the text.

    A subject that the pupil has, as in "ik heb NT met biologie", is an exam subject and not one to look for.
    """
    found: dict[str, list[str]] = {}
    text = str(tracker.latest_message.get("text") or "")
    mentions = [] if is_tapped(tracker) else exam_subjects_in(text)
    for entity in tracker.latest_message.get("entities") or []:
        if not (entity["entity"] == "subject" and _is_within(entity, text, mentions)):
            found.setdefault(entity["entity"], []).append(str(entity["value"]))
    for mention in mentions:
        found.setdefault(EXAM_SUBJECTS, []).extend(mention.subjects)
    return found


def _is_within(entity: dict[str, Any], text: str, mentions: list[Mention]) -> bool:
    start, typed = entity.get("start", -1), str(entity.get("typed", ""))
    # Of a second question the text is a part, while its entities stand where they did in the whole.
    if text[start : start + len(typed)] != typed:
        return False
    return any(mention.start <= start < mention.end for mention in mentions)
