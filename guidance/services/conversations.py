"""The chat as it is kept: conversations, and turns that are received once and answered once."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance.errors import (
    MessageChanged,
    MessageEmpty,
    MessageTooLong,
    NotFound,
    PayloadNotOffered,
    SessionOver,
    TooManyMessages,
)
from guidance.models.conversations import Conversation, Turn
from guidance.models.pupil import Pupil
from guidance.redaction import redacted, visible
from guidance.replies import Reply
from guidance.services.accounts import token_digest
from guidance.settings import get_settings

LONGEST_MESSAGE = 1000
WELCOME = "welcome"
Message = dict[str, Any]


def start_conversation(
    session: Session, pupil: Pupil, welcome: list[Reply], *, is_own_device: bool, now: datetime
) -> tuple[Conversation, str]:
    """Begin a talk with its first messages; return it with the token, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    conversation = Conversation(
        id=str(uuid.uuid4()),
        engine_id=secrets.token_urlsafe(24),
        pupil=pupil,
        token_digest=token_digest(token),
        is_own_device=is_own_device,
        started_at=now,
        last_message_at=now,
    )
    messages = [reply.as_message() for reply in welcome]
    conversation.turns = [
        Turn(message_id=WELCOME, body_digest="", messages=messages, received_at=now, answered_at=now)
    ]
    session.add(conversation)
    session.flush()
    return conversation, token


def get_conversation_by_token(session: Session, token: str, *, now: datetime) -> Conversation:
    """Return the talk of this token; raise SessionOver when it ended, grew old or stood idle."""
    digest = token_digest(token)
    conversation = session.scalars(
        select(Conversation).where(Conversation.token_digest == digest)
    ).one_or_none()
    if conversation is None or conversation.ended_at or _is_over(conversation, now):
        raise SessionOver("conversation of this token")
    return conversation


def _is_over(conversation: Conversation, now: datetime) -> bool:
    settings = get_settings()
    is_old = now - conversation.started_at > timedelta(hours=settings.token_hours)
    is_idle = now - conversation.last_message_at > timedelta(minutes=settings.idle_minutes)
    return is_old or (is_idle and not conversation.is_own_device)


def end_conversation(conversation: Conversation, *, now: datetime) -> None:
    """Sign the pupil out of this talk."""
    conversation.ended_at = now


def pupil_of(session: Session, engine_id: str) -> Pupil:
    """Return the pupil behind a conversation of the engine, or raise NotFound."""
    if pupil := find_pupil_of(session, engine_id):
        return pupil
    raise NotFound("conversation of the engine")


def find_pupil_of(session: Session, engine_id: str) -> Pupil | None:
    """Return the pupil behind a conversation of the engine; a talk outside the web service has none."""
    conversation = find_conversation_of_engine(session, engine_id)
    return conversation.pupil if conversation else None


def find_conversation_of_engine(session: Session, engine_id: str) -> Conversation | None:
    """Return the conversation that the engine knows by this id, unless it was erased."""
    return session.scalars(select(Conversation).where(Conversation.engine_id == engine_id)).one_or_none()


def is_given_up(session: Session, engine_id: str, message_id: str) -> bool:
    """Say whether the pupil was told that this message got no answer: nothing may come of it."""
    return (
        session.scalars(
            select(Turn.id)
            .join(Conversation)
            .where(Conversation.engine_id == engine_id, Turn.message_id == message_id)
        ).one_or_none()
        is None
    )


def body_digest(text: str | None, payload: str | None) -> str:
    """Return what tells one message body from another without keeping its words."""
    return hashlib.sha256(json.dumps([text, payload]).encode()).hexdigest()


def receive_message(
    session: Session,
    conversation: Conversation,
    *,
    text: str | None,
    payload: str | None,
    message_id: str,
    now: datetime,
) -> Turn:
    """Store a message before it is answered, redacted; one received before is returned as it stands."""
    digest = body_digest(text, payload)
    if earlier := find_turn(session, conversation, message_id):
        if earlier.body_digest != digest:
            raise MessageChanged(f"conversation {conversation.id}")
        return earlier
    _refuse_haste(session, conversation, now)
    if payload is not None:
        _refuse_unknown_payload(conversation, payload)
    else:
        text = acceptable(text or "")
    return add_turn(
        session, conversation, text=text, payload=payload, digest=digest, message_id=message_id, now=now
    )


def acceptable(text: str) -> str:
    """Return a text as it may be stored and understood; raise when it is empty or too long."""
    if len(text) > LONGEST_MESSAGE:
        raise MessageTooLong(f"{len(text)} characters")
    # A leading slash would be an order to the engine.
    plain = redacted(visible(text)).strip().lstrip("/ ")
    if not plain:
        raise MessageEmpty("no words")
    return plain


def add_turn(  # noqa: PLR0913  a turn is what it is
    session: Session,
    conversation: Conversation,
    *,
    text: str | None,
    payload: str | None,
    digest: str,
    message_id: str,
    now: datetime,
) -> Turn:
    """Add a turn that waits for its answer."""
    turn = Turn(
        conversation_id=conversation.id,
        message_id=message_id,
        body_digest=digest,
        text=text,
        payload=payload,
        received_at=now,
    )
    conversation.last_message_at = now
    session.add(turn)
    session.flush()
    return turn


def find_turn(session: Session, conversation: Conversation, message_id: str) -> Turn | None:
    """Return the turn of this message, if it was received."""
    return session.scalars(
        select(Turn).where(Turn.conversation_id == conversation.id, Turn.message_id == message_id)
    ).one_or_none()


def answer_turn(
    session: Session, turn_id: int, messages: list[Message], *, now: datetime
) -> list[Message] | None:
    """Store the answer of a turn; when another request was first, its answer stands and is returned.

    Nothing is stored or returned when the turn was given up or erased meanwhile.
    """
    turn = session.get(Turn, turn_id, with_for_update=True)
    if turn is None:
        return None
    if turn.messages is None:
        turn.messages, turn.answered_at = messages, now
    return turn.messages


def forget_turn(session: Session, turn_id: int) -> None:
    """Remove a turn that could not be answered, so that nothing counts as said."""
    turn = session.get(Turn, turn_id)
    if turn is not None and turn.messages is None:
        session.delete(turn)


def list_messages(conversation: Conversation) -> list[Message]:
    """Return all that was said and answered so far, oldest first, each with who said it."""
    return list(_messages_of(conversation.turns))


def _messages_of(turns: list[Turn]) -> Iterator[Message]:
    titles: dict[str, str] = {}
    for turn in turns:
        if turn.messages is None:
            continue
        if turn.message_id != WELCOME:
            said = turn.text or titles.get(turn.payload or "", "")
            yield {"from": "pupil", "text": said, "buttons": [], "cards": [], "image": None}
        for message in turn.messages:
            titles |= {button["payload"]: button["title"] for button in _buttons_in(message)}
            yield {"from": "assistant", **message}


def _buttons_in(message: Message) -> Iterator[dict[str, str]]:
    yield from message.get("buttons", [])
    for card in message.get("cards", []):
        yield from card.get("buttons", [])


def _refuse_unknown_payload(conversation: Conversation, payload: str) -> None:
    offered = (
        button["payload"]
        for turn in conversation.turns
        for message in turn.messages or []
        for button in _buttons_in(message)
    )
    if payload not in offered:
        raise PayloadNotOffered(f"conversation {conversation.id}")


def _refuse_haste(session: Session, conversation: Conversation, now: datetime) -> None:
    minute = timedelta(minutes=1)
    recent = session.execute(
        select(func.count(), func.min(Turn.received_at)).where(
            Turn.conversation_id == conversation.id,
            Turn.received_at > now - minute,
            Turn.message_id != WELCOME,
        )
    ).one()
    if recent[0] >= get_settings().messages_per_minute:
        wait = (recent[1] + minute - now).total_seconds()
        raise TooManyMessages(f"conversation {conversation.id}", retry_after_seconds=max(1, round(wait)))
