"""Home of time as the school sees it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return this moment, aware, in UTC; the only place that reads the machine's clock."""
    return datetime.now(UTC)


def school_day(moment: datetime) -> date:
    """Return the calendar day of a moment as the school's own clock shows it."""
    return moment.astimezone(AMSTERDAM).date()


def school_year(day: date) -> int:
    """Return the calendar year in which the school year of this day began (1 August)."""
    return day.year if day.month >= 8 else day.year - 1
