"""Pages of the demo only: the mail that would be sent, and a school's own site with the chat on it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from guidance.errors import NotFound
from guidance.models.mail import OutboxMail
from guidance.models.school import School
from web.dependencies import SessionOfRequest
from web.pages import page

router = APIRouter(prefix="/dev", include_in_schema=False)


@router.get("/outbox")
def show_outbox(request: Request, session: SessionOfRequest) -> Response:
    """Show the mails written last, newest first."""
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(50)).all()
    return page(request, "demo/outbox.html", mails=mails)


@router.get("/school")
def show_school_site(request: Request, session: SessionOfRequest) -> Response:
    """Show how the widget stands on a school's own page."""
    school = session.scalars(select(School).where(School.is_made_up).order_by(School.id)).first()
    if school is None:
        raise NotFound("no demo school")
    return page(request, "demo/school.html", school=school)
