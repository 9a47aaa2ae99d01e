"""Where staff come in and go out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from guidance import clock, wording
from guidance.errors import WrongSignIn
from guidance.services.accounts import get_staff_by_token, sign_in_staff, sign_out_staff
from web.dependencies import STAFF_COOKIE, OwnForm, SessionOfRequest
from web.pace import address_of, slow_down_staff, staff_mistakes
from web.pages import page, set_cookie
from web.portal.menu import HOME_OF_ROLE

router = APIRouter()


@router.get("/inloggen")
def show_sign_in(request: Request) -> Response:
    return page(request, "portal/sign_in.html")


@router.post("/inloggen", dependencies=[OwnForm, Depends(slow_down_staff)])
def sign_in(
    request: Request,
    session: SessionOfRequest,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Open a session for a member of staff, and show the page of that role."""
    now = clock.now()
    try:
        token = sign_in_staff(session, username, password, code, now=now)
    except WrongSignIn as error:
        staff_mistakes().note(address_of(request), now=now)
        mistake = wording.failure(error)
        return page(request, "portal/sign_in.html", status=401, mistake=mistake, username=username)
    staff = get_staff_by_token(session, token, now=now)
    response = RedirectResponse(HOME_OF_ROLE[staff.role], 303)
    set_cookie(response, STAFF_COOKIE, token)
    return response


@router.post("/portaal/uitloggen", dependencies=[OwnForm])
def sign_out(request: Request, session: SessionOfRequest) -> Response:
    """End the session of this browser."""
    sign_out_staff(session, request.cookies.get(STAFF_COOKIE, ""))
    response = RedirectResponse("/inloggen", 303)
    response.delete_cookie(STAFF_COOKIE)
    return response
