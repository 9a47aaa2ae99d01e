"""The pupil's chat page: it works without scripts, and better with them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.database import transaction
from guidance.errors import GuidanceError, NotFound
from guidance.models.conversations import Conversation
from guidance.models.school import School
from guidance.services.accounts import get_school
from guidance.services.conversations import (
    Message,
    end_conversation,
    get_conversation_by_token,
    list_messages,
)
from web.danger import explicit_danger_in
from web.dependencies import CHAT_COOKIE, OwnForm, SessionOfRequest, require_own_form
from web.pace import address_of, slow_down_pupils
from web.pages import page, set_cookie
from web.starting import start
from web.statuses import status_of
from web.turns import answer_message

router = APIRouter(include_in_schema=False)


class WayIn(BaseModel):
    """The fields of the forms to begin with."""

    school: str = Field(default="", max_length=100)
    code: str = Field(default="", max_length=100)
    anonymous: bool = False
    own_device: bool = False
    frame: bool = False


def token_of(request: Request) -> str:
    """Return the token of the talk: from the header inside a frame, from the cookie elsewhere."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else request.cookies.get(CHAT_COOKIE, "")


TokenOfPage = Annotated[str, Depends(token_of)]


def is_script(request: Request) -> bool:
    """Say whether the page's own script asks, and wants a piece of the page."""
    return "hx-request" in request.headers


@router.get("/")
def show_chat(
    request: Request, session: SessionOfRequest, token: TokenOfPage, school: str = "", frame: bool = False
) -> Response:
    """Show the talk, or the way in."""
    allow_frame_of(request, session, school)
    try:
        conversation = get_conversation_by_token(session, token, now=clock.now())
    except NotFound:
        return way_in(request, school, frame=frame)
    return talk(request, conversation)


def allow_frame_of(request: Request, session: SessionOfRequest, code: str) -> None:
    """Let the school's own site, and no other, show this page in a frame."""
    try:
        school: School = get_school(session, code)
    except NotFound:
        return
    request.state.frame_ancestors = " ".join(["'self'", *school.origins.split()])


def way_in(request: Request, school: str, *, frame: bool, failure: str = "", status: int = 200) -> Response:
    """Show what this is, who can read what, and the two ways to begin."""
    return page(request, "chat/start.html", status=status, school=school, frame=frame, failure=failure)


def talk(
    request: Request,
    conversation: Conversation,
    *,
    failure: str = "",
    typed: str = "",
    status: int = 200,
    token: str = "",
) -> Response:
    """Show the talk so far; after a failure with what was typed, in a frame with its token."""
    return page(
        request,
        "chat/talk.html",
        status=status,
        messages=list_messages(conversation),
        pupil=conversation.pupil,
        is_own_device=conversation.is_own_device,
        failure=failure,
        typed=typed,
        token=token,
    )


@router.post("/gesprek", dependencies=[OwnForm, Depends(slow_down_pupils)])
def begin_talk(request: Request, session: SessionOfRequest, way: Annotated[WayIn, Form()]) -> Response:
    """Let a pupil in with a code, or anyone without a name."""
    allow_frame_of(request, session, way.school)
    try:
        code = None if way.anonymous else way.code
        conversation, token = start(
            session, way.school, code, is_own_device=way.own_device, address=address_of(request)
        )
    except GuidanceError as error:
        session.rollback()
        failure = wording.failure(error)
        return way_in(request, way.school, frame=way.frame, failure=failure, status=status_of(error))
    if way.frame:
        # Inside a frame a cookie is not kept: the page holds the token in memory, for this visit only.
        return talk(request, conversation, token=token)
    response = RedirectResponse("/", status_code=303)
    set_cookie(response, CHAT_COOKIE, token)
    return response


def token_of_own_form(
    request: Request,
    token: TokenOfPage,
    csrf: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> str:
    """Return the token when the form is ours; danger in a form of which we are not sure is nobody's."""
    try:
        require_own_form(request, csrf)
    except HTTPException:
        if not explicit_danger_in(text):
            raise
        return ""
    return token


@router.post("/gesprek/berichten")
def send_message(
    request: Request,
    token: Annotated[str, Depends(token_of_own_form)],
    message_id: Annotated[str, Form()] = "",
    text: Annotated[str | None, Form()] = None,
    payload: Annotated[str | None, Form()] = None,
) -> Response:
    """Send one message; answer with the new bubbles, or with the whole page where there is no script."""
    said = None if payload is not None else (text or "")
    try:
        messages = answer_message(token, text=said, payload=payload, message_id=message_id)
    except GuidanceError as error:
        return not_sent(request, token, error, typed=said or "")
    return answer(request, token, messages)


def answer(request: Request, token: str, messages: list[Message]) -> Response:
    """Return the bubbles of this turn; one that could not be kept has only what was answered."""
    turn = last_turn(token)
    is_kept = [said["text"] for said in turn[1:]] == [message["text"] for message in messages]
    if is_kept and not is_script(request):
        return RedirectResponse("/#laatste", status_code=303)
    shown = turn if is_kept else [{"from": "assistant", **message} for message in messages]
    return page(request, f"chat/{'_answer' if is_script(request) else 'answer'}.html", messages=shown)


def last_turn(token: str) -> list[Message]:
    """Return what was said last and its answers; nothing when that cannot be read now."""
    try:
        with transaction() as session:
            said = list_messages(get_conversation_by_token(session, token, now=clock.now()))
    except (GuidanceError, SQLAlchemyError):
        return []
    starts = [number for number, message in enumerate(said) if message["from"] == "pupil"]
    return said[starts[-1] :] if starts else []


def not_sent(request: Request, token: str, error: GuidanceError, *, typed: str) -> Response:
    """Show a failure as a bubble; what was typed stays in the box."""
    failure, status = wording.failure(error), status_of(error)
    if is_script(request):
        return page(request, "chat/_failure.html", status=status, failure=failure, over=status == 401)
    with transaction() as session:
        try:
            conversation = get_conversation_by_token(session, token, now=clock.now())
        except NotFound:
            return way_in(request, "", frame=False, failure=failure, status=status)
        return talk(request, conversation, failure=failure, typed=typed, status=status)


@router.post("/uitloggen", dependencies=[OwnForm])
def sign_out(request: Request, session: SessionOfRequest, token: TokenOfPage) -> Response:
    """End the talk and show the way in."""
    school = _end(session, token)
    # Only inside a frame does the script send this form, and there another page would not be shown.
    return way_in(request, school, frame=True) if is_script(request) else _leave("/")


@router.post("/snel-weg", dependencies=[OwnForm])
def leave_quickly(request: Request, session: SessionOfRequest, token: TokenOfPage) -> Response:
    """End the talk and show a page that tells nothing of it."""
    _end(session, token)
    return show_nothing(request) if is_script(request) else _leave("/even-weg")


def _end(session: Session, token: str) -> str:
    """End the talk and return the code of its school; whoever is out already stays out."""
    try:
        conversation = get_conversation_by_token(session, token, now=clock.now())
    except NotFound:
        return ""
    end_conversation(conversation, now=clock.now())
    return conversation.pupil.school.code


def _leave(address: str) -> Response:
    response = RedirectResponse(address, status_code=303)
    response.delete_cookie(CHAT_COOKIE)
    return response


@router.get("/even-weg")
def show_nothing(request: Request) -> Response:
    """Show a page without a word about any talk."""
    return page(request, "chat/away.html")
