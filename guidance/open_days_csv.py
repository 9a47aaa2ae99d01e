"""Home of open days as a table: the columns that docs/open_days.md names."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from guidance.catalogue import Kind
from guidance.clock import AMSTERDAM
from guidance.errors import UnusableFilter
from guidance.open_days import AnnouncedDay, Institution, key_of, plain, refuse
from guidance.programme_filters import kind_named
from guidance.wording import render

NEEDED = ("titel", "datum")
COLUMNS = (*NEEDED, "einddatum", "begin", "einde", "plaats", "adres", "online", "soort", "url", "uid")
DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
YES, NO = ("ja", "j"), ("nee", "n", "")
Row = Mapping[str, str]


def days_in_table(text: str, institution: Institution) -> list[tuple[str, AnnouncedDay]]:
    """Return each row as an open day, with the words for where it stands; the header is row 1."""
    head = text.partition("\n")[0]
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in head else ",", strict=True))
    except csv.Error as error:
        raise refuse("not_a_table") from error
    names = [name.strip().casefold() for name in table[0]] if table else []
    _check_columns(names)
    found = []
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            where = render("open_days.row", number=number)
            if len(cells) != len(names):
                raise refuse("other_cells", where=where, found=len(cells), wanted=len(names))
            row = dict(zip(names, map(plain, cells), strict=True))
            found.append((where, _day_of(row, institution, where)))
    return found


def _check_columns(names: list[str]) -> None:
    if missing := [name for name in NEEDED if name not in names]:
        raise refuse("no_column", names=missing)
    if unknown := [name for name in names if name not in COLUMNS]:
        raise refuse("unknown_column", names=unknown, columns=COLUMNS)
    if len(set(names)) < len(names):
        raise refuse("column_twice")


def _day_of(row: Row, institution: Institution, where: str) -> AnnouncedDay:
    try:
        starts_at, ends_at, is_whole_day = _times(row, where)
    except OverflowError as error:
        raise refuse("no_such_time", where=where) from error
    is_online = _is_online(row, where)
    place = _place(row, institution, where)
    if is_online and place:
        raise refuse("online_and_place", where=where)
    made = f"{row['titel']}|{starts_at.astimezone(AMSTERDAM).date()}|{place or ''}"
    return AnnouncedDay(
        uid=row.get("uid") or f"{key_of(institution.brin, made)}@klaskompas",
        title=row["titel"],
        starts_at=starts_at,
        ends_at=ends_at,
        url=row.get("url") or institution.url,
        is_whole_day=is_whole_day,
        is_online=is_online,
        place=place,
        city=institution.city_in(place),
        kinds=_kinds(row, where),
    )


def _times(row: Row, where: str) -> tuple[datetime, datetime, bool]:
    first = _date_of(row["datum"], where)
    last = _date_of(row["einddatum"], where) if row.get("einddatum") else first
    begin, end = row.get("begin", ""), row.get("einde", "")
    if bool(begin) != bool(end):
        raise refuse("one_time", where=where)
    if not begin:
        return _moment(first, time()), _moment(last + timedelta(days=1), time()), True
    return _moment(first, _time_of(begin, where)), _moment(last, _time_of(end, where)), False


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, AMSTERDAM).astimezone(UTC)


def _date_of(text: str, where: str) -> date:
    try:
        if found := DUTCH_DAY.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise refuse("not_a_date", where=where, value=text) from error
    raise refuse("not_a_date", where=where, value=text)


def _time_of(text: str, where: str) -> time:
    found = TIME.fullmatch(text)
    hour, minute = map(int, found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise refuse("not_a_time", where=where, value=text)
    return time(hour, minute)


def _is_online(row: Row, where: str) -> bool:
    said = row.get("online", "").casefold()
    if said not in (*YES, *NO):
        raise refuse("not_yes_or_no", where=where, value=said)
    return said in YES


def _place(row: Row, institution: Institution, where: str) -> str | None:
    city, address = row.get("plaats", ""), row.get("adres", "")
    if city and institution.city_in(city) is None:
        raise refuse("no_such_city", where=where, city=city, name=institution.name, cities=institution.cities)
    if city and not address.casefold().endswith(city.casefold()):
        address = ", ".join(part for part in (address, city) if part)
    return address or None


def _kinds(row: Row, where: str) -> tuple[Kind, ...]:
    names = [name.strip() for name in re.split(r"[|,;]", row.get("soort", "")) if name.strip()]
    try:
        found = [kind for name in names if (kind := kind_named(name))]
    except UnusableFilter as error:
        raise refuse("unknown_kind", where=where, value=error.value) from error
    return tuple(sorted(set(found)))
