"""Home of open days as iCalendar (RFC 5545): read from an institution's file, written for an agenda."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from icalendar import Calendar, Event

from guidance.catalogue import KINDS, Kind
from guidance.clock import AMSTERDAM
from guidance.open_days import AnnouncedDay, Institution, plain, refuse

REPEATS = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
ONLINE = re.compile(r"online\b|https?://", re.IGNORECASE)
PRODUCT = "-//Klaskompas//Open dagen//NL"


def days_in_calendar(text: str, institution: Institution) -> list[tuple[str, AnnouncedDay | None]]:
    """Return each event as an open day, with the words for where it stands; a cancelled one is None."""
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for one in calendars for event in one.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        # The library has no failure of its own for rubbish.
        raise refuse("not_a_calendar") from error
    if not calendars or any(one.name != "VCALENDAR" for one in calendars):
        raise refuse("not_a_calendar")
    return [_announced(event, number, institution) for number, event in enumerate(events, start=1)]


def calendar_of(days: Iterable[tuple[AnnouncedDay, datetime]]) -> bytes:
    """Return open days, each with the moment it was read, as one calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for day, read_at in days:
        calendar.add_component(_event_of(day, read_at))
    return cast(bytes, calendar.to_ical())


def _announced(event: Any, number: int, institution: Institution) -> tuple[str, AnnouncedDay | None]:
    title = plain(event.get("SUMMARY"))
    where = plain(f"{number}. {title}")
    if event.errors:
        raise refuse("broken_line", where=where, name=event.errors[0][0] or "?")
    if plain(event.get("STATUS")).upper() == "CANCELLED":
        return where, None
    if any(name in event for name in REPEATS):
        raise refuse("repeats", where=where)
    return where, _day_of(event, title, where, institution)


def _day_of(event: Any, title: str, where: str, institution: Institution) -> AnnouncedDay:
    uid = plain(event.get("UID"))
    if not uid:
        raise refuse("no_uid", where=where)
    try:
        starts_at, ends_at, is_whole_day = _times(event, where)
    except OverflowError as error:
        raise refuse("no_such_time", where=where) from error
    location = plain(event.get("LOCATION"))
    is_online = ONLINE.match(location) is not None
    place = None if is_online or not location else location
    return AnnouncedDay(
        uid=uid,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        url=plain(event.get("URL")) or institution.url,
        is_whole_day=is_whole_day,
        is_online=is_online,
        place=place,
        city=institution.city_in(place),
        kinds=_kinds(event),
    )


def _times(event: Any, where: str) -> tuple[datetime, datetime, bool]:
    start = _moment(event, "DTSTART", where)
    if start is None:
        raise refuse("no_start", where=where)
    is_whole_day = not isinstance(start, datetime)
    end = _moment(event, "DTEND", where)
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    elif end is None and is_whole_day:
        end = start + timedelta(days=1)
    if end is None or isinstance(end, datetime) is is_whole_day:
        raise refuse("no_end", where=where)
    return _utc(start), _utc(end), is_whole_day


def _moment(event: Any, name: str, where: str) -> date | datetime | None:
    found = event.get(name)
    if found is None:
        return None
    value = getattr(found, "dt", None)
    if not isinstance(value, date):
        raise refuse("broken_line", where=where, name=name)
    zone = found.params.get("TZID")
    if zone and isinstance(value, datetime) and value.tzinfo is None:
        raise refuse("unknown_zone", where=where, zone=zone)
    return value


def _utc(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), AMSTERDAM).astimezone(UTC)
    # A floating time is the wall clock of whoever reads it: here.
    return (value if value.tzinfo else value.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def _kinds(event: Any) -> tuple[Kind, ...]:
    found = event.get("CATEGORIES") or []
    lists = found if isinstance(found, list) else [found]
    names = {str(name).strip().casefold() for one in lists for name in getattr(one, "cats", [one])}
    return tuple(sorted(kind for kind in KINDS if kind in names))


def _event_of(day: AnnouncedDay, read_at: datetime) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", read_at.astimezone(UTC))
    event.add("summary", day.title)
    for name, value in (("dtstart", day.starts_at), ("dtend", day.ends_at)):
        event.add(name, value.astimezone(AMSTERDAM).date() if day.is_whole_day else value.astimezone(UTC))
    if location := "Online" if day.is_online else day.place:
        event.add("location", location)
    if day.kinds:
        event.add("categories", list(day.kinds))
    event.add("url", day.url)
    return event
