"""Kilometres between points, and how far is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.distance import default_radius_km, distance_km, wider_radii_km

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
OMMEN, ZWOLLE = (52.52083, 6.42083), (52.5125, 6.09444)


def test_ommen_to_zwolle_is_22_km() -> None:
    assert distance_km(OMMEN, ZWOLLE) == pytest.approx(22.1, abs=0.05)


@given(POINTS, POINTS)
def test_is_the_same_both_ways(here: tuple[float, float], there: tuple[float, float]) -> None:
    assert distance_km(here, there) == pytest.approx(distance_km(there, here), abs=1e-6)


@given(POINTS)
def test_is_nothing_to_the_place_itself(here: tuple[float, float]) -> None:
    assert distance_km(here, here) == 0


@given(POINTS, POINTS, POINTS)
def test_no_way_round_is_shorter(
    here: tuple[float, float], there: tuple[float, float], between: tuple[float, float]
) -> None:
    assert distance_km(here, there) <= distance_km(here, between) + distance_km(between, there) + 1e-3


@pytest.mark.parametrize(
    ("inhabitants", "radius_km"),
    [(100_000, 15), (99_999, 30), (20_000, 30), (19_999, 50), (0, 50), (None, 50)],
    ids=["city", "nearly a city", "town", "nearly a town", "not counted", "unknown"],
)
def test_near_depends_on_the_kind_of_place(inhabitants: int | None, radius_km: int) -> None:
    assert default_radius_km(inhabitants) == radius_km


def test_wider_circles_end_with_the_whole_country() -> None:
    assert wider_radii_km(50) == [75, 100, 150, 200, 350]
    assert wider_radii_km(350) == []
