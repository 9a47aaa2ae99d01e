from datetime import UTC, date, datetime

import pytest

from guidance.dutch_dates import clock_time, day_and_month, full_day, plain_day, weekday

LATE = datetime(2026, 11, 22, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (full_day(LATE), "maandag 23 november 2026"),
        (weekday(LATE), "maandag 23 november"),
        (day_and_month(LATE), "23 november"),
        (plain_day(date(2027, 5, 1)), "1 mei 2027"),
        (clock_time(LATE), "0.05"),
        (clock_time(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)), "14.00"),
    ],
    ids=["in the school's own zone", "without year", "day and month", "a day", "winter time", "summer time"],
)
def test_shows_moments_as_the_school_sees_them(shown: str, expected: str) -> None:
    assert shown == expected
