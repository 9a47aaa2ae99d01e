"""The pupil's summary, before and after it is shared."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from guidance import clock
from guidance.services.audit import list_openings
from guidance.services.summary import (
    find_own_summary,
    restore_line,
    share_summary,
    strike_line,
)
from guidance.services.talks import get_dean_of
from guidance.summary import label_of
from web.dependencies import ConversationOfPage, OwnForm, RowNumber, SessionOfRequest
from web.pages import page

SUMMARY = "/leerling/samenvatting"

router = APIRouter()


@router.get(SUMMARY)
def show_summary(request: Request, session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    """Show the pupil the lines that the dean will see, or sees."""
    pupil = conversation.pupil
    summary = find_own_summary(session, pupil)
    what = f"summary:{summary.id}" if summary else ""
    return page(
        request,
        "pupil/summary.html",
        pupil=pupil,
        dean=get_dean_of(session, pupil),
        summary=summary,
        label_of=label_of,
        openings=[opening for opening in list_openings(session, pupil) if opening.what == what],
    )


@router.post(SUMMARY + "/{position}/weglaten", dependencies=[OwnForm])
def save_struck(position: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    """Keep a line from the dean."""
    strike_line(session, conversation.pupil, position, now=clock.now())
    return RedirectResponse(SUMMARY, 303)


@router.post(SUMMARY + "/{position}/terugzetten", dependencies=[OwnForm])
def save_restored(
    position: RowNumber, session: SessionOfRequest, conversation: ConversationOfPage
) -> Response:
    """Put a struck line back."""
    restore_line(session, conversation.pupil, position)
    return RedirectResponse(SUMMARY, 303)


@router.post(SUMMARY + "/delen", dependencies=[OwnForm])
def send_summary(session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    """Let the dean read what was left in."""
    share_summary(session, conversation.pupil, now=clock.now())
    return RedirectResponse(SUMMARY, 303)
