"""What a dean reads about the check-ins themselves: how well the items of each field hang together."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from guidance.reliability import FEWEST_COMPLETE
from guidance.services.reliability import list_reliability
from guidance.wording import texts_of
from web.dependencies import DeanOfRequest, SessionOfRequest
from web.pages import page
from web.portal.refusals import NotedRefusals

router = APIRouter(dependencies=[NotedRefusals])


@router.get("/portaal/vragenlijsten")
def show_questionnaires(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    return page(
        request,
        "portal/questionnaires.html",
        staff=dean,
        instruments=list_reliability(session, dean),
        fields=texts_of("check_in.fields") | texts_of("competence.fields"),
        fewest=FEWEST_COMPLETE,
    )
