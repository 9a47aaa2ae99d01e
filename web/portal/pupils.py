"""What a dean reads: the home page, the class list, and one pupil."""

from datetime import datetime
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from guidance import clock
from guidance.errors import NotFound
from guidance.models.accounts import Staff
from guidance.on_time_words import verdict_in_words
from guidance.services.guidance_log import list_moments, on_time_of
from guidance.services.pupils import (
    PupilRow,
    cohorts_of,
    get_pupil_of_dean,
    list_classes,
    list_pupils_of_dean,
    waiting_longest_first,
)
from guidance.services.summary import SummaryForDean, open_summary_of_pupil
from guidance.services.talks import find_latest_talk, mark_discussed
from web.dependencies import DeanOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.portal.pupil_table import as_csv
from web.portal.refusals import NotedRefusals

ROWS_A_PAGE = 60
MOST_URGENT = 6

router = APIRouter(dependencies=[NotedRefusals])
Search = Annotated[str, Query(max_length=100)]


@router.get("/portaal/")
def show_home(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    rows = list_pupils_of_dean(session, dean, today=clock.school_day(clock.now()))
    return page(
        request,
        "portal/home.html",
        staff=dean,
        now=clock.now(),
        pupils=len(rows),
        cohorts=cohorts_of(rows),
        talks=waiting_longest_first(rows),
        urgent=[row for row in rows if row.state == "still_open"][:MOST_URGENT],
    )


@router.get("/portaal/leerlingen")
def list_pupils(
    request: Request,
    session: SessionOfRequest,
    dean: DeanOfRequest,
    klas: Search = "",
    naam: Search = "",
    pagina: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Show the class list, in groups, a page at a time."""
    today = clock.school_day(clock.now())
    rows = list_pupils_of_dean(session, dean, today=today, class_name=klas, name=naam)
    shown = rows[(pagina - 1) * ROWS_A_PAGE : pagina * ROWS_A_PAGE]
    return page(
        request,
        "portal/pupils.html",
        staff=dean,
        classes=list_classes(session, dean),
        chosen={"klas": klas, "naam": naam},
        found=len(rows),
        groups=_groups(shown),
        number=pagina,
        pages=max(1, -(-len(rows) // ROWS_A_PAGE)),
    )


def _groups(rows: list[PupilRow]) -> list[tuple[str, list[PupilRow]]]:
    return [(standing, list(group)) for standing, group in groupby(rows, key=lambda row: row.standing)]


@router.get("/portaal/leerlingen.csv")
def download_pupils(
    session: SessionOfRequest, dean: DeanOfRequest, klas: Search = "", naam: Search = ""
) -> Response:
    """Return the class list as a file for a spreadsheet."""
    today = clock.school_day(clock.now())
    rows = list_pupils_of_dean(session, dean, today=today, class_name=klas, name=naam)
    headers = {"Content-Disposition": 'attachment; filename="leerlingen.csv"', "Cache-Control": "no-store"}
    return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/portaal/leerlingen/{pupil_id}")
def show_pupil(
    request: Request, pupil_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest
) -> Response:
    """Show one pupil; that the dean opened it is noted, and the pupil can see it."""
    now = clock.now()
    pupil = get_pupil_of_dean(session, dean, pupil_id)
    return page(
        request,
        "portal/pupil.html",
        staff=dean,
        pupil=pupil,
        on_time=on_time_of(session, pupil, today=clock.school_day(now)),
        verdict=verdict_in_words,
        talk=find_latest_talk(session, pupil),
        summary=_shared_summary(session, dean, pupil_id, now),
        moments=list_moments(session, pupil),
    )


def _shared_summary(session: Session, dean: Staff, pupil_id: int, now: datetime) -> SummaryForDean | None:
    try:
        return open_summary_of_pupil(session, dean, pupil_id, now=now)
    except NotFound:
        # The pupil is this dean's own, so there is only no summary.
        return None


@router.post("/portaal/leerlingen/{pupil_id}/besproken", dependencies=[OwnForm])
def save_discussed(pupil_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Note that the dean and the pupil have talked."""
    mark_discussed(session, dean, pupil_id, now=clock.now())
    return RedirectResponse(f"/portaal/leerlingen/{pupil_id}", 303)
