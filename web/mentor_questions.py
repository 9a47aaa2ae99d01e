"""A pupil's question to an oud-leerling: written, shown back, sent, read, closed, reported."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.errors import (
    ConsentMissing,
    GuidanceError,
    MentorsOff,
    NobodyFree,
    NotFound,
    QuestionClosed,
    QuestionOpen,
    SignInNeeded,
    WordsEmpty,
    WordsTooLong,
)
from guidance.mentor_question_replies import closing_day, news_in_words, reason_in_words
from guidance.mentor_questions import LONGEST_MESSAGE
from guidance.models.mentor_threads import PUPIL, MentorThread
from guidance.models.pupil import Pupil
from guidance.services.mentor_messages import write_as_pupil
from guidance.services.mentor_news import tell_mentor_news
from guidance.services.mentor_offers import free_for
from guidance.services.mentor_questions import (
    block,
    close_question,
    draft_question,
    require_may_ask,
    submit_question,
)
from guidance.services.mentor_reports import report_message
from guidance.services.mentor_threads import (
    find_open_question,
    get_thread_of_pupil,
    list_earlier_questions,
    messages_for_pupil,
)
from web.dependencies import ConversationOfPage, OwnForm, RowNumber, SessionOfRequest
from web.free_text import FreeText
from web.pages import page
from web.statuses import status_of

PLACE = "/leerling/oud-leerling"
MOST_SHOWN = 5
CANNOT_ASK = (SignInNeeded, MentorsOff, ConsentMissing)
MENDABLE = (WordsEmpty, WordsTooLong, QuestionOpen, QuestionClosed, NobodyFree)
DONE = ("sent", "written", "closed", "blocked")

router = APIRouter()
Text = Annotated[str, Form()]
# Whom the pupil tapped in the chat, as a number.
Wanted = Annotated[str, Form(alias="aan", max_length=10)]
FormId = Annotated[str, Form(max_length=100, pattern=r"^[\w-]+$")]


@router.get(PLACE)
def show_question(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    done: str = "",
    to: Annotated[str, Query(alias="aan", max_length=10)] = "",
) -> Response:
    """Show where the question of a pupil stands, what happened to it, or how to ask one."""
    told = tell_mentor_news(session, conversation.pupil, now=clock.now())
    return _shown(
        request,
        session,
        conversation.pupil,
        done=done if done in DONE else "",
        wanted=int(to) if to.isascii() and to.isdecimal() else 0,
        news=[news_in_words(news) for news in told],
    )


def _shown(
    request: Request, session: Session, pupil: Pupil, *, status: int = 200, **values: object
) -> Response:
    try:
        require_may_ask(session, pupil, now=clock.now())
        refused = ""
    except CANNOT_ASK as error:
        refused = wording.failure(error)
    # What was asked before stays readable, and can be reported, also once asking is switched off.
    thread = find_open_question(session, pupil)
    today = clock.school_day(clock.now())
    matches = [] if refused else free_for(session, pupil, now=clock.now())
    return page(
        request,
        "pupil/ask_mentor.html",
        status=status,
        pupil=pupil,
        refused=refused,
        thread=thread,
        earlier=list_earlier_questions(session, pupil),
        messages_of=messages_for_pupil,
        is_away=thread is not None and thread.mentor is not None and not thread.mentor.is_active_on(today),
        is_late=thread is not None and thread.due_on is not None and today > thread.due_on,
        closing_day=closing_day,
        matches=matches[:MOST_SHOWN],
        reason=reason_in_words,
        longest=LONGEST_MESSAGE,
        today=today,
        **{"done": "", "failure": "", "typed": "", "wanted": 0, "news": [], **values},
    )


def _not_done(
    request: Request, session: Session, pupil: Pupil, error: GuidanceError, typed: str = ""
) -> Response:
    return _shown(
        request, session, pupil, status=status_of(error), failure=wording.failure(error), typed=typed
    )


@router.post(PLACE + "/concept", dependencies=[FreeText])
def save_draft(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    form_id: FormId,
    text: Text = "",
    to: Wanted = "",
) -> Response:
    """Keep a question and show it back; it is not sent yet."""
    try:
        with session.begin_nested():
            draft_question(session, conversation.pupil, text, form_id=form_id, now=clock.now())
    except (*MENDABLE, *CANNOT_ASK) as error:
        return _not_done(request, session, conversation.pupil, error, text)
    return RedirectResponse(f"{PLACE}?{urlencode({'aan': to})}" if to else PLACE, 303)


@router.post(PLACE + "/versturen", dependencies=[OwnForm])
def save_sent(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    to: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """Send the question that was shown back."""
    try:
        with session.begin_nested():
            submit_question(session, conversation.pupil, to=to, now=clock.now())
    except (*MENDABLE, *CANNOT_ASK) as error:
        return _not_done(request, session, conversation.pupil, error)
    return RedirectResponse(f"{PLACE}?done=sent", 303)


@router.post(PLACE + "/{thread_id}/schrijven", dependencies=[FreeText])
def save_message(
    request: Request,
    thread_id: RowNumber,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    form_id: FormId,
    text: Text = "",
) -> Response:
    """Write again after an answer."""
    try:
        with session.begin_nested():
            write_as_pupil(session, conversation.pupil, thread_id, text, form_id=form_id, now=clock.now())
    except (*MENDABLE, *CANNOT_ASK) as error:
        return _not_done(request, session, conversation.pupil, error, text)
    return RedirectResponse(f"{PLACE}?done=written", 303)


@router.post(PLACE + "/{thread_id}/sluiten", dependencies=[OwnForm])
def save_closed(
    thread_id: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Close the question."""
    close_question(session, conversation.pupil, thread_id, now=clock.now())
    return RedirectResponse(f"{PLACE}?done=closed", 303)


@router.post(PLACE + "/{thread_id}/blokkeren", dependencies=[OwnForm])
def save_blocked(
    thread_id: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Never meet this oud-leerling again; blocked before, it stays so."""
    block(session, _own(session, conversation.pupil, thread_id), PUPIL, now=clock.now())
    return RedirectResponse(f"{PLACE}?done=blocked", 303)


@router.post(PLACE + "/{thread_id}/melden/{message_id}", dependencies=[OwnForm])
def save_reported(
    request: Request,
    thread_id: RowNumber,
    message_id: RowNumber,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
) -> Response:
    """Report a message in one step: the question is gone at once, and the safeguarding contact reads it."""
    thread = _own(session, conversation.pupil, thread_id)
    report_message(session, thread, message_id, PUPIL, now=clock.now())
    return page(request, "pupil/reported.html", pupil=conversation.pupil)


def _own(session: Session, pupil: Pupil, thread_id: int) -> MentorThread:
    thread = get_thread_of_pupil(session, pupil, thread_id)
    if thread.mentor is None:
        raise NotFound(f"thread {thread_id} is with nobody")
    return thread
