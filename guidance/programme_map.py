"""Home of the map of a search: the Netherlands as dots from our own tables, and the cities that were found.

Everything is in kilometres on a flat map, east and south of its upper left corner; one degree of longitude is
as long as it is at 52.2 degrees north. Over the country that is at most 3% off, less than a dot.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import cos, radians
from typing import Any

from guidance.content import FOLDER
from guidance.distance import Point
from guidance.places import Place, all_places
from guidance.services.programmes import FoundProgramme, ProgrammeResults

NORTH, SOUTH, WEST, EAST = 53.65, 50.65, 3.25, 7.35
KM_A_DEGREE = 111.2
KM_A_DEGREE_EAST = KM_A_DEGREE * cos(radians(52.2))
WIDTH, HEIGHT = (EAST - WEST) * KM_A_DEGREE_EAST, (NORTH - SOUTH) * KM_A_DEGREE
DOT_KM = 4.0
"""A dot of land stands for so many kilometres each way."""
ROW_KM = DOT_KM * 0.866
NARROWEST_KM = 60.0
# Letters and points keep their size on the screen: they are so much of the width of the map.
LETTER_SHARE, POINT_SHARE = 0.038, 0.026
LETTER_WIDTH = 0.62
SIDES_OF_LAND = 4


@dataclass(frozen=True)
class Site:
    """A city with what was found there: the numbers in the list, and a label where there is room for it."""

    city: str
    x: float
    y: float
    numbers: tuple[int, ...]
    distance_km: float | None
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = ""

    @property
    def has_label(self) -> bool:
        return bool(self.anchor)


@dataclass(frozen=True)
class ProgrammeMap:
    """A part of the country: land by province, sites in the order of the list, and where the search began."""

    left: float
    top: float
    width: float
    height: float
    land: tuple[tuple[str, str], ...]
    sites: tuple[Site, ...]
    home: tuple[float, float] | None
    radius_km: float | None

    @property
    def letter_size(self) -> float:
        return self.width * LETTER_SHARE

    @property
    def point_size(self) -> float:
        return self.width * POINT_SHARE


def map_of(results: ProgrammeResults) -> ProgrammeMap | None:
    """Return the map of what was found, drawn near when it was near; nothing without a result."""
    if not results.programmes:
        return None
    home = on_map(results.place.point) if results.place else None
    left, top, width, height = _frame(results.place, results.radius_km)
    sites = _labelled(_sites(results.programmes), (left, top, width, height))
    land = _land_in(left, top, width, height)
    return ProgrammeMap(left, top, width, height, land, tuple(sites), home, results.radius_km)


def on_map(point: Point) -> tuple[float, float]:
    """Return a point as kilometres east and south of the corner of the map."""
    lat, lon = point
    return (lon - WEST) * KM_A_DEGREE_EAST, (NORTH - lat) * KM_A_DEGREE


def _frame(place: Place | None, radius_km: float | None) -> tuple[float, float, float, float]:
    """Return left, top, width and height: the circle of the search with some room, or the whole country."""
    if place is None or radius_km is None:
        return 0.0, 0.0, WIDTH, HEIGHT
    x, y = on_map(place.point)
    width = max(NARROWEST_KM, 2.3 * radius_km)
    height = width * HEIGHT / WIDTH
    if width >= WIDTH:
        return 0.0, 0.0, WIDTH, HEIGHT
    return _within(x - width / 2, width, WIDTH), _within(y - height / 2, height, HEIGHT), width, height


def _within(start: float, length: float, whole: float) -> float:
    return max(0.0, min(start, whole - length))


def _sites(found: Sequence[FoundProgramme]) -> list[Site]:
    by_city: dict[str, list[tuple[int, FoundProgramme]]] = {}
    for number, one in enumerate(found, start=1):
        by_city.setdefault(one.programme.city, []).append((number, one))
    return [
        Site(
            city,
            *on_map(here[0][1].programme.point),
            tuple(number for number, _ in here),
            here[0][1].distance_km,
        )
        for city, here in by_city.items()
    ]


Box = tuple[float, float, float, float]


def _labelled(sites: Sequence[Site], frame: Box) -> list[Site]:
    """Give each site a label where it covers nothing, the first sites first; one without room gets none."""
    point = frame[2] * POINT_SHARE
    taken = [(site.x - point, site.y - point, site.x + point, site.y + point) for site in sites]
    labelled = []
    for site in sites:
        free = ((label, box) for label, box in _ways_to_label(site, frame[2]) if _is_free(box, taken, frame))
        label, box = next(free, ({}, None))
        taken += [box] if box else []
        labelled.append(replace(site, **label))
    return labelled


def _ways_to_label(site: Site, width: float) -> Iterable[tuple[dict[str, Any], Box]]:
    """Yield a label to the right, left, above and below, each with the room that it takes."""
    letter, gap = width * LETTER_SHARE, width * POINT_SHARE * 1.25
    long, middle = len(site.city) * letter * LETTER_WIDTH, site.y + letter * 0.35
    for anchor, x, y, start in (
        ("start", site.x + gap, middle, site.x + gap),
        ("end", site.x - gap, middle, site.x - gap - long),
        ("middle", site.x, site.y - gap - letter * 0.2, site.x - long / 2),
        ("middle", site.x, site.y + gap + letter * 0.8, site.x - long / 2),
    ):
        box = (start, y - letter * 0.8, start + long, y + letter * 0.2)
        yield {"anchor": anchor, "label_x": x, "label_y": y}, box


def _is_free(box: Box, taken: Iterable[Box], frame: Box) -> bool:
    left, top, width, height = frame
    is_inside = left <= box[0] and box[2] <= left + width and top <= box[1] and box[3] <= top + height
    return is_inside and not any(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _land_in(left: float, top: float, width: float, height: float) -> tuple[tuple[str, str], ...]:
    """Return the dots of each province that lie in the frame, as one path a province."""
    found: dict[str, list[str]] = {}
    for x, y, province in _dots():
        if left - DOT_KM <= x <= left + width + DOT_KM and top - DOT_KM <= y <= top + height + DOT_KM:
            found.setdefault(province, []).append(f"M{x:g} {y:g}h0")
    return tuple((province, "".join(found[province])) for province in sorted(found))


@cache
def _dots() -> tuple[tuple[float, float, str], ...]:
    """Return the dots of land, each with the province that most places on it lie in."""
    near: dict[tuple[int, int], list[str]] = {}
    for point, province in _points():
        near.setdefault(_dot(*on_map(point)), []).append(province)
    # Polders and harbours without a village are land too: a gap with land on four of its six sides is filled.
    for gap in {side for dot in near for side in _sides(*dot)} - near.keys():
        around = [province for side in _sides(*gap) for province in near.get(side, [])[:1]]
        if len(around) >= SIDES_OF_LAND:
            near |= {gap: around}
    return tuple(
        (*_middle(*dot), max(sorted(set(here)), key=here.count)) for dot, here in sorted(near.items())
    )


def _dot(x: float, y: float) -> tuple[int, int]:
    """Return row and number of the dot on which a point lies; every other row is half a dot aside."""
    row = round(y / ROW_KM)
    return row, round(x / DOT_KM - (row % 2) / 2)


def _middle(row: int, number: int) -> tuple[float, float]:
    return round((number + (row % 2) / 2) * DOT_KM, 1), round(row * ROW_KM, 1)


def _sides(row: int, number: int) -> tuple[tuple[int, int], ...]:
    aside = number + row % 2
    beside = ((row, number - 1), (row, number + 1))
    return (*beside, *((other, at) for other in (row - 1, row + 1) for at in (aside - 1, aside)))


def _points() -> Iterable[tuple[Point, str]]:
    yield from ((place.point, place.province) for place in all_places() if place.province)
    with (FOLDER / "pc4.csv").open(encoding="utf-8", newline="") as file:
        rows = (row for row in csv.DictReader(file) if row["province"])
        yield from (((float(row["lat"]), float(row["lon"])), row["province"]) for row in rows)
