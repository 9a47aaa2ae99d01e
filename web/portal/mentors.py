"""Oud-leerlingen of the school for its dean: who signed up, each step of the vetting, and the switch."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.actors import Actor
from guidance.errors import ConsentMissing, MentorsOff, NobodyFree, StepLacks, StepRefused, UnusableField
from guidance.mentor_vetting import State, Who, next_states
from guidance.models.accounts import Staff
from guidance.services.mentor_messages import release_message
from guidance.services.mentor_proposals import can_decide, list_proposals_of_dean
from guidance.services.mentor_questions import let_through, turn_down
from guidance.services.mentor_threads import list_threads_for_dean, needs_dean
from guidance.services.mentor_vetting import list_steps, note_vog, take_step
from guidance.services.mentors import (
    approve_story,
    get_mentor_of_dean,
    list_mentors_of_dean,
    turn_mentors_off,
    turn_mentors_on,
)
from web.dependencies import DeanOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.mentor_page import lacking_in_words
from web.pages import page
from web.portal.refusals import NotedRefusals
from web.statuses import status_of

MENTORS = "/portaal/oud-leerlingen"
# A VOG is a form of its own, for it needs two dates.
BY_FORM = {State.VOG_SEEN}

router = APIRouter(dependencies=[NotedRefusals])


@router.get(MENTORS)
def show_mentors(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Show who signed up, newest first, with the steps that this dean may take."""
    return shown(request, session, dean)


def shown(
    request: Request, session: Session, dean: Staff, *, status: int = 200, **values: object
) -> Response:
    """Return the page, with what went wrong if anything did."""
    mentors = [
        {
            "mentor": mentor,
            "steps": list_steps(session, mentor),
            "next": [state for state in next_states(State(mentor.state), Who.DEAN) if state not in BY_FORM],
        }
        for mentor in list_mentors_of_dean(session, dean)
    ]
    return page(
        request,
        "portal/mentors.html",
        status=status,
        staff=dean,
        mentors=mentors,
        threads=list_threads_for_dean(session, dean),
        needs_dean=needs_dean,
        **_proposals_shown(session, dean, clock.now()),
        today=clock.school_day(clock.now()),
        text=wording.render,
        **{"failure": "", "failed": 0, **values},
    )


def _proposals_shown(session: Session, dean: Staff, now: datetime) -> dict[str, object]:
    """Return what was proposed: what a dean can still do something about, and what was decided before."""
    proposals = list_proposals_of_dean(session, dean)
    at_hand = [one for one in proposals if one.decided_at is None or one.can_be_undone_at(now)]
    done = [one for one in proposals if one not in at_hand]
    return {"proposals_at_hand": at_hand, "proposals_done": done, "can_decide": can_decide, "now": now}


@router.post(MENTORS + "/aan", dependencies=[OwnForm])
def save_on(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Open contact, when two safeguarding contacts can be reached."""
    try:
        turn_mentors_on(session, dean, now=clock.now())
    except MentorsOff as error:
        failure = wording.render("mentors.failures.no_contacts")
        return shown(request, session, dean, failure=failure, status=status_of(error))
    return RedirectResponse(MENTORS, 303)


@router.post(MENTORS + "/uit", dependencies=[OwnForm])
def save_off(session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Close contact; nothing is lost."""
    turn_mentors_off(dean)
    session.flush()
    return RedirectResponse(MENTORS, 303)


@router.post(MENTORS + "/{mentor_id}/stap", dependencies=[OwnForm])
def save_step(
    request: Request,
    mentor_id: RowNumber,
    session: SessionOfRequest,
    dean: DeanOfRequest,
    end: Annotated[State, Form()],
) -> Response:
    """Take a step, or say what is missing."""
    mentor = get_mentor_of_dean(session, dean, mentor_id)
    try:
        with session.begin_nested():
            take_step(session, mentor, end, Actor(Who.DEAN, dean.id), now=clock.now())
    except (StepRefused, StepLacks) as error:
        failure = lacking_in_words(error)
        return shown(request, session, dean, failure=failure, failed=mentor_id, status=status_of(error))
    return RedirectResponse(f"{MENTORS}#oud-leerling-{mentor_id}", 303)


@router.post(MENTORS + "/{mentor_id}/vog", dependencies=[OwnForm])
def save_vog(
    request: Request,
    mentor_id: RowNumber,
    session: SessionOfRequest,
    dean: DeanOfRequest,
    seen_on: Annotated[date, Form()],
    expires_on: Annotated[date, Form()],
) -> Response:
    """Note that a VOG was seen, and until when it counts; the document itself is never kept."""
    try:
        with session.begin_nested():
            note_vog(session, dean, mentor_id, seen_on=seen_on, expires_on=expires_on, now=clock.now())
    except UnusableField as error:
        failure = wording.render(f"mentors.mistakes.{error.name}")
        return shown(request, session, dean, failure=failure, failed=mentor_id, status=422)
    except StepRefused as error:
        failure = lacking_in_words(error)
        return shown(request, session, dean, failure=failure, failed=mentor_id, status=status_of(error))
    return RedirectResponse(f"{MENTORS}#oud-leerling-{mentor_id}", 303)


@router.post(MENTORS + "/{mentor_id}/verhaal", dependencies=[OwnForm])
def save_story(mentor_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Let pupils read the story of an oud-leerling."""
    approve_story(session, dean, mentor_id, now=clock.now())
    return RedirectResponse(f"{MENTORS}#oud-leerling-{mentor_id}", 303)


@router.post(MENTORS + "/vraag/{thread_id}/door", dependencies=[OwnForm])
def save_let_through(
    request: Request, thread_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest
) -> Response:
    """Send a question on to an oud-leerling, or say why it stays."""
    try:
        with session.begin_nested():
            let_through(session, dean, thread_id, now=clock.now())
    except (NobodyFree, ConsentMissing) as error:
        failure = wording.render(f"mentors.failures.{type(error).__name__}")
        return shown(request, session, dean, failure=failure, status=status_of(error))
    return RedirectResponse(MENTORS, 303)


@router.post(MENTORS + "/vraag/{thread_id}/sluiten", dependencies=[OwnForm])
def save_turned_down(thread_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Close a question in the dean's name."""
    turn_down(session, dean, thread_id, now=clock.now())
    return RedirectResponse(MENTORS, 303)


@router.post(MENTORS + "/bericht/{message_id}/door", dependencies=[OwnForm])
def save_released(
    request: Request, message_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest
) -> Response:
    """Let a message go that was held back, or say why it stays."""
    try:
        release_message(session, dean, message_id, now=clock.now())
    except ConsentMissing as error:
        failure = wording.render("mentors.failures.ConsentMissing")
        return shown(request, session, dean, failure=failure, status=status_of(error))
    return RedirectResponse(MENTORS, 303)
