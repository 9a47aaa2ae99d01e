"""Finding the place that a pupil means."""

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.places import all_places, find_place, place_meant
from guidance.settings import ROOT

TABLE: dict[str, list[list[Any]]] = yaml.safe_load(
    (ROOT / "tests" / "guidance" / "place_spellings.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "name", "province", "radius_km"), TABLE["found"], ids=repr)
def test_finds_the_place(text: str, name: str, province: str, radius_km: int) -> None:
    place = find_place(text)

    assert (str(place), place.province, place.radius_km) == (name, province, radius_km)


@pytest.mark.parametrize(("text", "choices"), TABLE["asked_back"], ids=repr)
def test_asks_back_with_choices_that_can_be_found(text: str, choices: list[str]) -> None:
    with pytest.raises(AmbiguousPlace) as asked:
        find_place(text)

    assert asked.value.choices == choices
    assert len({find_place(choice) for choice in choices}) == len(choices)


@pytest.mark.parametrize(("text", "suggestions"), TABLE["unknown"], ids=repr)
def test_offers_near_spellings_and_makes_up_no_place(text: str, suggestions: list[str]) -> None:
    with pytest.raises(UnknownPlace) as unknown:
        find_place(text)

    assert unknown.value.suggestions == suggestions


def test_the_table_is_long_enough() -> None:
    assert len(TABLE["found"]) + len(TABLE["asked_back"]) + len(TABLE["unknown"]) > 120


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


@given(st.sampled_from(all_places()))
def test_a_place_is_found_by_its_name_with_municipality_and_province(place: Any) -> None:
    within = f"{place.municipality}, {place.province}" if place.municipality else place.province

    found = find_place(f"{place.name} ({within})")

    assert (found.province, found.municipality) == (place.province, place.municipality)


@given(st.text(max_size=60))
def test_any_text_is_found_asked_back_or_unknown(text: str) -> None:
    with suppress(AmbiguousPlace, UnknownPlace):
        assert find_place(text).province


class TestPlaceMeant:
    @pytest.mark.parametrize(
        ("typed", "guess", "meant"),
        [
            ("zwole", "Zwolle", "Zwolle"),
            ("rosendaal", "Roosendaal", "Roosendaal"),
            ("den bos", "'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("zwole", "Ommen", "zwole"),
            ("verweggistan", "Zwolle", "verweggistan"),
            ("Bergen", "Bergeijk", "Bergen"),
            ("st. anthonis", "Sint Nyk", "st. anthonis"),
        ],
        ids=str,
    )
    def test_follows_a_guess_only_where_it_would_be_offered(self, typed: str, guess: str, meant: str) -> None:
        assert place_meant(typed, guess) == meant
