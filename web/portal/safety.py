"""What the safeguarding contacts of a school read, and nobody else."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from guidance import clock, wording
from guidance.mentor_report_copy import copy_in_words, took_in_words
from guidance.services.mentor_reports import (
    close_report,
    copy_report,
    first_looks,
    list_reports,
    open_report,
    undo_report,
)
from guidance.services.safety import acknowledge_notice, list_notices
from web.dependencies import ContactOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.portal.refusals import NotedRefusals

router = APIRouter(dependencies=[NotedRefusals])


@router.get("/portaal/meldingen")
def list_safety_notices(request: Request, session: SessionOfRequest, contact: ContactOfRequest) -> Response:
    return page(
        request,
        "portal/safety.html",
        staff=contact,
        notices=list_notices(session, contact),
        reports=list_reports(session, contact),
        looks=first_looks(session, contact),
        took=took_in_words,
    )


@router.post("/portaal/meldingen/{notice_id}/gezien", dependencies=[OwnForm])
def save_acknowledged(notice_id: RowNumber, session: SessionOfRequest, contact: ContactOfRequest) -> Response:
    """Note that a contact has seen a notice."""
    acknowledge_notice(session, contact, notice_id, now=clock.now())
    return RedirectResponse("/portaal/meldingen", 303)


@router.post("/portaal/meldingen/gesprek/{report_id}", dependencies=[OwnForm])
def show_report(
    request: Request, report_id: RowNumber, session: SessionOfRequest, contact: ContactOfRequest
) -> Response:
    """Show what was reported; that a contact looked is noted, so it takes a form."""
    evidence = open_report(session, contact, report_id, now=clock.now())
    return page(request, "portal/mentor_report.html", staff=contact, evidence=evidence)


@router.post("/portaal/meldingen/gesprek/{report_id}/kopie", dependencies=[OwnForm])
def save_report_copied(
    report_id: RowNumber, session: SessionOfRequest, contact: ContactOfRequest
) -> Response:
    """Hand over what the reporter could read, as a text to keep."""
    now = clock.now()
    text = copy_in_words(copy_report(session, contact, report_id, now=now), now=now)
    name = wording.render("mentor_reports.copy_name", number=report_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return PlainTextResponse(text, headers=headers)


@router.post("/portaal/meldingen/gesprek/{report_id}/sluiten", dependencies=[OwnForm])
def save_report_closed(
    report_id: RowNumber, session: SessionOfRequest, contact: ContactOfRequest
) -> Response:
    """Close a report; the question stays closed."""
    close_report(session, contact, report_id, now=clock.now())
    return RedirectResponse("/portaal/meldingen", 303)


@router.post("/portaal/meldingen/gesprek/{report_id}/terug", dependencies=[OwnForm])
def save_report_undone(
    report_id: RowNumber, session: SessionOfRequest, contact: ContactOfRequest
) -> Response:
    """Close a report that was none; the question goes on."""
    undo_report(session, contact, report_id, now=clock.now())
    return RedirectResponse("/portaal/meldingen", 303)
