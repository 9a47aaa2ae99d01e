"""Open days for tests, all made up, and files as an institution may send them."""

from datetime import UTC, datetime, timedelta

from guidance.open_days import AnnouncedDay, Institution, get_institution

KPZ = "00IC"
KPZ_SITE = "https://www.kpz.nl"
SATURDAY = datetime(2027, 1, 23, 9, 0, tzinfo=UTC)
HEADER = "titel;datum;begin;einde;plaats;adres;online;soort;url"


def institution() -> Institution:
    """Return a pabo with one city, Zwolle."""
    return get_institution(KPZ)


def open_day(uid: str = "1@kpz.nl", **values: object) -> AnnouncedDay:
    """Return an open day of that pabo: Saturday 23 January 2027, 10.00 to 14.00."""
    start = values.pop("starts_at", SATURDAY)
    assert isinstance(start, datetime)
    given = {"title": "Proefdag", "ends_at": start + timedelta(hours=4), "url": KPZ_SITE, "place": "Zwolle"}
    return AnnouncedDay(uid=uid, starts_at=start, **{"city": "Zwolle", **given, **values})  # type: ignore[arg-type]


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows, "")).encode()


def calendar(*events: str) -> bytes:
    """Return a calendar of events, each given by its own lines."""
    parts = [f"BEGIN:VEVENT\n{lines}\nEND:VEVENT" for lines in events]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//NL", *parts, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()


EVENT = """UID:1@kpz.nl
DTSTAMP:20261101T120000Z
SUMMARY:Proefdag
DTSTART;TZID=Europe/Amsterdam:20270123T100000
DTEND;TZID=Europe/Amsterdam:20270123T140000
LOCATION:Zwolle
URL:https://www.kpz.nl"""
