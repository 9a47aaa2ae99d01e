"""Home of "op tijd": was a pupil reached at least 24 months before the central exams?"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from guidance.content import read_content

YEARS_TO_EXAM = {"havo": 5, "vwo": 6}
QUALIFYING_KINDS = frozenset(
    {"check_in_completed", "talk_held", "mentor_answered", "experience_confirmed", "event_attended"}
)


class State(StrEnum):
    """Where a pupil stands against the deadline."""

    ON_TIME = "on_time"
    TOO_LATE = "too_late"
    STILL_OPEN = "still_open"


@dataclass(frozen=True)
class Deadline:
    """The last day that counts; provisional while the exam dates of that year are not published."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class OnTime:
    """A verdict for one exam year; weeks_left (whole weeks) only while it is still open."""

    state: State
    exam_year: int
    deadline: Deadline
    first_day: date | None
    weeks_left: int | None = None


def months_before(day: date, months: int) -> date:
    """Return the same day so many calendar months earlier; a day that month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_exam_day(exam_year: int) -> Deadline:
    """Return the first day of the central exams of a year, and whether it is provisional."""
    calendar: dict[str, Any] = read_content("exam_dates")
    if known := calendar["known"].get(exam_year):
        return Deadline(known["day"], provisional=False)
    return Deadline(
        date(exam_year, calendar["unknown"]["month"], calendar["unknown"]["day"]), provisional=True
    )


def deadline(exam_year: int) -> Deadline:
    """Return the last day on which a first guidance moment is on time for this exam year."""
    exam = first_exam_day(exam_year)
    return Deadline(months_before(exam.day, read_content("exam_dates")["months_before"]), exam.provisional)


def expected_exam_year(level: str, leerjaar: int, school_year: int) -> int:
    """Return the exam year of a pupil who passes every year; school_year is the year in which it began."""
    years = YEARS_TO_EXAM[level]
    if not 1 <= leerjaar <= years:
        raise ValueError(f"{level} has no leerjaar {leerjaar}")
    return school_year + 1 + years - leerjaar


def verdict(first_qualifying_day: date | None, exam_year: int, today: date) -> OnTime:
    """Say whether the first qualifying moment was on or before the deadline, or still can be."""
    limit = deadline(exam_year)
    if first_qualifying_day and first_qualifying_day <= limit.day:
        return OnTime(State.ON_TIME, exam_year, limit, first_qualifying_day)
    if today <= limit.day:
        weeks = (limit.day - today).days // 7
        return OnTime(State.STILL_OPEN, exam_year, limit, first_qualifying_day, weeks)
    return OnTime(State.TOO_LATE, exam_year, limit, first_qualifying_day)
