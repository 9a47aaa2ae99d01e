"""Finding the place that a pupil means."""

import pytest

from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.places import all_places, find_place

FOUND = [
    ("Ommen", "Ommen", 50),
    ("goirle", "Goirle", 30),
    ("URK", "Urk", 50),
    ("Den Burg", "Den Burg", 50),
    ("vaals", "Vaals", 50),
    ("'s-Hertogenbosch", "'s-Hertogenbosch", 15),
    ("’s hertogenbosch", "'s-Hertogenbosch", 15),
    ("Den Bosch", "'s-Hertogenbosch", 15),
    ("Den Haag", "Den Haag", 15),
    ("'s-Gravenhage", "Den Haag", 15),
    ("grunn", "Groningen", 15),
    ("Mokum", "Amsterdam", 15),
    ("Almere", "Almere", 15),
    ("Texel", "Texel", 50),
    ("Zwolle", "Zwolle", 15),
    ("Emmen", "Emmen", 30),
    ("Bergen (Limburg)", "Bergen", 50),
    ("bergen nh", "Bergen", 30),
    ("Hengelo Overijssel", "Hengelo", 15),
    ("Hengelo, Gelderland", "Hengelo", 50),
    ("Beek (Venray, Limburg)", "Beek", 50),
    ("7731", "7731 Ommen", 50),
    ("7731 ab", "7731 Ommen", 50),
    ("1012AB", "1012 Amsterdam", 15),
    ("Friesland", "het midden van Friesland", 50),
]


@pytest.mark.parametrize(("text", "name", "radius_km"), FOUND, ids=[text for text, *_ in FOUND])
def test_finds_the_place(text: str, name: str, radius_km: int) -> None:
    place = find_place(text)

    assert (str(place), place.radius_km) == (name, radius_km)


@pytest.mark.parametrize(
    ("text", "count"),
    [("Bergen", 2), ("Hengelo", 2), ("Beek", 5), ("rijswijk", 3), ("Beek (Limburg)", 2), ("Alphen", 3)],
    ids=str,
)
def test_asks_back_with_choices_that_can_be_found(text: str, count: int) -> None:
    with pytest.raises(AmbiguousPlace) as asked:
        find_place(text)

    found = {find_place(choice) for choice in asked.value.choices}
    assert len(found) == count == len(asked.value.choices)


@pytest.mark.parametrize(
    ("text", "first"),
    [("zwole", "Zwolle"), ("omen", "Ommen"), ("nijmegn", "Nijmegen"), ("den hag", "Den Haag")],
    ids=str,
)
def test_offers_the_near_spelling_first(text: str, first: str) -> None:
    with pytest.raises(UnknownPlace) as unknown:
        find_place(text)

    assert unknown.value.suggestions[0] == first


@pytest.mark.parametrize("text", ["xqzwvj", "0000", "9", "", "東京"], ids=repr)
def test_makes_up_no_place(text: str) -> None:
    with pytest.raises(UnknownPlace) as unknown:
        find_place(text)

    assert unknown.value.suggestions == []


def test_every_place_of_the_table_can_be_found_in_the_end() -> None:
    lost = [place for place in all_places() if not _can_be_found(place.name)]

    assert lost == []
    assert len(all_places()) > 6_000


def _can_be_found(name: str) -> bool:
    try:
        find_place(name)
    except AmbiguousPlace as error:
        return all(find_place(choice) for choice in error.choices)
    return True
