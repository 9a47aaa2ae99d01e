"""The list of pupils: read from a file of the school, looked through, taken over; and cards with codes."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from guidance import clock
from guidance.code_cards_pdf import code_cards_pdf
from guidance.errors import FileRefused, StaleForm
from guidance.models.accounts import Staff
from guidance.personal_codes import SignInPage
from guidance.roster_csv import MOST_BYTES, template
from guidance.roster_words import line_words
from guidance.services.personal_codes import issue_codes
from guidance.services.pupils import list_classes
from guidance.services.roster import keep_preview, run_preview
from guidance.settings import get_settings
from guidance.wording import render
from web.dependencies import DeanOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.portal.refusals import NotedRefusals
from web.statuses import status_of

ROSTER = "/portaal/leerlingenlijst"
MOST_MISTAKES = 100

router = APIRouter(dependencies=[NotedRefusals])


@router.get(ROSTER)
def show_roster(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Show how a list is read, and the classes that can get cards."""
    return _show(request, session, dean)


@router.get(ROSTER + "/voorbeeld.csv")
def download_template(_dean: DeanOfRequest) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="leerlingenlijst.csv"'}
    return Response(template(), media_type="text/csv; charset=utf-8", headers=headers)


@router.post(ROSTER, dependencies=[OwnForm])
def show_preview(
    request: Request,
    session: SessionOfRequest,
    dean: DeanOfRequest,
    file: Annotated[UploadFile | str, File()] = "",
) -> Response:
    """Show what a list would change, or every line that is wrong."""
    # A form without a file sends an empty text.
    content: str | bytes = file if isinstance(file, str) else file.file.read(MOST_BYTES + 1)
    try:
        kept, changes = keep_preview(session, dean, content, now=clock.now())
    except FileRefused as error:
        mistakes = line_words(error)
        values = {"mistakes": mistakes[:MOST_MISTAKES], "more": max(0, len(mistakes) - MOST_MISTAKES)}
        return _show(request, session, dean, status=422, refused=render("roster.refused"), **values)
    return page(request, "portal/roster_preview.html", staff=dean, kept=kept, changes=changes)


@router.post(ROSTER + "/codes", dependencies=[OwnForm])
def download_cards(
    request: Request,
    session: SessionOfRequest,
    dean: DeanOfRequest,
    class_name: Annotated[str, Form(max_length=100)] = "",
    whom: Annotated[str, Form(max_length=20)] = "without",
) -> Response:
    """Give a class its codes on cards; they are in this answer and nowhere else."""
    cards = issue_codes(session, dean, class_name, only_without=whom != "all", now=clock.now())
    if not cards:
        return _show(request, session, dean, status=422, all_have=class_name)
    sign_in = SignInPage(dean.school.name, dean.school.code, get_settings().public_url)
    content = code_cards_pdf(cards, page=sign_in, class_name=class_name)
    headers = {"Content-Disposition": 'attachment; filename="codes.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


@router.post(ROSTER + "/{import_id}", dependencies=[OwnForm])
def save_roster(
    request: Request,
    import_id: RowNumber,
    session: SessionOfRequest,
    dean: DeanOfRequest,
    digest: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Take over the list that was looked through."""
    try:
        done = run_preview(session, dean, import_id, digest=digest, now=clock.now())
    except StaleForm as error:
        return _show(request, session, dean, status=status_of(error), refused=render("roster.stale"))
    return _show(request, session, dean, done=done)


def _show(request: Request, session: Session, dean: Staff, *, status: int = 200, **values: Any) -> Response:
    classes = list_classes(session, dean)
    return page(request, "portal/roster.html", status=status, staff=dean, classes=classes, **values)
