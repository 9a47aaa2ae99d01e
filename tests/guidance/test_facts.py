"""Which edition of a fact counts on a day, and how figures are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.clock import school_year
from guidance.content import read_content
from guidance.facts import Fact, FactsInText, fact_on, money, number

FACTS = read_content("facts")
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
YEARLY = sorted(name for name, editions in FACTS.items() if "school_year" in editions[0])


class TestFactOn:
    @pytest.mark.parametrize(
        ("day", "amount"),
        [
            (date(2024, 8, 1), 2530),
            (date(2025, 7, 31), 2530),
            (date(2025, 8, 1), 2601),
            (date(2026, 8, 1), 2694),
            (date(2030, 1, 1), 2694),
        ],
        ids=str,
    )
    def test_takes_the_fee_of_the_school_year(self, day: date, amount: int) -> None:
        assert fact_on("tuition_fee", day).values["amount"] == amount

    def test_takes_the_first_edition_before_any_has_begun(self) -> None:
        assert fact_on("tuition_fee", date(2024, 1, 1)).school_year == 2024

    @given(day=DAYS, name=st.sampled_from(YEARLY))
    def test_never_skips_a_newer_year_that_has_begun(self, day: date, name: str) -> None:
        years = [edition["school_year"] for edition in FACTS[name]]
        begun = [year for year in years if year <= school_year(day)]

        assert fact_on(name, day).school_year == max(begun, default=min(years))

    @given(day=DAYS, name=st.sampled_from(YEARLY))
    def test_says_whether_a_figure_is_of_this_year(self, day: date, name: str) -> None:
        fact = fact_on(name, day)

        assert fact.is_current(day) == (fact.school_year == school_year(day))


class TestFactsInText:
    def test_know_which_facts_a_text_showed(self) -> None:
        facts = FactsInText(date(2026, 11, 22))
        fee = facts.by_name()["tuition_fee"]

        assert facts.shown == ()
        assert (fee.amount, fee.study_year) == (2694, "2026-2027")
        assert facts.shown == (fact_on("tuition_fee", date(2026, 11, 22)),)

    def test_asking_whether_a_figure_is_there_shows_nothing(self) -> None:
        facts = FactsInText(date(2026, 11, 22))
        shortage = facts.by_name()["shortage_by_subject"]

        assert "wiskunde" in shortage
        assert "tekenen" not in shortage
        assert facts.by_name()["tuition_fee"].is_current
        assert facts.shown == ()

    def test_a_fact_said_in_words_is_cited(self) -> None:
        facts = FactsInText(date(2026, 11, 22))

        assert facts.cite(facts.by_name()["talks_help"]) == ""
        assert [fact.year for fact in facts.shown] == [2015]

    def test_a_figure_that_is_not_there_is_an_error(self) -> None:
        with pytest.raises(AttributeError):
            _ = FactsInText(date(2026, 11, 22)).by_name()["tuition_fee"].discount

    def test_tell_which_of_those_shown_to_check(self) -> None:
        facts = FactsInText(date(2027, 1, 1))
        by_name = facts.by_name()
        _ = by_name["tuition_fee"].amount, by_name["student_grant"].at_home

        assert [fact.check_with for fact in facts.to_check] == ["duo.nl"]


class TestNeedsChecking:
    @pytest.mark.parametrize("confidence", ["medium", "low"])
    def test_holds_for_what_is_unsure(self, confidence: str) -> None:
        assert Fact({}, "DUO", 2026, confidence).needs_checking(date(2026, 1, 1))

    def test_begins_the_day_after_the_last_fresh_day(self) -> None:
        last = date(2026, 12, 31)
        fact = Fact({}, "DUO", 2026, "high", check_by=last)

        assert [fact.needs_checking(day) for day in (last, last + timedelta(days=1))] == [False, True]

    def test_never_comes_for_a_sure_fact_without_such_a_day(self) -> None:
        assert not Fact({}, "DUO", 2026, "high").needs_checking(date.max)


@pytest.mark.parametrize(
    ("amount", "written"), [(2694, "€ 2.694"), (130.21, "€ 130,21"), (130.5, "€ 130,50"), (60, "€ 60")]
)
def test_money_is_written_the_dutch_way(amount: float, written: str) -> None:
    assert money(amount) == written


@pytest.mark.parametrize(("value", "written"), [(12.4, "12,4"), (5.5, "5,5"), (240, "240"), (6880, "6.880")])
def test_numbers_are_written_the_dutch_way(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_editions_in_order_with_source_year_and_confidence(name: str) -> None:
    editions = [Fact(**edition) for edition in FACTS[name]]
    years = [edition.school_year or 0 for edition in editions]

    assert years == sorted(set(years)) != []
    assert {edition.confidence for edition in editions} <= {"high", "medium", "low"}
    assert all(2015 <= edition.year <= 2100 for edition in editions)
