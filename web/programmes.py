"""Programmes nearby: the documented API and the page that works without script."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from guidance import programme_result_words, programme_words, wording
from guidance.admission import Outcome
from guidance.catalogue import FORMS, KINDS, LEVELS, Form, Kind, Programme
from guidance.database import transaction
from guidance.distance import WIDER_RADII_KM
from guidance.errors import AmbiguousPlace, GuidanceError, UnknownPlace, UnusableFilter
from guidance.exam_subjects import PROFILES, exam_subjects_named
from guidance.geocoder import locate
from guidance.profile_rules import subjects_that_count
from guidance.programme_filters import DEGREES, label, subject_names, subject_of_name
from guidance.programme_map import map_of
from guidance.services.programmes import FoundProgramme, ProgrammeQuery, ProgrammeResults, find_programmes
from guidance.services.saved_programmes import list_saved_programmes
from guidance.teacher_routes import PRIMARY
from web.dependencies import CHAT_COOKIE, SignInPage, conversation_of_page
from web.pages import page

router = APIRouter()

LONGEST_WORD = 100
LONGEST = {"exam_subjects": 400}
MOST_SUBJECTS = 30
# Two of the four profiles that a school may teach together.
DOUBLE_PROFILES = ("NT/NG", "EM/CM")
ROUTES = "/opleidingen/route"
PROFILE_CHOICES = (*PROFILES, *DOUBLE_PROFILES)
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
    degree: Word = Field(None, description=", ".join(DEGREES))
    profile: Word = Field(
        None, description="Of havo or vwo: " + ", ".join(PROFILES) + ", or a double one: NT/NG."
    )
    exam_subjects: list[Annotated[str, Field(max_length=LONGEST_WORD)]] = Field(
        [],
        max_length=MOST_SUBJECTS,
        description="Exam subjects of havo or vwo, repeated or with commas; with mbo4 those passed at havo.",
    )
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
    cycling_minutes: int | None = Field(
        None, description="Estimated minutes by bicycle; null from 15 km on, or without a place."
    )
    other_places: list[str] = Field(description="Other cities where it runs too, nearest first.")
    why: str
    admission: Outcome
    admission_step: str = Field(description="What the rule says, the steps that remain and who knows more.")
    admission_source: str = Field(description="Where the rule stands; empty where none is known.")
    admission_date: str = Field(description="Date of the oldest rule used, as exact as its source: 2015-11.")
    url: str
    url_kind: Literal["programme", "institution"]
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
    results = find_programmes(
        ProgrammeQuery(**asked.model_dump() | {"exam_subjects": tuple(asked.exam_subjects)}), locate=locate
    )
    return ProgrammesOut(
        place=str(results.place) if results.place else None,
        radius_km=results.radius_km,
        programmes=[_shown(found) for found in results.programmes],
        wider=[WiderOut(radius_km=circle.radius_km, count=circle.count) for circle in results.wider],
    )


@router.get("/opleidingen", include_in_schema=False)
def show_programmes(request: Request) -> Response:
    """Show the search form, and what was found when something was asked."""
    asked = asked_in(request, ProgrammesIn.model_fields)
    results, failure = _search(asked) if any(asked.values()) else (None, None)
    return page(
        request,
        "programmes.html",
        status=STATUS.get(type(failure), 200),
        asked=asked,
        results=results,
        saved=_saved_by_visitor(request) if results else None,
        drawn=map_of(results) if results else None,
        failure=wording.failure(failure) if failure else None,
        places=_places_to_choose(failure),
        choices={
            "kind": KINDS,
            "form": FORMS,
            "level": LEVELS,
            "degree": DEGREES,
            "profile": PROFILE_CHOICES,
            "radius_km": WIDER_RADII_KM,
        },
        exam_subjects=subjects_that_count(),
        own_subjects=own_subjects(asked["exam_subjects"]),
        subjects=subject_names(),
        label=label,
        words=programme_words,
        said=programme_result_words,
        route_of=lambda one: _route_of(one, asked),
        link=lambda **changes: "/opleidingen?" + urlencode({k: v for k, v in (asked | changes).items() if v}),
    )


def _saved_by_visitor(request: Request) -> set[str] | None:
    """Return the keys that this pupil saved; nothing for a visitor whom we do not know.

    It asks after the search, in a transaction of its own: a search may wait for the network.
    """
    if CHAT_COOKIE not in request.cookies:
        return None
    with transaction() as session:
        try:
            conversation = conversation_of_page(request, session)
        except SignInPage:
            return None
        return {one.programme for one in list_saved_programmes(session, conversation.pupil)}


def _search(asked: dict[str, str]) -> tuple[ProgrammeResults | None, GuidanceError | None]:
    """Search with the values of the form; what cannot be used is told beside the form."""
    try:
        radius_km = float(asked["radius_km"]) if asked["radius_km"] else None
        own = {"radius_km": radius_km, "exam_subjects": (asked["exam_subjects"],)}
        query = ProgrammeQuery(**asked | own)  # type: ignore[arg-type]
        return find_programmes(query, locate=locate), None
    except ValueError:
        return None, UnusableFilter("radius", name="radius_km", value=asked["radius_km"])
    except (UnknownPlace, AmbiguousPlace, UnusableFilter) as error:
        return None, error


def asked_in(request: Request, names: Iterable[str]) -> dict[str, str]:
    """Return what a form of ours asks, by name; what it gives more than once is listed with commas."""
    given = {name: ",".join(request.query_params.getlist(name)).strip() for name in names}
    return {name: words[: LONGEST.get(name, LONGEST_WORD)] for name, words in given.items()}


def own_subjects(asked: str) -> tuple[str, ...]:
    """Return the exam subjects to show as chosen; what is none is told beside the form."""
    try:
        return exam_subjects_named([asked])
    except UnusableFilter:
        return ()


def _route_of(programme: Programme, asked: dict[str, str]) -> str:
    """Return the page of the routes that lead to teaching what a programme is about."""
    own = {name: asked[name] for name in ("level", "profile", "exam_subjects") if asked[name]}
    subject = subject_of_name(programme.subject)
    return ROUTES + "?" + urlencode({"subject": subject, **own} if subject else {"grade": PRIMARY, **own})


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
        admission_source=found.admission.source,
        admission_date=found.admission.date,
    )
