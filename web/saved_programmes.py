"""The programmes that a pupil saved, with notes; and any two or three beside each other, for everyone."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from guidance import clock, programme_words, wording
from guidance.admission import applicant_of
from guidance.catalogue import programmes_by_key
from guidance.errors import CannotCompare, NotFound, UnusableFilter, WordsTooLong
from guidance.geocoder import locate
from guidance.models.programmes import LONGEST_NOTE
from guidance.models.pupil import Pupil
from guidance.programme_comparison import MOST, compare
from guidance.programme_replies import page_of
from guidance.safety import danger_in
from guidance.safety_replies import concern_reply
from guidance.saved_programme_replies import (
    COMPARE_PAGE,
    LIST_PAGE,
    in_order_shown,
    name_of,
    new_in,
    news_reply,
)
from guidance.services.saved_programmes import (
    as_query,
    get_saved_programme,
    list_saved_programmes,
    note_programme,
    remove_saved_programme,
    restore_saved_programme,
    save_programme,
    tell_news,
)
from web.dependencies import CHAT_COOKIE, ConversationOfPage, OwnForm, SessionOfRequest
from web.free_text import FreeText
from web.pages import page
from web.statuses import status_of

SAVED, NOTED, REMOVED, RESTORED = DONE = ("saved", "noted", "removed", "restored")
LONGEST_SEARCH = 1000
LONGEST_WORD = 100
Key = Annotated[str, Form(max_length=LONGEST_WORD, pattern=r"^[\w.:-]+$")]
Word = Annotated[str, Query(max_length=LONGEST_WORD)]

router = APIRouter()
public = APIRouter()


@router.get(LIST_PAGE)
def show_saved_programmes(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    done: str = "",
    key: Word = "",
    help_lines: bool = False,
) -> Response:
    """Show the list, with what was done just now, and what changed; a key alone opens its note."""
    pupil = conversation.pupil
    news = tell_news(session, pupil, now=clock.now())
    told = done if done in DONE else ""
    concern = concern_reply() if help_lines else None
    return _shown(
        request,
        session,
        pupil,
        done=told,
        about=_about(session, pupil, key),
        news=news_reply(news),
        new=new_in(news),
        writing="" if told else key,
        concern=concern,
    )


def _about(session: Session, pupil: Pupil, key: str) -> dict[str, str]:
    """Return key and name of the programme that something was done to."""
    try:
        return {"key": key, "name": name_of(get_saved_programme(session, pupil, key))}
    except NotFound:
        return {}


def _shown(
    request: Request, session: Session, pupil: Pupil, *, status: int = 200, **values: object
) -> Response:
    kept = list_saved_programmes(session, pupil)
    saved = [
        {"key": one.programme, "name": name_of(one), "note": one.note, "at": one.saved_at}
        | {"programme": programmes_by_key().get(one.programme)}
        for one in in_order_shown(kept)
    ]
    places = {one.query["near"] for one in kept if one.query}
    return page(
        request,
        "pupil/saved_programmes.html",
        status=status,
        pupil=pupil,
        saved=saved,
        words=programme_words,
        text=wording.render,
        longest=LONGEST_NOTE,
        most=MOST,
        # Where all was found near one place, the comparison tells how far it is from there.
        compare_from={"near": places.pop() if len(places) == 1 else "", "level": pupil.level or ""},
        page_of=page_of,
        **{
            "done": "",
            "about": {},
            "news": None,
            "new": [],
            "writing": "",
            "concern": None,
            "failure": "",
            "failed": "",
            "typed": "",
            **values,
        },
    )


def _done(done: str, key: str, text: str = "") -> Response:
    asked = {"done": done, "key": key, **({"help_lines": "1"} if danger_in(text) else {})}
    return RedirectResponse(f"{LIST_PAGE}?{urlencode(asked)}", 303)


@router.post(LIST_PAGE + "/bewaren", dependencies=[OwnForm])
def save_one(
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    key: Key,
    search: Annotated[str, Form(max_length=LONGEST_SEARCH)] = "",
) -> Response:
    """Keep a programme that a search of the page found, with that search."""
    query = as_query(dict(parse_qsl(search)))
    save_programme(session, conversation.pupil, key, query=query, now=clock.now())
    return _done(SAVED, key)


@router.post(LIST_PAGE + "/notitie", dependencies=[FreeText])
def save_note(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    key: Key,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Keep a note; one that is too long stays in its field."""
    try:
        with session.begin_nested():
            note_programme(session, conversation.pupil, key, text)
    except WordsTooLong as error:
        failure = wording.failure(error)
        return _shown(
            request,
            session,
            conversation.pupil,
            status=status_of(error),
            failure=failure,
            failed=key,
            typed=text,
        )
    return _done(NOTED, key, text)


@router.post(LIST_PAGE + "/weghalen", dependencies=[OwnForm])
def save_removed(session: SessionOfRequest, conversation: ConversationOfPage, key: Key) -> Response:
    """Take a programme off the list; the page offers to put it back."""
    remove_saved_programme(session, conversation.pupil, key, now=clock.now())
    return _done(REMOVED, key)


@router.post(LIST_PAGE + "/terugzetten", dependencies=[OwnForm])
def save_restored(session: SessionOfRequest, conversation: ConversationOfPage, key: Key) -> Response:
    """Put a programme back on the list."""
    restore_saved_programme(session, conversation.pupil, key)
    return _done(RESTORED, key)


@public.get(COMPARE_PAGE, include_in_schema=False)
def show_comparison(
    request: Request,
    key: Annotated[list[Word] | None, Query()] = None,
    near: Word = "",
    level: Word = "",
) -> Response:
    """Show two or three programmes in one table; the address holds which."""
    comparison, failure, status = None, "", 200
    try:
        comparison = compare(key or [], near=near or None, applicant=applicant_of(level), locate=locate)
    except (CannotCompare, NotFound, UnusableFilter) as error:
        failure, status = wording.failure(error), status_of(error)
    return page(
        request,
        "comparison.html",
        status=status,
        comparison=comparison,
        near=near,
        failure=failure,
        words=programme_words,
        is_pupil=CHAT_COOKIE in request.cookies,
    )
