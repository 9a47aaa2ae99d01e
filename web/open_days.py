"""Open days nearby: a page that works without script, and files for one's own agenda."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from guidance import clock, open_days_words, wording
from guidance.catalogue import KINDS, LEVELS
from guidance.distance import WIDER_RADII_KM
from guidance.errors import AmbiguousPlace, GuidanceError, UnknownPlace, UnusableFilter
from guidance.open_days_ics import calendar_of
from guidance.open_days_replies import page_of
from guidance.programme_filters import label, subject_names
from guidance.services.open_days import (
    WHOLE_COUNTRY_KM,
    FoundOpenDay,
    OpenDayResults,
    find_open_days,
    get_open_day,
)
from guidance.services.programmes import ProgrammeQuery
from web.dependencies import SessionOfRequest
from web.pages import page
from web.statuses import status_of

router = APIRouter(include_in_schema=False)

ASKED = ("near", "kind", "subject", "level", "radius_km")
LONGEST_WORD = 100
CALENDAR = "text/calendar; charset=utf-8"


@router.get("/opendagen")
def show_open_days(request: Request, session: SessionOfRequest) -> Response:
    """Show the search form, and the open days to come of whoever has what was asked for."""
    asked = _asked(request)
    results: OpenDayResults | None = None
    failure: GuidanceError | None = None
    try:
        results = find_open_days(session, _query(asked), now=clock.now())
    except (UnknownPlace, AmbiguousPlace, UnusableFilter) as error:
        failure = error
    return page(
        request,
        "open_days.html",
        # Several places are a choice on the page, not a failure of it.
        status=200 if failure is None or isinstance(failure, AmbiguousPlace) else status_of(failure),
        asked=asked,
        results=results,
        failure=wording.failure(failure) if failure else None,
        choices={"kind": KINDS, "level": LEVELS, "radius_km": WIDER_RADII_KM},
        subjects=subject_names(),
        label=label,
        words=open_days_words,
        **_links(asked, failure),
    )


@router.get("/opendagen.ics")
def send_open_days(request: Request, session: SessionOfRequest) -> Response:
    """Send the open days of a search as one calendar; a search that cannot be made is refused."""
    results = find_open_days(session, _query(_asked(request)), now=clock.now())
    return _calendar(*results.days)


@router.get("/opendagen/{key}.ics")
def send_open_day(key: str, session: SessionOfRequest) -> Response:
    """Send one open day as a calendar."""
    return _calendar(get_open_day(session, key, now=clock.now()))


def _asked(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip()[:LONGEST_WORD] for name in ASKED}


def _query(asked: Mapping[str, str]) -> ProgrammeQuery:
    try:
        radius_km = float(asked["radius_km"]) if asked["radius_km"] else None
    except ValueError as error:
        raise UnusableFilter("radius", name="radius_km", value=asked["radius_km"]) from error
    return ProgrammeQuery(
        near=asked["near"] or None,
        kind=asked["kind"] or None,
        subject=asked["subject"] or None,
        level=asked["level"] or None,
        radius_km=radius_km,
    )


def _links(asked: dict[str, str], failure: GuidanceError | None) -> dict[str, Any]:
    """Return the places that may be meant and the addresses of other searches."""
    found: dict[str, Any] = {"places": [], "wider": "", "agenda": ""}
    if isinstance(failure, UnknownPlace | AmbiguousPlace):
        names = failure.suggestions if isinstance(failure, UnknownPlace) else failure.choices
        found["places"] = [(name, page_of(ProgrammeQuery(near=name))) for name in names]
    if failure is None:
        query = _query(asked)
        found["wider"] = page_of(query, radius_km=WHOLE_COUNTRY_KM)
        found["agenda"] = page_of(query).replace("/opendagen", "/opendagen.ics", 1)
    return found


def _calendar(*found: FoundOpenDay) -> Response:
    content = calendar_of((one.day, one.imported_at) for one in found)
    return Response(
        content,
        media_type=CALENDAR,
        headers={"Content-Disposition": 'attachment; filename="open-dagen.ics"'},
    )
