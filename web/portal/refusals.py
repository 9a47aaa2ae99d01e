"""What staff may not see is answered as absent, and written down."""

from collections.abc import Iterator

from fastapi import Depends, Request

from guidance import clock
from guidance.actors import Actor
from guidance.database import transaction
from guidance.errors import NotAllowed, NotFound
from guidance.services.accounts import get_staff_by_token
from guidance.services.audit import record_refusal
from web.dependencies import STAFF_COOKIE


def note_refusals(request: Request) -> Iterator[None]:
    """Note what was refused, in a transaction of its own after that of the page was rolled back."""
    try:
        yield
    except (NotFound, NotAllowed):
        _note(request)
        raise


# It is the first dependency of a router, so it is the last to close: the page's transaction is over by then.
NotedRefusals = Depends(note_refusals, scope="function")


def _note(request: Request) -> None:
    now = clock.now()
    with transaction() as session:
        staff = get_staff_by_token(session, request.cookies.get(STAFF_COOKIE, ""), now=now)
        what = f"{request.method} {request.url.path}"
        record_refusal(session, staff.school_id, Actor(staff.role, staff.id), what, now=now)
