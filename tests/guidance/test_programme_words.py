"""The words for a programme tell it from others, in plain Dutch."""

from collections import Counter

from guidance.admission import Applicant, admission_to
from guidance.catalogue import Programme, programmes_by_key, read_catalogue
from guidance.programme_words import admission_in_words, check_in_words, source_in_words, title


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
    def test_tells_the_step_that_remains(self) -> None:
        words = admission_in_words(admission_to("pabo", "basisonderwijs", Applicant("havo")), "havo")

        assert words.startswith("Met havo mag je beginnen na een extra stap. Je doet nog een toets")

    def test_says_what_is_missing_without_saying_that_one_may_not(self) -> None:
        asked = Applicant("havo", ("CM",))
        words = admission_in_words(admission_to("tweedegraads", "natuurkunde", asked), "havo")

        assert words.startswith("Volgens de regels van 2015 mist nog: ")

    def test_refers_to_the_institution_where_no_rule_is_known(self) -> None:
        words = admission_in_words(admission_to("associate_degree", "groen", Applicant("havo")), "havo")

        assert words.endswith("Vraag het bij de opleiding.")

    def test_asks_for_the_level_without_one(self) -> None:
        words = admission_in_words(admission_to("pabo", "basisonderwijs"), None)

        assert words == "Noem of kies je niveau, dan kijken we of je mag beginnen."


def test_a_meeting_before_the_start_is_told_or_said_to_be_unknown() -> None:
    told = {one.studiekeuzecheck: check_in_words(one) for one in read_catalogue()}

    assert told == {"": "Onbekend", "nee": "Nee", "ja": "Ja", "verplicht": "Ja, verplicht"}


def test_the_source_stands_with_its_day_and_that_of_the_rule() -> None:
    words = source_in_words(programme("00ic-34808-zwolle"), "regeling van 2015")

    assert words == "DUO Open Onderwijsdata (CC BY), 20 februari 2026. Toelating: regeling van 2015."
