"""Home of the map of a search: the part of the country that was searched, and the cities that were found."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from guidance.dutch_land import HEIGHT, ROW_KM, TINTS, WIDTH, Run, land_rows, on_map
from guidance.map_labels import LETTER_SHARE, POINT_SHARE, Frame, Label, Room, Spot, apart, within
from guidance.places import Place
from guidance.services.programmes import FoundProgramme, ProgrammeResults

NARROWEST_KM = 60.0

Cities = dict[str, list[tuple[int, FoundProgramme]]]
"""What was found in each city, with its number in the list."""


@dataclass(frozen=True)
class Site:
    """A city with what was found there: its number on the map, and those of its programmes in the list."""

    number: int
    city: str
    x: float
    y: float
    programmes: tuple[int, ...]
    distance_km: float | None
    label: Label | None


@dataclass(frozen=True)
class Home:
    """Where the search began; the name is left out where it would cover something."""

    x: float
    y: float
    radius_km: float
    label: Label | None


@dataclass(frozen=True)
class ProgrammeMap:
    """A part of the country: land as (tint, path) by province, sites in the order of their numbers."""

    left: float
    top: float
    width: float
    height: float
    land: tuple[tuple[int, str], ...]
    sites: tuple[Site, ...]
    home: Home | None

    @property
    def letter_size(self) -> float:
        return self.width * LETTER_SHARE

    @property
    def point_size(self) -> float:
        return self.width * POINT_SHARE


def map_of(results: ProgrammeResults) -> ProgrammeMap | None:
    """Return the map of what was found, drawn near when it was near; nothing without a result.

    Cities stand as they do in the list: nearest first, and by name when the search was for the whole country.
    """
    if not results.programmes:
        return None
    left, top, width, height = frame = _frame(results.place, results.radius_km)
    cities = _by_city(results.programmes, by_name=results.place is None)
    spots = apart([on_map(here[0][1].programme.point) for here in cities.values()], frame)
    room = Room(frame, spots)
    home = _home(results, spots, room)
    sites = _sites(cities, spots, room)
    return ProgrammeMap(left, top, width, height, _land_in(frame), sites, home)


def _frame(place: Place | None, radius_km: float | None) -> Frame:
    """Return left, top, width and height: the circle of the search with some room, or the whole country."""
    if place is None or radius_km is None:
        return 0.0, 0.0, WIDTH, HEIGHT
    x, y = on_map(place.point)
    width = max(NARROWEST_KM, 2.3 * radius_km)
    height = width * HEIGHT / WIDTH
    if width >= WIDTH:
        return 0.0, 0.0, WIDTH, HEIGHT
    return within(x - width / 2, width, WIDTH), within(y - height / 2, height, HEIGHT), width, height


def _by_city(found: Sequence[FoundProgramme], *, by_name: bool) -> Cities:
    """Return what was found in each city, with its number in the list."""
    cities: Cities = {}
    for number, one in enumerate(found, start=1):
        cities.setdefault(one.programme.city, []).append((number, one))
    if by_name:
        return dict(sorted(cities.items(), key=lambda city: city[0].lstrip("'").casefold()))
    return cities


def _sites(cities: Cities, spots: Sequence[Spot], room: Room) -> tuple[Site, ...]:
    """Return the cities as sites; where room is short, those with the most have their name first."""
    texts = [city if len(here) == 1 else f"{city} ({len(here)})" for city, here in cities.items()]
    by_most = sorted(range(len(spots)), key=lambda at: -len(list(cities.values())[at]))
    labels = {at: room.label(spots[at], texts[at], list(cities)[at]) for at in by_most}
    return tuple(
        Site(
            at + 1, city, *spots[at], tuple(number for number, _ in here), here[0][1].distance_km, labels[at]
        )
        for at, (city, here) in enumerate(cities.items())
    )


def _home(results: ProgrammeResults, spots: Sequence[Spot], room: Room) -> Home | None:
    """Return where the search began; a city that was found there says its name already."""
    if results.place is None or results.radius_km is None:
        return None
    x, y = on_map(results.place.point)
    if any(hypot(x - spot[0], y - spot[1]) < room.point for spot in spots):
        return Home(x, y, results.radius_km, None)
    room.take((x, y))
    return Home(x, y, results.radius_km, room.label((x, y), str(results.place)))


def _land_in(frame: Frame) -> tuple[tuple[int, str], ...]:
    """Return the rows of land that lie in the frame, as one path a province."""
    left, top, width, height = frame

    def is_seen(run: Run) -> bool:
        x, y, long = run
        return (
            left - ROW_KM <= x + long
            and x <= left + width + ROW_KM
            and top - ROW_KM <= y <= top + height + ROW_KM
        )

    paths = (
        (TINTS[province], "".join(f"M{x:g} {y:g}h{long:g}" for x, y, long in filter(is_seen, rows)))
        for province, rows in land_rows().items()
    )
    return tuple((tint, path) for tint, path in paths if path)
