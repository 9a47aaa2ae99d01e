"""The own page of an oud-leerling, by mailed link: where they stand, what they told, and the questions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.actors import Actor
from guidance.errors import (
    DangerInText,
    MentorsOff,
    QuestionClosed,
    StepLacks,
    StepRefused,
    WordsEmpty,
    WordsTooLong,
)
from guidance.mentor_proposals import MOST_WAITING
from guidance.mentor_questions import LONGEST_MESSAGE
from guidance.mentor_vetting import State, Who
from guidance.models.mentor_threads import MENTOR, MentorThread
from guidance.models.mentors import LONGEST_PROPOSAL, Mentor
from guidance.services.mentor_mails import get_mentor_of_link
from guidance.services.mentor_messages import write_as_mentor
from guidance.services.mentor_proposals import can_propose, list_proposals_of_mentor
from guidance.services.mentor_questions import block, decline_question
from guidance.services.mentor_reports import report_message
from guidance.services.mentor_threads import (
    get_thread_of_mentor,
    list_earlier_threads_of_mentor,
    list_threads_of_mentor,
    messages_for_mentor,
)
from guidance.services.mentor_vetting import leave, take_step
from guidance.services.mentors import change_about
from web.dependencies import OwnForm, RowNumber, SessionOfRequest
from web.mentors import MENDABLE, FilledIn, choices, in_words
from web.pages import page
from web.statuses import status_of

OWN_PAGE = "/oud-leerling/pagina"
PROPOSED = "proposed"
DONE = ("changed", "agreed", "paused", "resumed", "answered", "passed", "blocked", "reported")

router = APIRouter(include_in_schema=False)


class AnswerForm(BaseModel):
    """An answer, and the form that it was sent with."""

    form_id: str = Field(max_length=100, pattern=r"^[\w-]+$")
    text: str = ""


def mentor_of_link(token: str, session: SessionOfRequest) -> Mentor:
    """Return whose own page this is, or raise LinkUnusable."""
    return get_mentor_of_link(session, token, now=clock.now())


MentorOfLink = Annotated[Mentor, Depends(mentor_of_link)]


@router.get(OWN_PAGE + "/{token}")
def show_own_page(
    request: Request, token: str, session: SessionOfRequest, mentor: MentorOfLink, done: str = ""
) -> Response:
    """Show where an oud-leerling stands, and what they can change."""
    is_proposed = done == PROPOSED
    return own_page(
        request, token, session, mentor, done=done if done in DONE else "", is_proposed=is_proposed
    )


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


def own_page(
    request: Request, token: str, session: Session, mentor: Mentor, *, status: int = 200, **values: object
) -> Response:
    """Return the own page, with what was done or went wrong and with what was typed."""
    nothing = {"done": "", "failure": "", "wrong": "", "typed": None, "answering": 0, "words": ""}
    shown = {**nothing, "is_proposed": False, "proposing": None, **values}
    return page(
        request,
        "mentor/own_page.html",
        status=status,
        here=f"{OWN_PAGE}/{token}",
        mentor=mentor,
        threads=[_thread_shown(thread, mentor) for thread in list_threads_of_mentor(session, mentor)],
        earlier=[_thread_shown(thread, mentor) for thread in list_earlier_threads_of_mentor(session, mentor)],
        longest=LONGEST_MESSAGE,
        **_proposals_shown(session, mentor),
        text=wording.render,
        texts=wording.texts_of,
        **choices(),
        **shown,
    )


def _proposals_shown(session: Session, mentor: Mentor) -> dict[str, object]:
    return {
        "proposals": list_proposals_of_mentor(session, mentor),
        "can_propose": can_propose(mentor) and mentor.school.mentors_on_at is not None,
        "most_waiting": MOST_WAITING,
        "longest_proposal": LONGEST_PROPOSAL,
    }


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
        return own_page(
            request, token, session, mentor, failure=in_words(error), wrong=wrong, typed=form, status=422
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
        return own_page(
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
        failure = in_words(error)
        return own_page(
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
