"""The pupil's career file: to read, add to and change; as a PDF, and as the outline of a presentation."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask

from guidance import clock, wording
from guidance.career_competencies import CareerCompetency
from guidance.career_file import CareerFile
from guidance.career_file_pdf import career_file_pdf
from guidance.career_file_replies import FILE_PAGE, PDF, PRESENTATION_PAGE
from guidance.database import empty_write_ahead_log
from guidance.errors import CareerFileFull, GuidanceError, WordsEmpty, WordsTooLong
from guidance.models.career_file import LONGEST_ENTRY
from guidance.models.pupil import Pupil
from guidance.presentation import outline
from guidance.safety import danger_in
from guidance.safety_replies import concern_reply
from guidance.services.career_file import (
    add_entry,
    career_file_of,
    change_entry,
    erase_entry,
    forget_wording,
    leave_out_line,
    remove_entry,
    restore_entry,
    restore_line,
    reword_line,
)
from web.dependencies import ConversationOfPage, OwnForm, RowNumber, SessionOfRequest
from web.free_text import FreeText
from web.pages import page
from web.statuses import status_of

ENTRY = FILE_PAGE + "/eigen/{entry_id}"
LINE = FILE_PAGE + "/regel"
# What a form can have wrong that its writer can mend there and then.
MENDABLE = (WordsEmpty, WordsTooLong, CareerFileFull)
ADDED, CHANGED, REMOVED, RESTORED, ERASED = DONE = ("added", "changed", "removed", "restored", "erased")

router = APIRouter()
Text = Annotated[str, Form()]
# Only what the page itself gives: no sign that a database refuses.
Key = Annotated[str, Form(max_length=200, pattern=r"^[\w:.-]+$")]
FormId = Annotated[str, Form(max_length=100, pattern=r"^[\w-]+$")]


@router.get(FILE_PAGE)
def show_career_file(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    done: str = "",
    at: str = "",
    help_lines: bool = False,
) -> Response:
    """Show the five sections, with what was done to one of them just now."""
    told = done if done in DONE else ""
    concern = concern_reply() if help_lines else None
    return _shown(request, session, conversation.pupil, done=told, at=at, concern=concern)


def _shown(
    request: Request, session: Session, pupil: Pupil, *, status: int = 200, **values: object
) -> Response:
    return page(
        request,
        "pupil/career_file.html",
        status=status,
        pupil=pupil,
        file=_file(session, pupil),
        text=wording.render,
        longest=LONGEST_ENTRY,
        **{"done": "", "at": "", "concern": None, "failure": "", "failed": "", "typed": "", **values},
    )


def _file(session: Session, pupil: Pupil) -> CareerFile:
    return career_file_of(session, pupil, today=clock.school_day(clock.now()))


def _done(done: str, section: str, text: str = "") -> Response:
    """Lead back to the section, with the help lines on top when a text hints at danger."""
    asked = {"done": done, "at": section, **({"help_lines": "1"} if danger_in(text) else {})}
    place = "" if danger_in(text) else f"#{section}"
    return RedirectResponse(f"{FILE_PAGE}?{urlencode(asked)}{place}", 303)


@router.get(PDF)
def download_career_file(session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    """Give the file as a PDF to keep or to hand in."""
    pupil = conversation.pupil
    made = career_file_pdf(_file(session, pupil), name=pupil.first_name or "", class_name=pupil.class_name)
    name = wording.render("career_file.pdf.file_name")
    return Response(
        made, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@router.get(PRESENTATION_PAGE)
def show_presentation(
    request: Request, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Show the outline of a presentation, to print or to keep beside one."""
    pupil = conversation.pupil
    return page(request, "pupil/presentation.html", pupil=pupil, slides=outline(_file(session, pupil)))


@router.post(FILE_PAGE + "/toevoegen", dependencies=[FreeText])
def save_entry(
    request: Request,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    section: Annotated[CareerCompetency, Form()],
    form_id: FormId,
    text: Text = "",
) -> Response:
    """Add an own line to a section."""
    pupil = conversation.pupil
    try:
        with session.begin_nested():
            add_entry(session, pupil, section, text, form_id=form_id, now=clock.now())
    except MENDABLE as error:
        return _not_saved(request, session, pupil, error, failed=f"new-{section}", typed=text)
    return _done(ADDED, section, text)


def _not_saved(
    request: Request, session: Session, pupil: Pupil, error: GuidanceError, *, failed: str, typed: str
) -> Response:
    """Show what is wrong beside the form, with what was typed still in it."""
    return _shown(
        request,
        session,
        pupil,
        status=status_of(error),
        failure=wording.failure(error),
        failed=failed,
        typed=typed,
    )


@router.post(ENTRY + "/veranderen", dependencies=[FreeText])
def save_changed_entry(
    request: Request,
    entry_id: RowNumber,
    session: SessionOfRequest,
    conversation: ConversationOfPage,
    text: Text = "",
) -> Response:
    """Say an own line otherwise."""
    pupil = conversation.pupil
    try:
        with session.begin_nested():
            entry = change_entry(session, pupil, entry_id, text, now=clock.now())
    except MENDABLE as error:
        return _not_saved(request, session, pupil, error, failed=f"entry-{entry_id}", typed=text)
    return _done(CHANGED, entry.section, text)


@router.post(ENTRY + "/weghalen", dependencies=[OwnForm])
def save_removed_entry(
    entry_id: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Take an own line out of the file; the page offers to put it back."""
    entry = remove_entry(session, conversation.pupil, entry_id, now=clock.now())
    return _done(REMOVED, entry.section)


@router.post(ENTRY + "/terugzetten", dependencies=[OwnForm])
def save_restored_entry(
    entry_id: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Put an own line back."""
    return _done(RESTORED, restore_entry(session, conversation.pupil, entry_id).section)


@router.post(ENTRY + "/wissen", dependencies=[OwnForm])
def save_erased_entry(
    entry_id: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Erase an own line that was taken out."""
    section = erase_entry(session, conversation.pupil, entry_id)
    response = _done(ERASED, section or "")
    # After the answer, for only then is the transaction of this request over.
    response.background = BackgroundTask(empty_write_ahead_log)
    return response


@router.post(LINE + "/veranderen", dependencies=[FreeText])
def save_reworded_line(
    request: Request, session: SessionOfRequest, conversation: ConversationOfPage, key: Key, text: Text = ""
) -> Response:
    """Say a line that follows from what was done in own words."""
    pupil = conversation.pupil
    try:
        with session.begin_nested():
            row = reword_line(session, pupil, key, text, now=clock.now())
    except MENDABLE as error:
        return _not_saved(request, session, pupil, error, failed=f"line-{key}", typed=text)
    return _done(CHANGED, row.section, text)


@router.post(LINE + "/weglaten", dependencies=[OwnForm])
def save_left_out_line(session: SessionOfRequest, conversation: ConversationOfPage, key: Key) -> Response:
    """Leave a line out; the page offers to put it back."""
    return _done(REMOVED, leave_out_line(session, conversation.pupil, key, now=clock.now()).section)


@router.post(LINE + "/terugzetten", dependencies=[OwnForm])
def save_restored_line(session: SessionOfRequest, conversation: ConversationOfPage, key: Key) -> Response:
    """Put a line back that was left out."""
    return _done(RESTORED, restore_line(session, conversation.pupil, key, now=clock.now()))


@router.post(LINE + "/eerste-tekst", dependencies=[OwnForm])
def save_first_words(session: SessionOfRequest, conversation: ConversationOfPage, key: Key) -> Response:
    """Say a line as it follows again."""
    return _done(CHANGED, forget_wording(session, conversation.pupil, key, now=clock.now()))
