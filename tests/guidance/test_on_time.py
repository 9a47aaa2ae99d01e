from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.on_time import State, deadline, expected_exam_year, months_before, verdict

EXAM_YEARS = st.integers(2017, 2090)
DAYS = st.dates(date(2010, 1, 1), date(2089, 12, 31))


class TestMonthsBefore:
    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            (date(2027, 5, 1), 24, date(2025, 5, 1)),
            (date(2028, 2, 29), 24, date(2026, 2, 28)),
            (date(2028, 2, 29), 48, date(2024, 2, 29)),
            (date(2026, 3, 31), 1, date(2026, 2, 28)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
        ],
        ids=["may", "leap to common", "leap to leap", "short month", "over new year"],
    )
    def test_counts_calendar_months(self, day: date, months: int, expected: date) -> None:
        assert months_before(day, months) == expected

    @given(DAYS, DAYS, st.integers(0, 60))
    def test_keeps_the_order_of_days(self, one: date, other: date, months: int) -> None:
        earlier, later = sorted([one, other])

        assert months_before(earlier, months) <= months_before(later, months)


class TestDeadline:
    def test_is_provisional_while_the_dates_are_not_published(self) -> None:
        assert (deadline(2031).day, deadline(2031).provisional) == (date(2029, 5, 1), True)

    def test_follows_the_published_date(self) -> None:
        assert (deadline(2016).day, deadline(2016).provisional) == (date(2014, 5, 12), False)

    @given(EXAM_YEARS)
    def test_is_later_for_a_later_exam_year(self, exam_year: int) -> None:
        assert deadline(exam_year).day < deadline(exam_year + 1).day


class TestExpectedExamYear:
    @pytest.mark.parametrize(
        ("level", "leerjaar", "expected"),
        [("havo", 3, 2029), ("havo", 5, 2027), ("vwo", 3, 2030), ("vwo", 6, 2027), ("vwo", 1, 2032)],
        ids=["havo 3", "havo 5", "vwo 3", "vwo 6", "vwo 1"],
    )
    def test_counts_five_years_for_havo_and_six_for_vwo(
        self, level: str, leerjaar: int, expected: int
    ) -> None:
        assert expected_exam_year(level, leerjaar, 2026) == expected

    def test_refuses_a_leerjaar_that_does_not_exist(self) -> None:
        with pytest.raises(ValueError, match="havo has no leerjaar 6"):
            expected_exam_year("havo", 6, 2026)


class TestVerdict:
    @given(EXAM_YEARS, DAYS)
    def test_counts_the_deadline_itself_as_on_time(self, exam_year: int, today: date) -> None:
        assert verdict(deadline(exam_year).day, exam_year, today).state == State.ON_TIME

    @given(EXAM_YEARS, st.integers(1, 3000))
    def test_counts_the_day_after_as_too_late(self, exam_year: int, days: int) -> None:
        day = deadline(exam_year).day + timedelta(days=days)

        assert verdict(day, exam_year, today=day).state == State.TOO_LATE

    @given(EXAM_YEARS, DAYS, DAYS, DAYS)
    def test_never_gets_worse_by_an_earlier_moment(
        self, exam_year: int, one: date, other: date, today: date
    ) -> None:
        earlier, later = sorted([one, other])

        if verdict(later, exam_year, today).state == State.ON_TIME:
            assert verdict(earlier, exam_year, today).state == State.ON_TIME

    @given(EXAM_YEARS, st.none() | DAYS, DAYS)
    def test_never_gets_worse_by_a_later_exam(self, exam_year: int, first: date | None, today: date) -> None:
        if verdict(first, exam_year, today).state == State.ON_TIME:
            assert verdict(first, exam_year + 1, today).state == State.ON_TIME

    @given(EXAM_YEARS, st.integers(0, 5000))
    def test_stays_open_for_who_is_not_reached_until_the_deadline(
        self, exam_year: int, days_left: int
    ) -> None:
        today = deadline(exam_year).day - timedelta(days=days_left)

        found = verdict(None, exam_year, today)

        assert (found.state, found.weeks_left) == (State.STILL_OPEN, days_left // 7)

    def test_is_too_late_without_a_moment_once_the_deadline_has_passed(self) -> None:
        found = verdict(None, 2027, today=date(2025, 5, 2))

        assert (found.state, found.weeks_left) == (State.TOO_LATE, None)
