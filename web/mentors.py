"""Where an oud-leerling signs up, confirms the address, and asks for the link to their own page."""

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.catalogue import read_catalogue
from guidance.errors import (
    DangerInText,
    GuidanceError,
    MentorsOff,
    UnknownSchool,
    UnusableField,
    WordsTooLong,
)
from guidance.exam_subjects import PROFILES
from guidance.models.mentors import MOST_OPEN_QUESTIONS
from guidance.models.school import School
from guidance.programme_words import name
from guidance.services.accounts import get_school
from guidance.services.mentor_mails import confirm_mail, get_link_to_confirm
from guidance.services.mentors import AboutMentor, ask_sign_in_link, require_on, sign_up
from web.dependencies import OwnForm, SessionOfRequest
from web.pages import page
from web.statuses import status_of

SIGN_UP, CONFIRM = "/oud-leerling/aanmelden", "/oud-leerling/bevestigen"
MENDABLE = (UnusableField, WordsTooLong, DangerInText)

router = APIRouter(include_in_schema=False)


class MentorForm(BaseModel):
    """The fields of the form about an oud-leerling, as they were sent."""

    first_name: str = Field(default="", max_length=200)
    exam_year: str = Field(default="", max_length=10)
    programme: str = Field(default="", max_length=100)
    programme_name: str = Field(default="", max_length=500)
    institution: str = Field(default="", max_length=500)
    profile: str = Field(default="", max_length=10)
    topics: str = Field(default="", max_length=2000)
    capacity: str = Field(default="2", max_length=3)
    story: str = Field(default="", max_length=4000)

    def about(self) -> AboutMentor:
        """Return what was told; a number that is none is a field that cannot be used."""
        return AboutMentor(
            **self.model_dump(exclude={"exam_year", "capacity"}),
            exam_year=_number(self.exam_year),
            capacity=_number(self.capacity),
        )


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


async def answer_closed(request: Request, _error: Exception) -> Response:
    """Say that a mailed link does not work any more, and how to get another one."""
    return page(request, "mentor/closed.html", status=404)


FilledIn = Annotated[MentorForm, Form()]
Typed = Annotated[str, Form(max_length=300)]


@router.get(SIGN_UP)
def show_sign_up(
    request: Request, session: SessionOfRequest, school: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    """Show the form of a school that wants oud-leerlingen, or ask which school it is."""
    try:
        return _sign_up_page(request, _school_of(session, school) if school else None)
    except (UnknownSchool, MentorsOff) as error:
        return _sign_up_page(request, None, failure=in_words(error), status=status_of(error))


def _school_of(session: Session, code: str) -> School:
    school = get_school(session, code)
    require_on(school)
    return school


@router.post(SIGN_UP, dependencies=[OwnForm])
def save_sign_up(
    request: Request, session: SessionOfRequest, form: FilledIn, school: Typed = "", mail: Typed = ""
) -> Response:
    """Keep a sign-up and say that a mail is on its way; whether an address is known here is not told."""
    try:
        own = _school_of(session, school)
    except (UnknownSchool, MentorsOff) as error:
        return _sign_up_page(request, None, failure=in_words(error), status=status_of(error))
    try:
        with session.begin_nested():
            sign_up(session, own, mail, form.about(), now=clock.now())
    except MENDABLE as error:
        wrong = getattr(error, "name", "")
        return _sign_up_page(
            request, own, failure=in_words(error), wrong=wrong, typed=form, mail=mail, status=422
        )
    return page(request, "mentor/mailed.html", school=own)


@router.post("/oud-leerling/link", dependencies=[OwnForm])
def send_link(request: Request, session: SessionOfRequest, school: Typed = "", mail: Typed = "") -> Response:
    """Mail a link to the own page, when the address is known; which it is, is not told."""
    try:
        own = get_school(session, school)
    except UnknownSchool as error:
        return _sign_up_page(request, None, failure=in_words(error), status=status_of(error))
    ask_sign_in_link(session, own, mail, now=clock.now())
    return page(request, "mentor/mailed.html", school=own)


def _sign_up_page(
    request: Request, school: School | None, *, status: int = 200, **values: object
) -> Response:
    shown = {"failure": "", "wrong": "", "typed": MentorForm(), "mail": "", **values}
    return page(request, "mentor/sign_up.html", status=status, school=school, **choices(), **shown)


def choices() -> dict[str, object]:
    """Return what the fields about an oud-leerling offer to choose from."""
    return {
        "profiles": PROFILES,
        "most": MOST_OPEN_QUESTIONS,
        "institutions": _programmes_by_institution(),
    }


@cache
def _programmes_by_institution() -> dict[str, list[tuple[str, str]]]:
    """Return key and name of every programme of the catalogue, by institution."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(read_catalogue(), key=lambda one: (one.institution, name(one), one.city)):
        found.setdefault(one.institution, []).append((one.key, f"{name(one)} ({one.city})"))
    return found


def in_words(error: GuidanceError) -> str:
    """Return what is wrong, in u-form; a field that cannot be used has words of its own."""
    if isinstance(error, UnusableField):
        return wording.render(f"mentors.mistakes.{error.name}")
    return wording.render(f"mentors.failures.{type(error).__name__}", **vars(error))


@router.get(CONFIRM + "/{token}")
def show_confirm(request: Request, token: str, session: SessionOfRequest) -> Response:
    """Ask to confirm; scanners of mail open links, so opening one changes nothing."""
    school = get_link_to_confirm(session, token, now=clock.now()).mentor.school
    return page(request, "mentor/confirm.html", action=f"{CONFIRM}/{token}", school=school)


@router.post(CONFIRM + "/{token}", dependencies=[OwnForm])
def save_confirmed(request: Request, token: str, session: SessionOfRequest) -> Response:
    """Note that the address is the oud-leerling's own, and say what comes next."""
    mentor = confirm_mail(session, token, now=clock.now())
    return page(request, "mentor/confirmed.html", school=mentor.school)
