"""The words for a programme tell it from others, in plain Dutch."""

from collections import Counter

import pytest

from guidance.admission import Admission, admission_of
from guidance.catalogue import KINDS, LEVELS, Kind, Level, Programme, programmes_by_key, read_catalogue
from guidance.programme_words import admission_in_words, check_in_words, source_in_words, title
from tests.readability import longest_sentence


def programme(key: str) -> Programme:
    return programmes_by_key()[key]


class TestTitle:
    def test_tells_programmes_of_one_city_apart(self) -> None:
        titles = Counter((title(one), one.city) for one in read_catalogue())

        assert titles
        assert max(titles.values()) == 1

    def test_begins_with_a_capital_and_ends_with_the_institution(self) -> None:
        assert title(programme("00ic-34808-zwolle")) == "Pabo, Hogeschool KPZ"
        for one in read_catalogue():
            assert title(one)[0].isupper()
            assert title(one).endswith(one.institution)


class TestAdmissionInWords:
    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_made_of_short_sentences(self, kind: Kind, level: Level) -> None:
        words = admission_in_words(admission_of(kind, level), level)

        assert words[0].isupper()
        assert words.endswith(".")
        assert longest_sentence(words) <= 15

    def test_tells_the_step_that_remains(self) -> None:
        words = admission_in_words(admission_of("pabo", "havo"), "havo")

        assert words.startswith("Met havo mag je beginnen na een extra stap. Je doet eerst")

    def test_never_says_no_for_good(self) -> None:
        words = admission_in_words(Admission("not_by_rule", "Stap."), "havo")

        assert words == "Volgens de regels mag je met havo nog niet beginnen. Stap."

    def test_refers_to_the_institution_without_a_level(self) -> None:
        words = admission_in_words(admission_of("pabo", None), None)

        assert words == "Vraag bij de opleiding of je mag beginnen."


def test_a_meeting_before_the_start_is_told_or_said_to_be_unknown() -> None:
    told = {one.studiekeuzecheck: check_in_words(one) for one in read_catalogue()}

    assert told == {"": "Onbekend", "nee": "Nee", "ja": "Ja", "verplicht": "Ja, verplicht"}


def test_the_source_stands_with_its_day_and_that_of_the_rule() -> None:
    words = source_in_words(programme("00ic-34808-zwolle"), "regeling van 2015")

    assert words == "DUO Open Onderwijsdata (CC BY), 20 februari 2026. Toelating: regeling van 2015."
