"""Home of school days: which days count for a deadline, by the holidays of the school's region."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from typing import Literal, cast

from holidays import country_holidays

from guidance.content import read_content
from guidance.places import Place

Region = Literal["noord", "midden", "zuid"]
SATURDAY = 5


def region_of(place: Place) -> Region:
    """Return the holiday region of a place; a municipality may belong to another one than its province."""
    province = read_content("school_holidays")["regions"][place.province]
    for region, municipalities in province.get("but", {}).items():
        if place.municipality in municipalities:
            return cast(Region, region)
    return cast(Region, province["region"])


def is_school_holiday(day: date, region: Region) -> bool:
    """Tell whether a day lies in a school holiday, weekends at either end included."""
    return any(first <= day <= last for first, last in _holidays(region))


def is_school_day(day: date, region: Region) -> bool:
    """Tell whether there is school: no weekend, no public holiday, no school holiday."""
    return day.weekday() < SATURDAY and day not in _public_holidays() and not is_school_holiday(day, region)


def after_school_days(day: date, number: int, region: Region) -> date:
    """Return the school day that is so many after this day; the day itself does not count."""
    school_days = (later for later in _days_after(day) if is_school_day(later, region))
    return next(islice(school_days, number - 1, None))


def after_days_outside_holidays(day: date, number: int, region: Region) -> date:
    """Return the day so many calendar days later, not counting those of school holidays."""
    counted = (later for later in _days_after(day) if not is_school_holiday(later, region))
    return next(islice(counted, number - 1, None))


def _days_after(day: date) -> Iterator[date]:
    return (day + timedelta(days=number) for number in count(1))


@cache
def _holidays(region: Region) -> tuple[tuple[date, date], ...]:
    table = read_content("school_holidays")["holidays"]
    return tuple((first, last) for first, last in (one[region] for one in table))


@cache
def _public_holidays() -> dict[date, str]:
    """Return the public holidays, by day; the library adds a year when a day of it is asked for."""
    return country_holidays("NL", categories=("public", "optional"), language="nl")
