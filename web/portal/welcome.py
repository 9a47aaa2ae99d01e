"""Where anyone of the staff may start: the page of their role, or word that there is none yet."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from web.dependencies import StaffOfRequest
from web.pages import page
from web.portal.menu import HOME_OF_ROLE, WELCOME

router = APIRouter()


@router.get(WELCOME)
def show_welcome(request: Request, staff: StaffOfRequest) -> Response:
    home = HOME_OF_ROLE[staff.role]
    return (
        page(request, "portal/welcome.html", staff=staff) if home == WELCOME else RedirectResponse(home, 303)
    )
