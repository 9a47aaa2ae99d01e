from hypothesis import given
from hypothesis import strategies as st

from guidance.distance import distance_km
from guidance.places import all_places
from guidance.programme_map import HEIGHT, WIDTH, ProgrammeMap, Site, map_of, on_map
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

    numbers = [number for site in found.sites for number in site.numbers]
    assert sorted(numbers) == list(range(1, len(results.programmes) + 1))
    assert {site.city for site in found.sites} == {one.programme.city for one in results.programmes}
    for site in found.sites:
        assert found.left <= site.x <= found.left + found.width
        assert found.top <= site.y <= found.top + found.height


def test_sites_stand_in_the_order_of_the_list() -> None:
    _, found = drawn(near="Zwolle", radius_km=100)

    firsts = [site.numbers[0] for site in found.sites]
    assert firsts == sorted(firsts)


def test_labels_cover_neither_each_other_nor_a_point() -> None:
    _, found = drawn()

    boxes = [_box(site, found.letter_size) for site in found.sites if site.has_label]
    assert len(boxes) > len(found.sites) / 2
    assert not [1 for at, one in enumerate(boxes) for other in boxes[at + 1 :] if _overlap(one, other)]


def _box(site: Site, letter: float) -> tuple[float, float, float, float]:
    # Half as wide as a letter is high is the least that a name takes.
    long = len(site.city) * letter * 0.5
    start = {"start": 0.0, "middle": long / 2, "end": long}[site.anchor]
    return (
        site.label_x - start,
        site.label_y - letter * 0.7,
        site.label_x - start + long,
        site.label_y,
    )


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(here=st.sampled_from(all_places()), there=st.sampled_from(all_places()))
def test_kilometres_on_the_map_are_kilometres(here: object, there: object) -> None:
    one, other = on_map(here.point), on_map(there.point)  # type: ignore[attr-defined]
    on_paper = ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5

    assert abs(on_paper - distance_km(here.point, there.point)) <= max(0.5, 0.035 * on_paper)  # type: ignore[attr-defined]


def test_all_of_the_country_is_on_it_and_in_its_province() -> None:
    _, found = drawn()

    assert (found.width, found.height) == (WIDTH, HEIGHT)
    assert len(found.land) == 12
    assert all(0 <= on_map(place.point)[0] <= WIDTH for place in all_places())
    assert all(0 <= on_map(place.point)[1] <= HEIGHT for place in all_places())


def test_it_weighs_little() -> None:
    _, found = drawn()

    assert sum(len(dots) for _, dots in found.land) < 40_000
