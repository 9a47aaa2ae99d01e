"""The words an answer may use: dates, counts of the catalogue, and what is nearest."""

from datetime import date

import pytest

from guidance.catalogue import read_catalogue
from guidance.content import read_content
from guidance.knowledge_words import (
    Nearest,
    date_in_words,
    in_words,
    kind_of_subject,
    nearest_to,
    programmes_like,
)

MAY_FIRST = {"month": 5, "day": 1}


def test_a_yearly_day_has_a_year_only_when_it_is_given() -> None:
    assert date_in_words(MAY_FIRST) == "1 mei"
    assert date_in_words(MAY_FIRST, 2028) == "1 mei 2028"


def test_a_day_near_today_needs_no_year() -> None:
    assert date_in_words(date(2026, 12, 6), today=date(2026, 11, 22)) == "6 december"
    assert date_in_words(date(2028, 5, 1), today=date(2026, 11, 22)) == "1 mei 2028"


@pytest.mark.parametrize(("value", "written"), [(4, "vier"), (1.5, "anderhalf"), (12, "12"), (2.0, "twee")])
def test_small_numbers_are_written_in_letters(value: float, written: str) -> None:
    assert in_words(value) == written


def test_programmes_are_counted_by_kind_subject_and_form() -> None:
    maths = programmes_like(kind="tweedegraads", subject="wiskunde")

    assert {(one.kind, one.subject) for one in maths} == {("tweedegraads", "wiskunde")}
    assert len(programmes_like(kind="tweedegraads", subject="wiskunde", form="duaal")) < len(maths)
    assert len(programmes_like()) == len(read_catalogue())


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("lichamelijke opvoeding", "alo"),
        ("muziek", "kunstvakdocent"),
        ("wiskunde", "tweedegraads"),
        ("informatica", None),
        (None, None),
    ],
)
def test_a_subject_may_have_one_kind_to_begin_with(subject: str | None, kind: str | None) -> None:
    assert kind_of_subject(subject) == kind


class TestNearestTo:
    def test_is_the_nearest_site_in_whole_km(self) -> None:
        assert nearest_to("Ommen", programmes_like(kind="pabo")) == Nearest("Hogeschool KPZ", "Zwolle", 22)

    @pytest.mark.parametrize("place", [None, "", "Bergen", "Nergenshuizen"])
    def test_is_nothing_where_the_place_is_not_sure(self, place: str | None) -> None:
        assert nearest_to(place, programmes_like(kind="pabo")) is None

    def test_is_nothing_where_nothing_runs(self) -> None:
        assert nearest_to("Ommen", []) is None


def test_the_fact_about_the_catalogue_has_the_year_of_its_rows() -> None:
    (edition,) = read_content("facts")["catalogue"]

    assert edition["year"] == max(int(one.source_date[:4]) for one in read_catalogue())
