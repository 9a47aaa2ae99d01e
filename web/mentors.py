"""Where an oud-leerling signs up, confirms the address, and has an own page: by mailed link, no password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.actors import Actor
from guidance.catalogue import read_catalogue
from guidance.errors import (
    DangerInText,
    GuidanceError,
    MentorsOff,
    QuestionClosed,
    StepLacks,
    StepRefused,
    UnknownSchool,
    UnusableField,
    WordsEmpty,
    WordsTooLong,
)
from guidance.exam_subjects import PROFILES
from guidance.mentor_questions import LONGEST_MESSAGE
from guidance.mentor_vetting import State, Who
from guidance.models.mentor_threads import MENTOR, MentorThread
from guidance.models.mentors import MOST_OPEN_QUESTIONS, Mentor
from guidance.models.school import School
from guidance.services.accounts import get_school
from guidance.services.mentor_mails import confirm_mail, get_link_to_confirm, get_mentor_of_link
from guidance.services.mentor_messages import write_as_mentor
from guidance.services.mentor_questions import block, decline_question
from guidance.services.mentor_reports import report_message
from guidance.services.mentor_threads import (
    get_thread_of_mentor,
    list_threads_of_mentor,
    messages_for_mentor,
)
from guidance.services.mentor_vetting import leave, take_step
from guidance.services.mentors import AboutMentor, ask_sign_in_link, change_about, require_on, sign_up
from web.dependencies import OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.statuses import status_of

SIGN_UP, CONFIRM, OWN_PAGE = "/oud-leerling/aanmelden", "/oud-leerling/bevestigen", "/oud-leerling/pagina"
MENDABLE = (UnusableField, WordsTooLong, DangerInText)
DONE = ("changed", "agreed", "paused", "resumed", "answered", "passed", "blocked", "reported")

router = APIRouter(include_in_schema=False)


class MentorForm(BaseModel):
    """The fields of the form about an oud-leerling, as they were sent."""

    first_name: str = Field(default="", max_length=200)
    exam_year: str = Field(default="", max_length=10)
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


class AnswerForm(BaseModel):
    """An answer, and the form that it was sent with."""

    form_id: str = Field(max_length=100, pattern=r"^[\w-]+$")
    text: str = ""


def mentor_of_link(token: str, session: SessionOfRequest) -> Mentor:
    """Return whose own page this is, or raise LinkUnusable."""
    return get_mentor_of_link(session, token, now=clock.now())


async def answer_closed(request: Request, _error: Exception) -> Response:
    """Say that a mailed link does not work any more, and how to get another one."""
    return page(request, "mentor/closed.html", status=404)


MentorOfLink = Annotated[Mentor, Depends(mentor_of_link)]
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
        return _sign_up_page(request, None, failure=_in_words(error), status=status_of(error))


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
        return _sign_up_page(request, None, failure=_in_words(error), status=status_of(error))
    try:
        with session.begin_nested():
            sign_up(session, own, mail, form.about(), now=clock.now())
    except MENDABLE as error:
        wrong = getattr(error, "name", "")
        return _sign_up_page(
            request, own, failure=_in_words(error), wrong=wrong, typed=form, mail=mail, status=422
        )
    return page(request, "mentor/mailed.html", school=own)


@router.post("/oud-leerling/link", dependencies=[OwnForm])
def send_link(request: Request, session: SessionOfRequest, school: Typed = "", mail: Typed = "") -> Response:
    """Mail a link to the own page, when the address is known; which it is, is not told."""
    try:
        own = get_school(session, school)
    except UnknownSchool as error:
        return _sign_up_page(request, None, failure=_in_words(error), status=status_of(error))
    ask_sign_in_link(session, own, mail, now=clock.now())
    return page(request, "mentor/mailed.html", school=own)


def _sign_up_page(
    request: Request, school: School | None, *, status: int = 200, **values: object
) -> Response:
    shown = {"failure": "", "wrong": "", "typed": MentorForm(), "mail": "", **values}
    return page(request, "mentor/sign_up.html", status=status, school=school, **_choices(), **shown)


def _choices() -> dict[str, object]:
    return {
        "profiles": PROFILES,
        "most": MOST_OPEN_QUESTIONS,
        "institutions": sorted({one.institution for one in read_catalogue()}),
    }


def _in_words(error: GuidanceError) -> str:
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


@router.get(OWN_PAGE + "/{token}")
def show_own_page(
    request: Request, token: str, session: SessionOfRequest, mentor: MentorOfLink, done: str = ""
) -> Response:
    """Show where an oud-leerling stands, and what they can change."""
    return _own_page(request, token, session, mentor, done=done if done in DONE else "")


def _thread_shown(thread: MentorThread, mentor: Mentor) -> dict[str, object]:
    """Return what an oud-leerling sees of a question: a first name and words, and no row of the pupil."""
    messages = [
        {
            "id": one.id,
            "is_own": one.author == MENTOR,
            "text": one.text,
            "at": one.written_at,
            "is_held": one.is_held,
        }
        for one in messages_for_mentor(thread, mentor)
    ]
    return {
        "id": thread.id,
        "first_name": thread.pupil.first_name,
        "state": str(thread.state),
        "due_on": thread.due_on,
        "messages": messages,
    }


def _own_page(
    request: Request, token: str, session: Session, mentor: Mentor, *, status: int = 200, **values: object
) -> Response:
    shown = {"done": "", "failure": "", "wrong": "", "typed": None, "answering": 0, "words": "", **values}
    return page(
        request,
        "mentor/own_page.html",
        status=status,
        here=f"{OWN_PAGE}/{token}",
        mentor=mentor,
        threads=[_thread_shown(thread, mentor) for thread in list_threads_of_mentor(session, mentor)],
        longest=LONGEST_MESSAGE,
        text=wording.render,
        texts=wording.texts_of,
        **_choices(),
        **shown,
    )


@router.post(OWN_PAGE + "/{token}/gegevens", dependencies=[OwnForm])
def save_about(
    request: Request, token: str, session: SessionOfRequest, mentor: MentorOfLink, form: FilledIn
) -> Response:
    """Change what an oud-leerling told, or show the form again with what is wrong."""
    try:
        with session.begin_nested():
            change_about(mentor, form.about(), now=clock.now())
    except MENDABLE as error:
        wrong = getattr(error, "name", "")
        return _own_page(
            request, token, session, mentor, failure=_in_words(error), wrong=wrong, typed=form, status=422
        )
    return RedirectResponse(f"{OWN_PAGE}/{token}?done=changed", 303)


@router.post(OWN_PAGE + "/{token}/stap", dependencies=[OwnForm])
def save_step(
    request: Request,
    token: str,
    session: SessionOfRequest,
    mentor: MentorOfLink,
    end: Annotated[State, Form()],
) -> Response:
    """Agree with the code of conduct, pause, or go on; what cannot be now is told."""
    done = {State.CONDUCT_AGREED: "agreed", State.PAUSED: "paused", State.ACTIVE: "resumed"}.get(end)
    try:
        if done is None:
            raise StepRefused(f"{end} by an oud-leerling")
        with session.begin_nested():
            take_step(session, mentor, end, Actor(Who.MENTOR, mentor.id), now=clock.now())
    except (StepRefused, StepLacks) as error:
        return _own_page(
            request, token, session, mentor, failure=lacking_in_words(error), status=status_of(error)
        )
    return RedirectResponse(f"{OWN_PAGE}/{token}?done={done}", 303)


def lacking_in_words(error: StepRefused | StepLacks) -> str:
    """Return why a step of the vetting cannot be taken, with what is missing."""
    needs = error.needs if isinstance(error, StepLacks) else []
    missing = " ".join(wording.render(f"mentors.needs.{need}") for need in needs)
    return f"{wording.render(f'mentors.failures.{type(error).__name__}')} {missing}".strip()


@router.post(OWN_PAGE + "/{token}/vraag/{thread_id}", dependencies=[OwnForm])
def save_answer(
    request: Request,
    token: str,
    thread_id: RowNumber,
    session: SessionOfRequest,
    mentor: MentorOfLink,
    form: Annotated[AnswerForm, Form()],
) -> Response:
    """Answer a question; what cannot be kept stays in its field."""
    try:
        with session.begin_nested():
            write_as_mentor(session, mentor, thread_id, form.text, form_id=form.form_id, now=clock.now())
    except (WordsEmpty, WordsTooLong, DangerInText, QuestionClosed, MentorsOff) as error:
        failure = _in_words(error)
        return _own_page(
            request,
            token,
            session,
            mentor,
            failure=failure,
            answering=thread_id,
            words=form.text,
            status=status_of(error),
        )
    return RedirectResponse(f"{OWN_PAGE}/{token}?done=answered", 303)


@router.post(OWN_PAGE + "/{token}/vraag/{thread_id}/doorgeven", dependencies=[OwnForm])
def save_passed_on(
    token: str, thread_id: RowNumber, session: SessionOfRequest, mentor: MentorOfLink
) -> Response:
    """Leave a question to another oud-leerling."""
    decline_question(session, mentor, thread_id, now=clock.now())
    return RedirectResponse(f"{OWN_PAGE}/{token}?done=passed", 303)


@router.post(OWN_PAGE + "/{token}/vraag/{thread_id}/blokkeren", dependencies=[OwnForm])
def save_blocked(
    token: str, thread_id: RowNumber, session: SessionOfRequest, mentor: MentorOfLink
) -> Response:
    """Never meet this pupil again."""
    block(session, get_thread_of_mentor(session, mentor, thread_id), MENTOR, now=clock.now())
    return RedirectResponse(f"{OWN_PAGE}/{token}?done=blocked", 303)


@router.post(OWN_PAGE + "/{token}/vraag/{thread_id}/melden/{message_id}", dependencies=[OwnForm])
def save_reported(
    token: str,
    thread_id: RowNumber,
    message_id: RowNumber,
    session: SessionOfRequest,
    mentor: MentorOfLink,
) -> Response:
    """Report a message in one step."""
    thread = get_thread_of_mentor(session, mentor, thread_id)
    report_message(session, thread, message_id, MENTOR, now=clock.now())
    return RedirectResponse(f"{OWN_PAGE}/{token}?done=reported", 303)


@router.post(OWN_PAGE + "/{token}/stoppen", dependencies=[OwnForm])
def save_left(request: Request, session: SessionOfRequest, mentor: MentorOfLink) -> Response:
    """Let an oud-leerling go, and say what stays for now."""
    school = mentor.school
    is_held = leave(session, mentor, now=clock.now())
    return page(request, "mentor/left.html", school=school, is_held=is_held)
