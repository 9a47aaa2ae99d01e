"""Programmes nearby: the documented API and the page that works without script."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from guidance import programme_words, wording
from guidance.admission import Outcome
from guidance.catalogue import FORMS, KINDS, LEVELS, Form, Kind
from guidance.distance import WIDER_RADII_KM
from guidance.errors import AmbiguousPlace, GuidanceError, UnknownPlace, UnusableFilter
from guidance.programme_filters import label, subject_names
from guidance.programme_map import map_of
from guidance.services.programmes import FoundProgramme, ProgrammeQuery, ProgrammeResults, find_programmes
from web.pages import page

router = APIRouter()

LONGEST_WORD = 100
Word = Annotated[str | None, Field(max_length=LONGEST_WORD)]
STATUS: dict[type[GuidanceError] | type[None], int] = {UnknownPlace: 404, UnusableFilter: 422}


class ProgrammesIn(BaseModel):
    """What to search for; a filter that is not known here is refused, not dropped."""

    model_config = ConfigDict(extra="forbid")

    near: Word = Field(None, description="Place, village, municipality, or 4-digit or full postcode.")
    kind: Word = Field(None, description=", ".join(KINDS))
    subject: Word = Field(None, description="School subject, as pupils call it.")
    form: Word = Field(None, description=", ".join(FORMS))
    level: Word = Field(None, description=", ".join(LEVELS))
    radius_km: float | None = Field(None, description="Kilometres; by kind of place when left out.")


class ProgrammeOut(BaseModel):
    """A programme at its nearest site; distance in km as the crow flies, none without a place."""

    key: str
    institution: str
    place: str
    kind: Kind
    subject: str
    name: str
    forms: list[Form]
    distance_km: float | None
    cycling_minutes: int | None = Field(None, description="An estimate, under 15 km only.")
    other_places: list[str]
    why: str
    admission: Outcome
    admission_step: str
    url: str
    url_kind: str
    studiekeuzecheck: str
    students: int | None
    first_years: int | None
    figures_year: int | None
    source: str
    source_date: str
    confidence: str


class WiderOut(BaseModel):
    """How many programmes a wider circle holds."""

    radius_km: int
    count: int


class ProgrammesOut(BaseModel):
    """What was found, nearest first; wider circles when nothing was."""

    place: str | None
    radius_km: float | None
    programmes: list[ProgrammeOut]
    wider: list[WiderOut]


class Refusal(BaseModel):
    """Why there is no answer, in Dutch."""

    error: str
    message: str


class UnknownPlaceOut(Refusal):
    """No such place; near spellings."""

    suggestions: list[str]


class AmbiguousPlaceOut(Refusal):
    """Several such places; names that tell them apart."""

    choices: list[str]


ANSWERS: dict[int | str, dict[str, Any]] = {
    300: {"model": AmbiguousPlaceOut},
    404: {"model": UnknownPlaceOut},
    422: {"model": Refusal},
}


@router.get("/api/v1/programmes", responses=ANSWERS)
def search_programmes(asked: Annotated[ProgrammesIn, Query()]) -> ProgrammesOut:
    """Find teacher programmes near a place, village or postcode; no filter is ever dropped."""
    results = find_programmes(ProgrammeQuery(**asked.model_dump()))
    return ProgrammesOut(
        place=str(results.place) if results.place else None,
        radius_km=results.radius_km,
        programmes=[_shown(found) for found in results.programmes],
        wider=[WiderOut(radius_km=circle.radius_km, count=circle.count) for circle in results.wider],
    )


@router.get("/opleidingen", include_in_schema=False)
def show_programmes(request: Request) -> Response:
    """Show the search form, and what was found when something was asked."""
    asked = {
        name: request.query_params.get(name, "").strip()[:LONGEST_WORD] for name in ProgrammesIn.model_fields
    }
    results, failure = _search(asked) if any(asked.values()) else (None, None)
    return page(
        request,
        "programmes.html",
        status=STATUS.get(type(failure), 200),
        asked=asked,
        results=results,
        drawn=map_of(results) if results else None,
        failure=wording.failure(failure) if failure else None,
        places=_places_to_choose(failure),
        choices={"kind": KINDS, "form": FORMS, "level": LEVELS, "radius_km": WIDER_RADII_KM},
        subjects=subject_names(),
        label=label,
        words=programme_words,
        link=lambda **changes: "/opleidingen?" + urlencode({k: v for k, v in (asked | changes).items() if v}),
    )


def _search(asked: dict[str, str]) -> tuple[ProgrammeResults | None, GuidanceError | None]:
    """Search with the values of the form; what cannot be used is told beside the form."""
    try:
        radius_km = float(asked["radius_km"]) if asked["radius_km"] else None
        return find_programmes(ProgrammeQuery(**asked | {"radius_km": radius_km})), None  # type: ignore[arg-type]
    except ValueError:
        return None, UnusableFilter("radius", name="radius_km", value=asked["radius_km"])
    except (UnknownPlace, AmbiguousPlace, UnusableFilter) as error:
        return None, error


def _places_to_choose(failure: GuidanceError | None) -> list[str]:
    if isinstance(failure, UnknownPlace):
        return failure.suggestions
    return failure.choices if isinstance(failure, AmbiguousPlace) else []


def _shown(found: FoundProgramme) -> ProgrammeOut:
    programme = found.programme
    return ProgrammeOut(
        **{name: getattr(programme, name) for name in ProgrammeOut.model_fields if hasattr(programme, name)},
        place=programme.city,
        distance_km=found.distance_km,
        cycling_minutes=found.cycling_minutes,
        other_places=list(found.other_cities),
        why=found.why,
        admission=found.admission.outcome,
        admission_step=found.admission.step,
    )
