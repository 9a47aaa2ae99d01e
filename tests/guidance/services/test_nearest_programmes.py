"""The nearest programme from anywhere, against a count by hand over the whole catalogue; and how soon."""

import random
from collections.abc import Iterator
from math import acos, cos, radians, sin

import pytest

from benchmarks.search.__main__ import measure
from guidance.catalogue import KINDS, Programme, read_catalogue
from guidance.places import Place, all_places
from guidance.services.programmes import ProgrammeQuery, find_programmes

PLACES_TRIED = 500
SEARCH_P95_MS = 20
EARTH_RADIUS_KM = 6371.0088
SAME_KM = 0.001


def km_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the distance by the law of cosines, where the service uses the haversine."""
    (lat, lon), (other_lat, other_lon) = (tuple(map(radians, point)) for point in (here, there))
    angle = sin(lat) * sin(other_lat) + cos(lat) * cos(other_lat) * cos(other_lon - lon)
    return EARTH_RADIUS_KM * acos(min(1.0, angle))


def some_places() -> list[Place]:
    return random.Random(5).sample([place for place in all_places() if place.municipality], PLACES_TRIED)


def near(place: Place) -> str:
    return f"{place.name} ({place.municipality}, {place.province})"


def by_hand(place: Place) -> Iterator[tuple[float, Programme]]:
    """Yield each programme of an institution at its nearest site, nearest first; one city has one point."""
    at = {one.key: km_between(place.point, (one.lat, one.lon)) for one in read_catalogue()}
    told: set[tuple[str, str, str]] = set()
    for one in sorted(
        read_catalogue(),
        key=lambda one: (round(at[one.key], 6), not one.entry, KINDS.index(one.kind), one.key),
    ):
        same = (one.institution, one.isat, one.kind)
        if same not in told:
            told.add(same)
            yield at[one.key], one


def test_the_first_result_is_that_of_brute_force_from_500_places() -> None:
    for place in some_places():
        results = find_programmes(ProgrammeQuery(near=near(place), radius_km=500))

        km, nearest = next(by_hand(place))
        first = results.programmes[0]
        assert results.place
        assert results.place.point == place.point, near(place)
        assert first.programme.key == nearest.key, near(place)
        assert first.distance_km == pytest.approx(km, abs=0.05 + SAME_KM), near(place)


def test_the_whole_list_is_that_of_brute_force() -> None:
    for place in some_places()[:20]:
        results = find_programmes(ProgrammeQuery(near=near(place), radius_km=500))

        assert [one.programme.key for one in results.programmes] == [one.key for _, one in by_hand(place)]


def test_nothing_within_the_radius_is_left_out() -> None:
    for place in some_places()[:100]:
        results = find_programmes(ProgrammeQuery(near=near(place)))

        within = [one.key for km, one in by_hand(place) if km <= place.radius_km]
        assert [one.programme.key for one in results.programmes] == within


@pytest.mark.slow
def test_a_search_takes_20_ms_at_most_nineteen_times_out_of_twenty() -> None:
    assert measure(1_000, seed=7)["all"]["p95_ms"] < SEARCH_P95_MS
