"""The chat API: conversations and messages for any page that wants to show the talk itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from guidance import clock
from guidance.errors import OtherConversation
from guidance.models.conversations import Conversation
from guidance.services.conversations import get_conversation_by_token, list_messages
from web.dependencies import SessionOfRequest
from web.pace import address_of, slow_down_pupils
from web.starting import start
from web.turns import answer_message

router = APIRouter(prefix="/api/v1/conversations", tags=["chat"])
bearer = HTTPBearer(auto_error=False)
Token = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


class NewConversation(BaseModel):
    """A school's public code, and a pupil's own code or nothing for an anonymous talk."""

    school: str = Field(max_length=100)
    pupil_code: str | None = Field(default=None, max_length=100)


class NewMessage(BaseModel):
    """A text, or the payload of a button; the id makes sending twice harmless."""

    # The shape is checked after the safety rules: danger is answered whatever else is wrong.
    text: str | None = Field(default=None, description="1 to 1,000 characters; or else a payload")
    payload: str | None = Field(default=None, description="of a button offered in this conversation")
    message_id: str = Field(default="", description="1 to 100 characters, new for every message")


class ButtonOfMessage(BaseModel):
    """A choice; send its payload."""

    title: str
    payload: str


class CardOfMessage(BaseModel):
    """A thing with its own box; distance in km."""

    title: str
    subtitle: str
    distance_km: float | None
    url: str | None
    buttons: list[ButtonOfMessage]
    rows: list[tuple[str, str]]
    links: list[tuple[str, str]] = []


class AssistantMessage(BaseModel):
    """One message of the assistant; an image is a data address, told in `alt` and `table`."""

    text: str
    buttons: list[ButtonOfMessage]
    cards: list[CardOfMessage]
    image: str | None
    alt: str = ""
    table: list[tuple[str, str]] = []


class Messages(BaseModel):
    """The answers to one message; never an empty list."""

    messages: list[AssistantMessage]


class StartedConversation(Messages):
    """A new conversation; the token is shown once."""

    conversation_id: str
    token: str


class Failure(BaseModel):
    """What went wrong: a code for programs and a Dutch text for people."""

    error: str
    message: str


FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": Failure} for status in (401, 403, 404, 409, 413, 422, 429, 503)
}


def conversation_of_token(conversation_id: str, session: SessionOfRequest, token: Token) -> Conversation:
    """Return the conversation of the address, if the token is its own."""
    found = get_conversation_by_token(session, token.credentials if token else "", now=clock.now())
    if found.id != conversation_id:
        raise OtherConversation(f"conversation {found.id}")
    return found


@router.post(
    "",
    status_code=201,
    response_model=StartedConversation,
    responses=FAILURES,
    dependencies=[Depends(slow_down_pupils)],
)
def start_conversation_of_pupil(
    body: NewConversation, request: Request, session: SessionOfRequest
) -> dict[str, Any]:
    """Start a conversation; an open check-in is offered in its first messages."""
    conversation, token = start(
        session, body.school, body.pupil_code, is_own_device=True, address=address_of(request)
    )
    return {"conversation_id": conversation.id, "token": token, "messages": conversation.turns[0].messages}


@router.get("/{conversation_id}/messages", responses=FAILURES)
def list_messages_of_conversation(
    conversation: Annotated[Conversation, Depends(conversation_of_token)],
) -> dict[str, Any]:
    """Return everything said so far, oldest first, each with `from`: "pupil" or "assistant"."""
    return {"messages": list_messages(conversation)}


@router.post("/{conversation_id}/messages", response_model=Messages, responses=FAILURES)
def send_message(conversation_id: str, body: NewMessage, token: Token) -> dict[str, Any]:
    """Send a message; the same id gives the same answer and stores nothing twice."""
    messages = answer_message(
        token.credentials if token else "",
        text=body.text,
        payload=body.payload,
        message_id=body.message_id,
        conversation_id=conversation_id,
    )
    return {"messages": messages}
