"""Where a teacher confirms an experience, by the link in the mail: no account, only this one question."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from guidance import clock, wording
from guidance.errors import DangerInText, LinkUnusable, WordsTooLong
from guidance.models.experiences import LONGEST_COMPLIMENT, Experience
from guidance.safety import danger_in
from guidance.services.experience_links import (
    LINK_PAGE,
    get_experience_ever_of_link,
    get_experience_of_link,
)
from guidance.services.experiences import confirm_experience, decline_experience
from web.dependencies import OwnForm, SessionOfRequest
from web.pages import page

router = APIRouter(include_in_schema=False)


@router.get(LINK_PAGE + "/{token}")
def show_experience(request: Request, token: str, session: SessionOfRequest) -> Response:
    """Show what is asked; scanners of mail open links, so opening one changes nothing."""
    try:
        experience = get_experience_of_link(session, token, now=clock.now())
    except LinkUnusable:
        return _closed(request)
    return _question(request, experience, token)


@router.post(LINK_PAGE + "/{token}", dependencies=[OwnForm])
def save_confirmed(
    request: Request, token: str, session: SessionOfRequest, compliment: Annotated[str, Form()] = ""
) -> Response:
    """Confirm an experience and thank the teacher; sent twice it is confirmed once."""
    try:
        experience = get_experience_ever_of_link(session, token)
        confirm_experience(session, experience, compliment=compliment, now=clock.now())
    except LinkUnusable:
        return _closed(request)
    except (DangerInText, WordsTooLong) as error:
        mistake = wording.failure(error)
        is_danger = isinstance(error, DangerInText)
        return _question(request, experience, token, mistake=mistake, is_danger=is_danger, typed=compliment)
    return page(request, "experience/thanks.html", has_worry=danger_in(compliment) is not None)


@router.post(LINK_PAGE + "/{token}/klopt-niet", dependencies=[OwnForm])
def save_declined(request: Request, token: str, session: SessionOfRequest) -> Response:
    """Note that it is not so, or cannot be; sent twice it is noted once."""
    try:
        decline_experience(session, get_experience_ever_of_link(session, token), now=clock.now())
    except LinkUnusable:
        return _closed(request)
    return page(request, "experience/declined.html")


def _question(request: Request, experience: Experience, token: str, **mistake: object) -> Response:
    # The page gets these and no more: a template cannot show what it does not have.
    asked = {
        "first_name": experience.pupil.first_name,
        "class_name": experience.pupil.class_name,
        "title": experience.title,
        "is_done": experience.is_done,
        "until": experience.link_expires_at,
    }
    return page(
        request,
        "experience/question.html",
        status=422 if mistake else 200,
        action=f"{LINK_PAGE}/{token}",
        longest=LONGEST_COMPLIMENT,
        asked=asked,
        **mistake,
    )


def _closed(request: Request) -> Response:
    return page(request, "experience/closed.html", status=404)
