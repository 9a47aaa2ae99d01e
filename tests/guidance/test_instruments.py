"""The shipped check-ins are sound, and an unsound file is refused."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest

from guidance.content import read_content
from guidance.errors import NotFound, UnusableFile
from guidance.instruments import get_instrument, instrument_from, problems_in, shipped_files
from guidance.riasec import InterestType

INTEREST = get_instrument("interest")
Raw = dict[str, Any]

SPOILED: dict[str, Callable[[Raw], Any]] = {
    "unequal items a field": lambda raw: raw["items"].pop(0),
    "id twice: sort_files": lambda raw: raw["items"][0].update(id="sort_files"),
    "text twice": lambda raw: raw["items"][0].update(text=raw["items"][1]["text"].upper()),
    "explained twice the same": lambda raw: raw["items"][0].update(explain=raw["items"][1]["explain"]),
    "item repair_bike: explain is missing": lambda raw: raw["items"][0].update(explain=" "),
    "item 1: id is missing": lambda raw: raw["items"][0].pop("id"),
    "scale is missing": lambda raw: raw.update(scale={}),
    "the scale does not run": lambda raw: raw["scale"].pop(3),
    "scale label twice": lambda raw: raw["scale"].update({1: "Heel leuk"}),
    "field not declared: sporty": lambda raw: raw["items"][0].update(field="sporty"),
    "field without items: sporty": lambda raw: raw["balanced_fields"].append("sporty"),
    "item over 12 words": lambda raw: raw["items"][0].update(text="woord " * 13),
    "items is missing": lambda raw: raw.pop("items"),
    "item repair_bike: unknown kind drawing": lambda raw: raw["items"][0].update(kind="drawing"),
    "typed answers of true_false do not fit the scale": lambda raw: raw.update(typed="true_false"),
    "typed answers of stars do not fit the scale": lambda raw: raw.update(typed="stars"),
    "item repair_bike: an expectation needs": lambda raw: raw["items"][0].update(right=2),
}


class TestShippedFiles:
    @pytest.mark.parametrize("file", shipped_files())
    def test_are_sound(self, file: str) -> None:
        assert problems_in(read_content(file)) == []

    def test_have_their_own_version_and_one_current_version_a_name(self) -> None:
        instruments = [instrument_from(read_content(file)) for file in shipped_files()]
        current = Counter(instrument.name for instrument in instruments if instrument.current)

        assert len({instrument.version for instrument in instruments}) == len(instruments) > 0
        assert current == Counter({instrument.name for instrument in instruments})


class TestProblemsIn:
    @pytest.mark.parametrize("problem", SPOILED)
    def test_names_what_is_wrong(self, problem: str) -> None:
        raw = deepcopy(read_content("check_ins/interest_short"))
        SPOILED[problem](raw)

        assert any(found.startswith(problem) for found in problems_in(raw)), problems_in(raw)
        with pytest.raises(UnusableFile):
            instrument_from(raw)


class TestTheShortInterestCheckIn:
    def test_asks_three_activities_a_field_and_six_about_teaching(self) -> None:
        assert [len(INTEREST.items_of(field)) for field in InterestType] == [3] * 6
        assert [item.id for item in INTEREST.items_of("teaching")] == [
            "young_children",
            "teenagers",
            "mbo",
            "one_subject",
            "sport_arts",
            "extra_care",
        ]

    def test_never_asks_the_same_field_twice_in_a_row_among_the_activities(self) -> None:
        fields = [item.field for item in INTEREST.items if item.field != "teaching"]

        assert all(first != second for first, second in pairwise(fields))

    def test_goes_on_at_the_first_item_without_an_answer(self) -> None:
        first, second, third = INTEREST.items[:3]

        assert INTEREST.next_item([]) == first
        assert INTEREST.next_item([first.id, third.id]) == second
        assert INTEREST.next_item(item.id for item in INTEREST.items) is None

    def test_numbers_its_items_from_one(self) -> None:
        assert [INTEREST.number_of(item.id) for item in INTEREST.items] == list(range(1, 25))


class TestGetInstrument:
    def test_finds_a_version_and_the_current_version_of_a_name(self) -> None:
        assert get_instrument("interest-short-1") == INTEREST

    def test_knows_no_other(self) -> None:
        with pytest.raises(NotFound):
            get_instrument("horoscope")
        with pytest.raises(NotFound):
            INTEREST.item("horoscope")
