"""What oud-leerlingen ask of the school or offer it: its dean says what came of it."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from guidance import clock, wording
from guidance.errors import TooLateToUndo
from guidance.services.mentor_proposals import decide, undo_decision
from web.dependencies import DeanOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.portal.mentors import MENTORS, shown
from web.portal.refusals import NotedRefusals
from web.statuses import status_of

PROPOSAL = MENTORS + "/aanbod/{proposal_id}"

router = APIRouter(dependencies=[NotedRefusals])


@router.post(PROPOSAL + "/gelukt", dependencies=[OwnForm])
def save_came(proposal_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Note that it came about."""
    decide(session, dean, proposal_id, came=True, now=clock.now())
    return _back_to(proposal_id)


@router.post(PROPOSAL + "/niet", dependencies=[OwnForm])
def save_not_now(proposal_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Note that it did not come about this time."""
    decide(session, dean, proposal_id, came=False, now=clock.now())
    return _back_to(proposal_id)


@router.post(PROPOSAL + "/terug", dependencies=[OwnForm])
def save_undone(
    request: Request, proposal_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest
) -> Response:
    """Let it wait again, or say that it is too late for that."""
    try:
        with session.begin_nested():
            undo_decision(session, dean, proposal_id, now=clock.now())
    except TooLateToUndo as error:
        failure = wording.render("mentors.failures.TooLateToUndo")
        return shown(request, session, dean, failure=failure, status=status_of(error))
    return _back_to(proposal_id)


def _back_to(proposal_id: int) -> Response:
    return RedirectResponse(f"{MENTORS}#aanbod-{proposal_id}", 303)
