from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import read_content
from guidance.places import find_place
from guidance.school_days import (
    Region,
    after_days_outside_holidays,
    after_school_days,
    is_school_day,
    is_school_holiday,
    region_of,
)

DAYS = st.dates(date(2025, 9, 1), date(2028, 6, 1))
SATURDAY, SUNDAY = 5, 6
REGIONS = st.sampled_from(["noord", "midden", "zuid"])


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("Ommen", "noord"),
        ("Urk", "noord"),
        ("Zeewolde", "midden"),
        ("Hattem", "noord"),
        ("Apeldoorn", "midden"),
        ("Nijmegen", "zuid"),
        ("Goirle", "zuid"),
        ("Utrecht", "midden"),
        ("Eemnes", "noord"),
        ("Den Haag", "midden"),
        ("Vaals", "zuid"),
    ],
)
def test_a_place_lies_in_a_region(place: str, region: Region) -> None:
    assert region_of(find_place(place)) == region


@pytest.mark.parametrize(
    ("day", "region", "is_one"),
    [
        (date(2026, 11, 30), "noord", True),
        (date(2026, 11, 28), "noord", False),
        (date(2026, 10, 12), "noord", False),
        (date(2026, 10, 12), "zuid", True),
        (date(2026, 12, 21), "midden", False),
        (date(2027, 3, 26), "midden", False),
        (date(2027, 3, 29), "midden", False),
        (date(2027, 5, 6), "zuid", False),
        (date(2027, 5, 17), "zuid", False),
        (date(2026, 4, 27), "noord", False),
    ],
    ids=[
        "monday",
        "saturday",
        "autumn in the north",
        "autumn not yet in the south",
        "christmas",
        "good friday",
        "easter monday",
        "ascension",
        "whit monday",
        "king's day",
    ],
)
def test_which_days_have_school(day: date, region: Region, is_one: bool) -> None:
    assert is_school_day(day, region) is is_one


def test_five_school_days_skip_weekend_and_holiday() -> None:
    assert after_school_days(date(2026, 12, 16), 5, "noord") == date(2027, 1, 6)


def test_28_days_stand_still_in_a_holiday() -> None:
    assert after_days_outside_holidays(date(2026, 12, 1), 28, "noord") == date(2027, 1, 14)
    assert after_days_outside_holidays(date(2026, 11, 1), 28, "noord") == date(2026, 11, 29)


@given(day=DAYS, region=REGIONS, number=st.integers(1, 20))
def test_exactly_so_many_school_days_lie_between(day: date, region: Region, number: int) -> None:
    end = after_school_days(day, number, region)

    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(is_school_day(one, region) for one in between) == number
    assert is_school_day(end, region)


@given(day=DAYS, region=REGIONS, number=st.integers(1, 40))
def test_a_holiday_never_eats_a_day_of_a_term(day: date, region: Region, number: int) -> None:
    end = after_days_outside_holidays(day, number, region)

    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(not is_school_holiday(one, region) for one in between) == number


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_the_table_holds_whole_school_years(region: Region) -> None:
    ranges = [one[region] for one in read_content("school_holidays")["holidays"]]

    assert ranges == sorted(ranges)
    assert [(last - first).days + 1 for first, last in ranges] == [9, 16, 9, 9, 44] * (len(ranges) // 5)
    assert all((first.weekday(), last.weekday()) == (SATURDAY, SUNDAY) for first, last in ranges)
