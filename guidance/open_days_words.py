"""Home of the words for one open day, wherever it is shown: in the chat, on the page and by the command."""

from datetime import datetime, timedelta

from guidance.clock import school_day
from guidance.dutch_dates import clock_time, full_day, plain_day
from guidance.open_days import AnnouncedDay
from guidance.programme_filters import label
from guidance.wording import render

PAGE = "/opendagen"


def when_in_words(day: AnnouncedDay) -> str:
    """Return the day and the hours: "zaterdag 23 januari 2027, 10.00 tot 15.00 uur"."""
    first, last = school_day(day.starts_at), school_day(day.ends_at - timedelta(microseconds=1))
    name = "whole_day" if day.is_whole_day else "hours"
    if first != last:
        name = "more_days" if day.is_whole_day else "more_days_hours"
    return render(
        f"open_days.when.{name}",
        first=full_day(first),
        last=full_day(last),
        begin=clock_time(day.starts_at),
        end=clock_time(day.ends_at),
    )


def where_in_words(day: AnnouncedDay) -> str:
    """Return where one goes; nothing where the file does not say."""
    return render("open_days.online") if day.is_online else day.place or ""


def kinds_in_words(day: AnnouncedDay) -> str:
    """Return the kinds of programme that it is for; nothing when it is for all."""
    return ", ".join(label("kind", kind) for kind in day.kinds)


def source_in_words(institution: str, imported_at: datetime) -> str:
    """Return whose announcement it is, and when it was read."""
    day = plain_day(imported_at)
    return render("open_days.source", institution=institution, day=day)


def agenda_link(key: str) -> str:
    """Return the address of one open day as a file for an agenda."""
    return f"{PAGE}/{key}.ics"
