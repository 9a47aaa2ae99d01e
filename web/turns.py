"""One message of a pupil, from what came in to what is answered; the chat page and the chat API share it."""

import logging
from typing import NamedTuple

from sqlalchemy.orm import Session

from guidance import clock
from guidance.database import empty_write_ahead_log, transaction
from guidance.engine_store import EngineStore
from guidance.errors import (
    ChatClosed,
    EngineDown,
    GuidanceError,
    MessageUnclear,
    OtherConversation,
    SessionOver,
)
from guidance.message_ids import id_among_talks
from guidance.models.conversations import Conversation
from guidance.redaction import redacted, visible
from guidance.safety import Danger, danger_in
from guidance.safety_replies import concern_reply, still_here_reply
from guidance.services.accounts import is_chat_open
from guidance.services.check_in import take_back_answer
from guidance.services.conversations import (
    LONGEST_MESSAGE,
    Message,
    add_turn,
    answer_turn,
    body_digest,
    find_conversation_of_engine,
    find_turn,
    forget_turn,
    get_conversation_by_token,
    is_given_up,
    receive_message,
)
from guidance.services.safety import answers_help_lines_before
from guidance.services.welcome import button_meant
from guidance.settings import get_settings
from web.danger import answer_danger, explicit_danger_in
from web.engine import ask_engine

logger = logging.getLogger(__name__)
LONGEST_ID = 100


def answer_message(
    token: str, *, text: str | None, payload: str | None, message_id: str, conversation_id: str | None = None
) -> list[Message]:
    """Return the answers to one message; explicit danger is answered whatever else is wrong.

    With `conversation_id` the token must be of that conversation.
    """
    if explicit := explicit_danger_in(text):
        return _answer_danger(token, explicit, text or "", message_id)
    danger = danger_in(text) if text else None
    is_id = 0 < len(message_id) <= LONGEST_ID and message_id.isprintable()
    if not is_id or (text is None) == (payload is None):
        raise MessageUnclear("shape of a message")
    received = _receive(
        token, text=text, payload=payload, message_id=message_id, conversation_id=conversation_id
    )
    if received.messages is not None:
        return received.messages
    messages = [still_here_reply().as_message()] if received.is_to_help_lines else _ask(received, message_id)
    if danger:
        # The engine may have heard it too; the lines are said once.
        concern = concern_reply().as_message()
        messages = [concern, *(message for message in messages if message["text"] != concern["text"])]
    return _answered(received, messages, message_id)


def _answered(received: "_Received", messages: list[Message], message_id: str) -> list[Message]:
    """Commit what was answered, unless another request gave up on this message or all was erased."""
    with transaction() as session:
        told = answer_turn(session, received.turn_id, messages, now=clock.now())
        was_erased = find_conversation_of_engine(session, received.engine_id) is None
        if told is None and is_given_up(session, received.engine_id, message_id):
            take_back_answer(session, id_among_talks(received.engine_id, message_id))
    if was_erased:
        # The engine wrote its side of this turn after everything was erased.
        EngineStore(get_settings().engine_database).forget([received.engine_id])
        empty_write_ahead_log()
    if told is None:
        raise SessionOver("everything was erased") if was_erased else EngineDown("given up meanwhile")
    return told


def _ask(received: "_Received", message_id: str) -> list[Message]:
    try:
        return ask_engine(received.engine_id, received.said, message_id=message_id)
    except EngineDown:
        with transaction() as session:
            forget_turn(session, received.turn_id)
            take_back_answer(session, id_among_talks(received.engine_id, message_id))
        raise


class _Received(NamedTuple):
    turn_id: int
    engine_id: str
    said: str
    messages: list[Message] | None
    is_to_help_lines: bool


def _receive(
    token: str, *, text: str | None, payload: str | None, message_id: str, conversation_id: str | None
) -> _Received:
    """Commit that a message was received, so that no transaction is open while the engine thinks."""
    now = clock.now()
    with transaction() as session:
        conversation = get_conversation_by_token(session, token, now=now)
        if conversation_id not in {None, conversation.id}:
            raise OtherConversation(f"conversation {conversation.id}")
        if not is_chat_open(session, conversation.pupil.school):
            raise ChatClosed(f"school {conversation.pupil.school_id}")
        turn = receive_message(
            session, conversation, text=text, payload=payload, message_id=message_id, now=now
        )
        said = turn.payload or button_meant(session, turn) or turn.text or ""
        is_to_help_lines = answers_help_lines_before(session, turn)
        return _Received(turn.id, conversation.engine_id, said, turn.messages, is_to_help_lines)


def _answer_danger(token: str, danger: Danger, text: str, message_id: str) -> list[Message]:
    """Answer explicit danger without engine, and say as it is whether anyone was told."""

    def was_told(session: Session, conversation: Conversation) -> bool:
        own_id = _own_id(session, conversation, text, message_id)
        return find_turn(session, conversation, own_id) is not None

    answer = answer_danger(token, danger, was_told=was_told)
    messages = [answer.reply.as_message()]
    if not answer.is_settled:
        # The turn is not kept, so that sending it again still tells the contact.
        return messages
    try:
        _keep_danger_turn(token, text, message_id, messages)
    except Exception as error:
        logger.error("could not keep a turn: %s", type(error).__name__)
    return messages


def _own_id(session: Session, conversation: Conversation, text: str, message_id: str) -> str:
    """Return the id to keep a danger under: another text may have come in with the same one."""
    earlier, digest = find_turn(session, conversation, message_id), body_digest(text, None)
    return message_id if earlier is None or earlier.body_digest == digest else f"{message_id}:{digest}"


def _keep_danger_turn(token: str, text: str, message_id: str, messages: list[Message]) -> None:
    now = clock.now()
    with transaction() as session:
        conversation = _find_conversation(session, token)
        if conversation is None:
            return
        own_id = _own_id(session, conversation, text, message_id)
        if find_turn(session, conversation, own_id):
            return
        turn = add_turn(
            session,
            conversation,
            text=redacted(visible(text))[:LONGEST_MESSAGE],
            payload=None,
            digest=body_digest(text, None),
            message_id=own_id,
            now=now,
        )
        answer_turn(session, turn.id, messages, now=now)


def _find_conversation(session: Session, token: str) -> Conversation | None:
    try:
        return get_conversation_by_token(session, token, now=clock.now())
    except GuidanceError:
        return None
