"""What the safeguarding contacts of a school read, and nobody else."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from guidance import clock
from guidance.services.safety import acknowledge_notice, list_notices
from web.dependencies import ContactOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.portal.refusals import NotedRefusals

router = APIRouter(dependencies=[NotedRefusals])


@router.get("/portaal/meldingen")
def list_safety_notices(request: Request, session: SessionOfRequest, contact: ContactOfRequest) -> Response:
    return page(request, "portal/safety.html", staff=contact, notices=list_notices(session, contact))


@router.post("/portaal/meldingen/{notice_id}/gezien", dependencies=[OwnForm])
def save_acknowledged(notice_id: RowNumber, session: SessionOfRequest, contact: ContactOfRequest) -> Response:
    """Note that a contact has seen a notice."""
    acknowledge_notice(session, contact, notice_id, now=clock.now())
    return RedirectResponse("/portaal/meldingen", 303)
