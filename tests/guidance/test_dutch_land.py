"""The shape of the country: all places on it, in their province, and water where there is water."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.distance import Point, distance_km
from guidance.dutch_land import CELL_KM, HEIGHT, ROW_KM, TINTS, WIDTH, land_cells, land_rows, on_map, sides
from guidance.places import Place, all_places

PLACES = st.sampled_from(all_places())


def province_at(point: Point) -> str | None:
    """Return the province whose row of land covers a point."""
    x, y = on_map(point)
    for province, rows in land_rows().items():
        for left, top, long in rows:
            if abs(y - top) <= ROW_KM / 2 and left - CELL_KM / 2 <= x <= left + long + CELL_KM / 2:
                return province
    return None


@given(here=PLACES, there=PLACES)
def test_kilometres_on_the_map_are_kilometres(here: Place, there: Place) -> None:
    one, other = on_map(here.point), on_map(there.point)
    on_paper = ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5

    assert abs(on_paper - distance_km(here.point, there.point)) <= max(0.5, 0.035 * on_paper)


def test_every_place_lies_on_the_map() -> None:
    spots = [on_map(place.point) for place in all_places()]

    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in spots)


def test_nearly_every_place_lies_in_its_province() -> None:
    tried = all_places()[::10]

    right = sum(province_at(place.point) == place.province for place in tried)

    assert right / len(tried) > 0.95


@pytest.mark.parametrize(
    "point",
    [(52.8, 5.3), (52.55, 5.25), (53.35, 5.5), (51.58, 4.0), (51.39, 3.85), (52.5, 4.2), (52.55, 6.95)],
    ids=["IJsselmeer", "Markermeer", "Wadden Sea", "Oosterschelde", "Westerschelde", "North Sea", "Germany"],
)
def test_water_and_abroad_stay_open(point: Point) -> None:
    assert province_at(point) is None


@pytest.mark.parametrize(
    ("point", "province"),
    [
        ((53.44, 5.77), "Friesland"),
        ((53.08, 4.82), "Noord-Holland"),
        ((52.2, 5.85), "Gelderland"),
        ((52.72, 5.75), "Flevoland"),
        ((50.77, 6.0), "Limburg"),
    ],
    ids=["Ameland", "Texel", "Veluwe", "Noordoostpolder", "Vaals"],
)
def test_islands_woods_and_polders_are_land(point: Point, province: str) -> None:
    assert province_at(point) == province


def test_neighbours_have_another_tint() -> None:
    cells = land_cells()
    borders = {
        (owner, cells[side]) for cell, owner in cells.items() for side in sides(*cell) if side in cells
    }

    assert set(TINTS) == set(cells.values())
    assert not [pair for pair in borders if pair[0] != pair[1] and TINTS[pair[0]] == TINTS[pair[1]]]
