"""The map of a search: every city that was found once, on it, in order, and named where there is room."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from guidance.dutch_land import HEIGHT, WIDTH, on_map
from guidance.map_labels import LETTER_SHARE, Label, overlap
from guidance.places import all_places
from guidance.programme_map import ProgrammeMap, map_of
from guidance.services.programmes import ProgrammeQuery, ProgrammeResults, find_programmes

PLACES = st.sampled_from(all_places()).map(lambda one: f"{one.name} ({one.municipality}, {one.province})")


def drawn(**asked: object) -> tuple[ProgrammeResults, ProgrammeMap]:
    results = find_programmes(ProgrammeQuery(**asked))  # type: ignore[arg-type]
    found = map_of(results)
    assert found
    return results, found


def test_a_search_without_result_has_no_map() -> None:
    assert map_of(find_programmes(ProgrammeQuery(near="Texel", kind="alo", radius_km=1))) is None


@given(near=PLACES, radius_km=st.sampled_from([30, 50, 100, 350]))
def test_every_city_that_was_found_is_on_the_map_once_and_inside_it(near: str, radius_km: int) -> None:
    results = find_programmes(ProgrammeQuery(near=near, radius_km=radius_km))
    if not (found := map_of(results)):
        return

    numbers = [number for site in found.sites for number in site.programmes]
    assert sorted(numbers) == list(range(1, len(results.programmes) + 1))
    cities = [site.city for site in found.sites]
    assert sorted(cities) == sorted({one.programme.city for one in results.programmes})
    for site in found.sites:
        assert found.left <= site.x - found.point_size + 1e-6
        assert site.x + found.point_size <= found.left + found.width + 1e-6
        assert found.top <= site.y - found.point_size + 1e-6
        assert site.y + found.point_size <= found.top + found.height + 1e-6


def test_sites_stand_in_the_order_of_the_list() -> None:
    _, found = drawn(near="Zwolle", radius_km=100)

    firsts = [site.programmes[0] for site in found.sites]
    assert firsts == sorted(firsts)
    assert [site.number for site in found.sites] == list(range(1, len(firsts) + 1))


def test_cities_of_the_whole_country_stand_by_name() -> None:
    _, found = drawn()

    cities = [site.city.lstrip("'") for site in found.sites]
    assert cities == sorted(cities, key=str.casefold)
    assert len(cities) > 30


def test_points_do_not_cover_each_other_and_stand_near_their_city() -> None:
    results, found = drawn()
    centres = {one.programme.city: on_map(one.programme.point) for one in results.programmes}

    for one, other in combinations(found.sites, 2):
        assert _apart((one.x, one.y), (other.x, other.y)) >= 1.9 * found.point_size, (one.city, other.city)
    assert all(_apart((one.x, one.y), centres[one.city]) <= 2 * found.point_size for one in found.sites)


def test_labels_cover_neither_each_other_nor_a_point() -> None:
    _, found = drawn()

    named = [site.label for site in found.sites if site.label]
    boxes = [_box(label, found) for label in named]
    points = [
        (
            one.x - found.point_size,
            one.y - found.point_size,
            one.x + found.point_size,
            one.y + found.point_size,
        )
        for one in found.sites
    ]
    assert len(named) > len(found.sites) * 0.6
    assert not [1 for one, other in combinations(boxes, 2) if overlap(one, other)]
    assert not [1 for one in boxes for other in points if overlap(one, other)]
    assert all(left >= 0 and right <= WIDTH for left, _, right, _ in boxes)


def test_a_city_with_more_programmes_shows_how_many() -> None:
    _, found = drawn(near="Zwolle", kind="pabo", radius_km=50)

    assert [site.label and site.label.text for site in found.sites] == ["Zwolle (3)", "Meppel", "Deventer"]


def test_names_where_the_search_began_unless_a_city_says_it() -> None:
    _, beside = drawn(near="Waddinxveen", kind="tweedegraads")
    _, inside = drawn(near="Zwolle", kind="pabo")

    assert beside.home
    assert beside.home.label
    assert beside.home.label.text == "Waddinxveen"
    assert beside.home.radius_km == 30
    _, close = drawn(near="Middelburg", kind="pabo", radius_km=75)
    assert close.home
    assert close.home.label
    assert inside.home
    assert inside.home.label is None


def test_is_the_same_each_time() -> None:
    assert drawn(near="Zwolle", radius_km=150)[1] == drawn(near="Zwolle", radius_km=150)[1]


def test_weighs_little() -> None:
    _, found = drawn()

    assert (found.width, found.height) == (WIDTH, HEIGHT)
    assert len(found.land) == 12
    assert sum(len(rows) for _, rows in found.land) < 12_000


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _box(label: Label, found: ProgrammeMap) -> tuple[float, float, float, float]:
    # As wide as a name really is in common letters.
    letter = found.width * LETTER_SHARE
    long = len(label.text) * letter * 0.55
    start = label.x - {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
    return start, label.y - letter * 0.7, start + long, label.y
