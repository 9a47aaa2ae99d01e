"""Home of a file of open days: how large it may be, how it is written, and what must hold of all of it."""

from datetime import datetime
from pathlib import PurePath

from guidance.open_days import AnnouncedDay, Institution, check_day, refuse
from guidance.open_days_csv import days_in_table
from guidance.open_days_ics import days_in_calendar

MOST_BYTES = 1024 * 1024
MOST_DAYS = 500


def read_open_days(
    name: str, content: bytes, institution: Institution, *, now: datetime
) -> tuple[AnnouncedDay, ...]:
    """Return the open days of a file, those called off left out; anything wrong raises OpenDaysRefused."""
    if len(content) > MOST_BYTES:
        raise refuse("too_large")
    found = _read(PurePath(name).suffix.casefold(), _text_of(content), institution)
    if not found:
        raise refuse("nothing_in_it")
    if len(found) > MOST_DAYS:
        raise refuse("too_many", most=MOST_DAYS)
    days: dict[str, AnnouncedDay] = {}
    for where, day in found:
        if day is None:
            continue
        check_day(day, institution, now=now, where=where)
        if day.uid in days:
            raise refuse("twice", where=where)
        days[day.uid] = day
    return tuple(days.values())


def _read(ending: str, text: str, institution: Institution) -> list[tuple[str, AnnouncedDay | None]]:
    if ending == ".csv":
        return [*days_in_table(text, institution)]
    if ending == ".ics":
        return days_in_calendar(text, institution)
    raise refuse("other_kind_of_file")


def _text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("not_utf8") from error
