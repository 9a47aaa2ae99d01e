"""What a page may ask for: a session, a signed-in dean or pupil, and proof that a form is ours."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Path, Request
from sqlalchemy.orm import Session

from guidance import clock
from guidance.database import transaction
from guidance.errors import NotFound
from guidance.models.accounts import (
    ADMINISTRATOR,
    DEAN,
    REGION_VIEWER,
    SAFEGUARDING_CONTACT,
    SCHOOL_LEAD,
    STAFF,
    Staff,
)
from guidance.models.conversations import Conversation
from guidance.services.accounts import get_staff_by_token
from guidance.services.conversations import get_conversation_by_token
from guidance.settings import get_settings

CHAT_COOKIE = "klaskompas_chat"
STAFF_COOKIE = "klaskompas_staff"
FORM_COOKIE = "klaskompas_form"


# The number of a row in an address; one that no database can hold is a page that does not exist.
RowNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


class SignInPage(Exception):
    """The visitor must sign in first; the page to do so is the detail."""


def open_session() -> Iterator[Session]:
    """Open the transaction of one request."""
    with transaction() as session:
        yield session


# "function": commit before the answer leaves, so that a redirect finds what was stored.
SessionOfRequest = Annotated[Session, Depends(open_session, scope="function")]


def signed_in_staff(request: Request, session: SessionOfRequest) -> Staff:
    """Return the member of staff of this request, or send the visitor to the sign-in page."""
    try:
        return get_staff_by_token(session, request.cookies.get(STAFF_COOKIE, ""), now=clock.now())
    except NotFound as error:
        raise SignInPage("/inloggen") from error


StaffOfRequest = Annotated[Staff, Depends(signed_in_staff)]


def _with_role(staff: Staff, role: str) -> Staff:
    if staff.role != role:
        raise NotFound(f"not a {role}")
    return staff


def signed_in_dean(staff: StaffOfRequest) -> Staff:
    """Return the dean of this request; other staff find nothing here."""
    return _with_role(staff, DEAN)


def signed_in_contact(staff: StaffOfRequest) -> Staff:
    """Return the safeguarding contact of this request; other staff find nothing here."""
    return _with_role(staff, SAFEGUARDING_CONTACT)


def signed_in_teacher(staff: StaffOfRequest) -> Staff:
    """Return the teacher of this request; other staff find nothing here."""
    return _with_role(staff, STAFF)


def signed_in_lead(staff: StaffOfRequest) -> Staff:
    """Return the school lead of this request; other staff find nothing here."""
    return _with_role(staff, SCHOOL_LEAD)


def signed_in_region_viewer(staff: StaffOfRequest) -> Staff:
    """Return the region viewer of this request; other staff find nothing here."""
    return _with_role(staff, REGION_VIEWER)


def signed_in_administrator(staff: StaffOfRequest) -> Staff:
    """Return the administrator of this request; other staff find nothing here."""
    return _with_role(staff, ADMINISTRATOR)


DeanOfRequest = Annotated[Staff, Depends(signed_in_dean)]
ContactOfRequest = Annotated[Staff, Depends(signed_in_contact)]
TeacherOfRequest = Annotated[Staff, Depends(signed_in_teacher)]
LeadOfRequest = Annotated[Staff, Depends(signed_in_lead)]
RegionViewerOfRequest = Annotated[Staff, Depends(signed_in_region_viewer)]
AdministratorOfRequest = Annotated[Staff, Depends(signed_in_administrator)]


def conversation_of_page(request: Request, session: SessionOfRequest) -> Conversation:
    """Return the conversation that this browser is in, or send the pupil to the chat page to sign in."""
    try:
        return get_conversation_by_token(session, request.cookies.get(CHAT_COOKIE, ""), now=clock.now())
    except NotFound as error:
        raise SignInPage("/") from error


# The pupil of a page is `conversation.pupil`.
ConversationOfPage = Annotated[Conversation, Depends(conversation_of_page)]


def form_seed(request: Request) -> str:
    """Return the random value that ties forms to this browser, made anew when there is none yet."""
    if not hasattr(request.state, "form_seed"):
        request.state.form_seed = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    return str(request.state.form_seed)


def form_token(request: Request) -> str:
    """Return the value of the hidden field `csrf` of every form on a page."""
    return hmac.new(get_settings().signing_key, form_seed(request).encode(), hashlib.sha256).hexdigest()


def require_own_form(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """Refuse a form that was not made by a page of ours for this browser.

    A token in the header (inside a frame) is proof by itself: another site cannot send it.
    """
    if request.headers.get("authorization") or request.headers.get("x-klaskompas-frame"):
        return
    if not hmac.compare_digest(csrf, form_token(request)) or FORM_COOKIE not in request.cookies:
        raise HTTPException(403, "form of another page")


OwnForm = Depends(require_own_form)
