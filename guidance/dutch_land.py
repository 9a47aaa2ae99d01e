"""Home of the shape of the country: land by province, drawn as rows from the points of our own tables.

Everything is in kilometres on a flat map, east and south of its upper left corner; one degree of longitude is
as long as it is at 52.2 degrees north. Over the country that is at most 3% off, less than a cell.
"""

import csv
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from math import cos, radians

from guidance.content import FOLDER
from guidance.distance import Point
from guidance.places import all_places

NORTH, SOUTH, WEST, EAST = 53.65, 50.65, 3.25, 7.35
KM_A_DEGREE = 111.2
KM_A_DEGREE_EAST = KM_A_DEGREE * cos(radians(52.2))
WIDTH, HEIGHT = (EAST - WEST) * KM_A_DEGREE_EAST, (NORTH - SOUTH) * KM_A_DEGREE
CELL_KM = 2.4
ROW_KM = round(CELL_KM * 0.866, 2)
# Land reaches from village to village over so many cells each: far where polders and woods are empty, and
# not so far that it would close an estuary or the Wadden Sea.
REACH = {
    "Flevoland": 3,
    "Gelderland": 3,
    "Drenthe": 2,
    "Overijssel": 2,
    "Noord-Brabant": 2,
    "Limburg": 2,
    "Zeeland": 0,
}
SMALL_REACH = 1
SIDES_OF_LAND = 4
LARGEST_HOLE = 25
"""A gap with land all around is filled up to so many cells; what is larger may be water."""
# No two neighbours alike (test).
TINTS = {
    "Groningen": 1, "Friesland": 2, "Drenthe": 3, "Overijssel": 1, "Flevoland": 4, "Gelderland": 2,
    "Utrecht": 3, "Noord-Holland": 1, "Zuid-Holland": 4, "Zeeland": 1, "Noord-Brabant": 3, "Limburg": 1,
}  # fmt: skip

Cell = tuple[int, int]
"""Row, and number in it; every other row lies half a cell to the right."""
Run = tuple[float, float, float]
"""The middle of the first cell of a row of land, and how far it goes on."""


def on_map(point: Point) -> tuple[float, float]:
    """Return a point as kilometres east and south of the corner of the map."""
    lat, lon = point
    return (lon - WEST) * KM_A_DEGREE_EAST, (NORTH - lat) * KM_A_DEGREE


@cache
def land_rows() -> dict[str, tuple[Run, ...]]:
    """Return the rows of land of each province, from north to south."""
    owners = land_cells()
    return {
        province: tuple(_runs(sorted(cell for cell, owner in owners.items() if owner == province)))
        for province in sorted(set(owners.values()))
    }


@cache
def land_cells() -> dict[Cell, str]:
    """Return every cell of land with its province."""
    return _filled(_land())


def sides(row: int, number: int) -> tuple[Cell, ...]:
    """Return the six cells around a cell."""
    aside = number + row % 2
    beside = ((row, number - 1), (row, number + 1))
    return (*beside, *((other, at) for other in (row - 1, row + 1) for at in (aside - 1, aside)))


def _land() -> dict[Cell, str]:
    """Return the cells that hold a point or lie between points of one province, with their province."""
    points: dict[Cell, list[str]] = {}
    for point, province in _points():
        points.setdefault(_cell(*on_map(point)), []).append(province)
    land = {cell: max(sorted(set(here)), key=here.count) for cell, here in sorted(points.items())}
    between: dict[Cell, str] = {}
    for province in sorted(set(land.values())):
        own = {cell for cell, owner in land.items() if owner == province}
        for cell in sorted(_closed(own, REACH.get(province, SMALL_REACH)) - own):
            between.setdefault(cell, province)
    return _without_notches(between | land)


def _without_notches(land: dict[Cell, str]) -> dict[Cell, str]:
    """Fill each cell with land on four of its six sides, which is no water that one would see."""
    filled = dict(land)
    for gap in sorted(_beside(land) - land.keys()):
        around = [land[side] for side in sides(*gap) if side in land]
        if len(around) >= SIDES_OF_LAND:
            filled[gap] = max(sorted(set(around)), key=around.count)
    return filled


def _closed(cells: set[Cell], reach: int) -> set[Cell]:
    """Return the cells with what lies between them: grown by a reach, and shrunk by it again."""
    grown = cells
    for _ in range(reach):
        grown = grown | _beside(grown)
    shrunk = grown
    for _ in range(reach):
        shrunk = {cell for cell in shrunk if all(side in shrunk for side in sides(*cell))}
    return shrunk | cells


def _filled(land: dict[Cell, str]) -> dict[Cell, str]:
    """Fill the small gaps with land all around, each cell from a side that is land."""
    rows, numbers = zip(*land, strict=True)
    sea = {
        (row, number)
        for row in range(min(rows) - 1, max(rows) + 2)
        for number in range(min(numbers) - 1, max(numbers) + 2)
    } - land.keys()
    filled = dict(land)
    while sea:
        gap = _together(sea)
        sea -= gap
        while len(gap) <= LARGEST_HOLE and gap:
            shore = {cell: side for cell in sorted(gap) for side in sides(*cell) if side in filled}
            filled |= {cell: filled[side] for cell, side in shore.items()}
            gap -= shore.keys()
    return filled


def _together(cells: set[Cell]) -> set[Cell]:
    """Return the cells that hang together with the first one."""
    found = edge = {min(cells)}
    while edge:
        edge = (_beside(edge) & cells) - found
        found = found | edge
    return found


def _beside(cells: Iterable[Cell]) -> set[Cell]:
    return {side for cell in cells for side in sides(*cell)}


def _runs(cells: list[Cell]) -> Iterable[Run]:
    """Yield cells that follow each other in a row as one run."""
    for (row, _), run in groupby(enumerate(cells), key=lambda at: (at[1][0], at[1][1] - at[0])):
        numbers = [cell[1] for _, cell in run]
        x, y = _middle(row, numbers[0])
        yield x, y, round((len(numbers) - 1) * CELL_KM, 1)


def _cell(x: float, y: float) -> Cell:
    row = round(y / ROW_KM)
    return row, round(x / CELL_KM - (row % 2) / 2)


def _middle(row: int, number: int) -> tuple[float, float]:
    return round((number + (row % 2) / 2) * CELL_KM, 1), round(row * ROW_KM, 1)


def _points() -> Iterable[tuple[Point, str]]:
    yield from ((place.point, place.province) for place in all_places() if place.province)
    with (FOLDER / "pc4.csv").open(encoding="utf-8", newline="") as file:
        rows = (row for row in csv.DictReader(file) if row["province"])
        yield from (((float(row["lat"]), float(row["lon"])), row["province"]) for row in rows)
