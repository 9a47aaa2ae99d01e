"""Dates and times as a Dutch reader expects them, in the time of the school."""

from datetime import date, datetime

from babel.dates import format_date, format_time

from guidance import clock

DUTCH = "nl"


def full_day(value: date | datetime) -> str:
    """Return a day such as "maandag 23 november 2026"."""
    return format_date(_day(value), "EEEE d MMMM y", locale=DUTCH)


def plain_day(value: date | datetime) -> str:
    """Return a day such as "23 november 2026"."""
    return format_date(_day(value), "d MMMM y", locale=DUTCH)


def weekday(value: date | datetime) -> str:
    """Return a day without its year, such as "maandag 23 november"."""
    return format_date(_day(value), "EEEE d MMMM", locale=DUTCH)


def day_and_month(value: date | datetime) -> str:
    """Return a day of this year, such as "23 november"."""
    return format_date(_day(value), "d MMMM", locale=DUTCH)


def clock_time(value: datetime) -> str:
    """Return a time of the day such as "10.05"."""
    return format_time(value, "H.mm", tzinfo=clock.AMSTERDAM, locale=DUTCH)


def _day(value: date | datetime) -> date:
    return clock.school_day(value) if isinstance(value, datetime) else value


FILTERS = {
    "full_day": full_day,
    "plain_day": plain_day,
    "weekday": weekday,
    "day_and_month": day_and_month,
    "clock_time": clock_time,
}
