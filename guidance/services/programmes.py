"""Use cases of programmes nearby: search the catalogue, and look one programme up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guidance.admission import NOBODY, Admission, Applicant, admission_of, applicant_of
from guidance.catalogue import KINDS, Level, Programme, programmes_by_key, read_catalogue
from guidance.distance import (
    CITY_RADIUS_KM,
    COUNTRYSIDE_RADIUS_KM,
    TOWN_RADIUS_KM,
    distance_km,
    wider_radii_km,
)
from guidance.errors import AmbiguousPlace, NotFound, UnknownPlace, UnusableFilter
from guidance.places import Place, find_place
from guidance.programme_filters import (
    degree_named,
    form_named,
    kind_named,
    level_named,
    subject_named,
)
from guidance.programme_search import Filters, Whys
from guidance.travel import cycling_minutes

LONGEST_RADIUS_KM = 500
KINDS_OF_PLACE = {CITY_RADIUS_KM: "city", TOWN_RADIUS_KM: "town", COUNTRYSIDE_RADIUS_KM: "countryside"}
Locate = Callable[[str], Place]


@dataclass(frozen=True)
class ProgrammeQuery:
    """What a pupil asks for, in the words of whoever asks; nothing means no filter.

    Profile and exam subjects filter nothing: they tell whether this pupil may enter. So does `own_level`, for
    who asks for something that their level does not begin.
    """

    near: str | None = None
    kind: str | None = None
    subject: str | None = None
    form: str | None = None
    level: str | None = None
    radius_km: float | None = None
    degree: str | None = None
    profile: str | None = None
    exam_subjects: tuple[str, ...] = ()
    own_level: str | None = None


@dataclass(frozen=True)
class FoundProgramme:
    """A programme at its nearest site; distance in km, none for the whole country; the level of who asks.

    Other cities where it runs too stand beside it, nearest first; `cycling_minutes` is an estimate.
    """

    programme: Programme
    distance_km: float | None
    why: str
    admission: Admission
    level: Level | None
    other_cities: tuple[str, ...] = ()

    @property
    def cycling_minutes(self) -> int | None:
        return cycling_minutes(self.distance_km)


@dataclass(frozen=True)
class WiderCircle:
    """How many programmes a wider circle holds."""

    radius_km: int
    count: int


@dataclass(frozen=True)
class ProgrammeResults:
    """What was found, nearest first, and what was asked; wider circles only when nothing was found."""

    place: Place | None
    radius_km: float | None
    programmes: tuple[FoundProgramme, ...]
    wider: tuple[WiderCircle, ...]
    match: tuple[str, ...]
    is_own_radius: bool = False

    @property
    def kind_of_place(self) -> str:
        """Return whose radius it is, a city's, a town's or the countryside's; empty when it was asked for.

        A place whose size no source tells is unknown, and has the radius of the countryside, as a province.
        """
        if self.place is None or self.is_own_radius:
            return ""
        if not self.place.inhabitants:
            is_province = not self.place.municipality and self.place.name == self.place.province
            return "province" if is_province else "unknown"
        return KINDS_OF_PLACE[self.place.radius_km]


_Ranked = tuple[float, Programme, list[str]]
"""Kilometres, a programme at its nearest site, and the other cities where it runs."""


def find_programmes(query: ProgrammeQuery, *, locate: Locate = find_place) -> ProgrammeResults:
    """Search the catalogue; raises UnknownPlace, AmbiguousPlace or UnusableFilter, and drops no filter.

    An entrance without an open transaction passes the geocoder, which may wait for the network.
    """
    filters = Filters(
        kind_named(query.kind),
        subject_named(query.subject),
        form_named(query.form),
        level_named(query.level),
        degree_named(query.degree),
    )
    applicant = applicant_of(query.level or query.own_level, query.profile, query.exam_subjects)
    place = locate(query.near) if query.near and query.near.strip() else None
    radius_km = _radius_km(query.radius_km, place)
    ranked = _nearest_sites(place, filter(filters.matches, read_catalogue()))
    whys = Whys(place, filters)
    near = [row for row in ranked if radius_km is None or row[0] <= radius_km]
    return ProgrammeResults(
        place,
        radius_km,
        tuple(
            _found(programme, km if place else None, others, whys, applicant)
            for km, programme, others in near
        ),
        () if near or radius_km is None else _wider(radius_km, [km for km, *_ in ranked]),
        filters.words,
        is_own_radius=query.radius_km is not None,
    )


def get_programme(key: str) -> Programme:
    """Return a programme of the catalogue by its key."""
    try:
        return programmes_by_key()[key]
    except KeyError as error:
        raise NotFound("no such programme") from error


def look_up_programme(
    key: str, *, near: str | None = None, applicant: Applicant = NOBODY, locate: Locate = find_place
) -> FoundProgramme:
    """Return what the catalogue holds of a programme; a place that is not clear gives no distance."""
    programme = get_programme(key)
    distance = None
    if near:
        try:
            distance = round(distance_km(locate(near).point, programme.point), 1)
        except (UnknownPlace, AmbiguousPlace):
            distance = None
    return FoundProgramme(programme, distance, "", admission_of(programme, applicant), applicant.level)


def _radius_km(asked: float | None, place: Place | None) -> float | None:
    if asked is None:
        return place.radius_km if place else None
    if place is None or not 0 < asked <= LONGEST_RADIUS_KM:
        raise UnusableFilter("radius", name="radius_km", value=f"{asked:g} km")
    return asked


def _nearest_sites(place: Place | None, programmes: Iterable[Programme]) -> list[_Ranked]:
    """Return each programme at its nearest site, nearest first; without a place all, by institution."""
    if place is None:
        return [
            (0.0, one, [])
            for one in sorted(programmes, key=lambda one: (one.institution.casefold(), _order(one)))
        ]
    asked = list(programmes)
    # The programmes of a city share one point.
    km_to = {point: distance_km(place.point, point) for point in {one.point for one in asked}}
    ranked = sorted((km_to[one.point], _order(one), one) for one in asked)
    nearest: dict[tuple[str, str, str], _Ranked] = {}
    for km, _, programme in ranked:
        key = programme.course
        if key in nearest:
            nearest[key][2].append(programme.city)
        else:
            nearest[key] = (km, programme, [])
    return list(nearest.values())


def _order(programme: Programme) -> tuple[bool, int, str]:
    """Return the order of programmes in one city: first what a pupil can start right after school."""
    return not programme.entry, KINDS.index(programme.kind), programme.key


def _found(
    programme: Programme, km: float | None, others: list[str], whys: Whys, applicant: Applicant
) -> FoundProgramme:
    distance = None if km is None else round(km, 1)
    why, admission = whys.of(programme, distance), admission_of(programme, applicant)
    return FoundProgramme(programme, distance, why, admission, applicant.level, tuple(others))


def _wider(radius_km: float, distances: list[float]) -> tuple[WiderCircle, ...]:
    """Return the wider circles that hold more than the one before."""
    circles: list[WiderCircle] = []
    for wider in wider_radii_km(radius_km):
        count = sum(km <= wider for km in distances)
        if count > (circles[-1].count if circles else 0):
            circles.append(WiderCircle(wider, count))
    return tuple(circles)
