"""Home of the list of pupils as a school exports it: from a file to lines, or to what is wrong by line."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from guidance.content import read_content
from guidance.errors import FileRefused
from guidance.mail_addresses import is_mail_address
from guidance.on_time import YEARS_TO_EXAM

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 5000
LONGEST = {
    "roster_key": 40,
    "first_name": 60,
    "surname": 80,
    "class_name": 30,
    "class_mentor": 80,
    "location": 60,
}
LONGEST_MAIL = 254
REGIONS = ("noord", "midden", "zuid")
DAY = re.compile(r"(?:(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))")
BIRTH_DATE, INFIX, UNKNOWN = "birth_date", "infix", ""
Value = str | int | date | None
Mistakes = list[tuple[int, str]]


@dataclass(frozen=True)
class RosterLine:
    """One pupil of the list: the number of the line, and what the columns of the file say."""

    number: int
    values: Mapping[str, Value]

    @property
    def key(self) -> str:
        return str(self.values["roster_key"])


@dataclass(frozen=True)
class Roster:
    """A list without mistakes; columns that we do not know are named and left out."""

    lines: tuple[RosterLine, ...]
    unknown_columns: tuple[str, ...] = ()
    # Whether a name was used that nobody has checked against a real export.
    is_unverified: bool = False

    @property
    def table(self) -> str:
        """The list in our own template, with no more than what is kept: no birth date, no unknown column."""
        names = [name for name, field in _columns()["own"].items() if field in self.lines[0].values]
        written = io.StringIO()
        writer = csv.writer(written, delimiter=";", lineterminator="\n")
        writer.writerow(names)
        for line in self.lines:
            values = (line.values[_columns()["own"][name]] for name in names)
            writer.writerow("" if value is None else value for value in values)
        return written.getvalue()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.table.encode()).hexdigest()


def read_roster(content: str | bytes) -> Roster:
    """Return the pupils of a file, or raise FileRefused with every line that cannot be used."""
    rows = _rows(_text_of(content))
    number, header = rows[0]
    fields = _fields(header)
    _check_columns(fields, number)
    if len(rows) == 1:
        raise _refused([(number, "empty")])
    if len(rows) > MOST_LINES + 1:
        raise _refused([(number, "too_many")])
    lines, mistakes, seen = [], [], set()
    for number, cells in rows[1:]:
        values, wrong = _values(fields, cells)
        if not wrong and values["roster_key"] in seen:
            wrong = ["twice"]
        mistakes += [(number, name) for name in wrong]
        seen.add(values.get("roster_key"))
        lines.append(RosterLine(number, values))
    if mistakes:
        raise _refused(mistakes)
    unknown = [name.strip() for name, field in zip(header, fields, strict=True) if field == UNKNOWN]
    return Roster(tuple(lines), tuple(filter(None, unknown)), _is_unverified(header))


def template() -> str:
    """Return the empty template, as a spreadsheet opens it."""
    return "\ufeff" + ";".join(_columns()["own"]) + "\r\n"


def last_day_under_16(born: date) -> date:
    """Return the day before someone turns 16; who was born on 29 February has a birthday on 1 March."""
    try:
        birthday = born.replace(year=born.year + 16)
    except ValueError:
        birthday = date(born.year + 16, 3, 1)
    return birthday - timedelta(days=1)


def _refused(mistakes: Mistakes) -> FileRefused:
    return FileRefused(f"{len(mistakes)} mistakes", lines=mistakes)


def _text_of(content: str | bytes) -> str:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > MOST_BYTES:
        raise _refused([(0, "too_large")])
    if b"\0" in raw:
        raise _refused([(0, "unreadable")])
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused([(0, "unreadable")])


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the lines that hold something, each with the number of its first line in the file."""
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count), strict=True)
    rows, number = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
            number = reader.line_num + 1
    except csv.Error as error:
        raise _refused([(number, "unreadable")]) from error
    if not rows:
        raise _refused([(0, "empty")])
    return rows


@cache
def _columns() -> dict[str, Any]:
    return read_content("roster_columns")  # type: ignore[no-any-return]


@cache
def _field_of_name() -> dict[str, str]:
    others = [name for source in _columns()["others"].values() for name in source["columns"].items()]
    named = {_plain(name): field for name, field in [*others, *_columns()["own"].items()]}
    return named | {_plain(name): INFIX for name in _columns()["infix"]}


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _fields(header: Sequence[str]) -> list[str]:
    return [_field_of_name().get(_plain(name), UNKNOWN) for name in header]


def _is_unverified(header: Sequence[str]) -> bool:
    own = {_plain(name) for name in _columns()["own"]}
    return any(_plain(name) in _field_of_name() and _plain(name) not in own for name in header)


def _check_columns(fields: list[str], number: int) -> None:
    missing = [(number, f"no_column_{name}") for name in _columns()["needed"] if name not in fields]
    known = [field for field in fields if field != UNKNOWN]
    if len(set(known)) < len(known):
        missing.append((number, "column_twice"))
    if missing:
        raise _refused(missing)


def _values(fields: list[str], cells: Sequence[str]) -> tuple[dict[str, Value], list[str]]:
    """Return what a line says, by field, and the names of what is wrong with it."""
    if len(cells) != len(fields):
        return {}, ["other_cells"]
    # A cell that begins as a formula is a text like any other.
    texts = {
        field: " ".join(cell.split()) for field, cell in zip(fields, cells, strict=True) if field != UNKNOWN
    }
    if not all(text.isprintable() for text in texts.values()):
        return {}, ["hidden_sign"]
    if infix := texts.pop(INFIX, ""):
        texts["surname"] = f"{infix} {texts['surname']}" if texts["surname"] else ""
    values: dict[str, Value] = {}
    wrong = []
    for field, text in texts.items():
        try:
            values[field] = _value(field, text)
        except ValueError:
            wrong.append(field)
    if "level" in values and "leerjaar" in values and not _is_year_of(values):
        wrong.append("leerjaar")
    return _without_birth_date(values), wrong


def _without_birth_date(values: dict[str, Value]) -> dict[str, Value]:
    """Let a birth date say no more than how long someone is under 16; a day that was typed goes first."""
    if BIRTH_DATE not in values:
        return values
    born = values.pop(BIRTH_DATE)
    last = last_day_under_16(born) if isinstance(born, date) else None
    return values | {"under_16_until": values.get("under_16_until") or last}


def _is_year_of(values: Mapping[str, Value]) -> bool:
    year = values["leerjaar"]
    return isinstance(year, int) and 1 <= year <= YEARS_TO_EXAM[str(values["level"])]


def _value(field: str, text: str) -> Value:
    """Return what a cell says, or raise ValueError."""
    if not text:
        if field in _columns()["needed"]:
            raise ValueError(field)
        return None
    if field in LONGEST:
        return _checked(text, len(text) <= LONGEST[field])
    return _OF_FIELD[field](text)


def _leerjaar(text: str) -> int:
    return int(_checked(text, bool(re.fullmatch(r"[1-6]", text))))


def _mail(text: str) -> str:
    return _checked(text, len(text) <= LONGEST_MAIL and is_mail_address(text))


def _region(text: str) -> str:
    return _checked(text.casefold(), text.casefold() in REGIONS)


def _named(text: str, kind: str) -> str:
    known = _columns()[kind]
    return str(known[_checked(text.casefold(), text.casefold() in known)])


def _checked(text: str, is_right: bool) -> str:
    if not is_right:
        raise ValueError("not of its kind")
    return text


def _day_of(text: str, *, is_birth: bool) -> date:
    found = DAY.fullmatch(text)
    if not found:
        raise ValueError("no date")
    day, month, year, *other = found.groups()
    parts = (year, month, day) if year else other
    read = date(*(int(part) for part in parts))
    first = 1900 if is_birth else 1916
    if not first <= read.year <= 2100:
        raise ValueError("not a date of a pupil")
    return read


_OF_FIELD: dict[str, Callable[[str], Value]] = {
    "under_16_until": partial(_day_of, is_birth=False),
    BIRTH_DATE: partial(_day_of, is_birth=True),
    "leerjaar": _leerjaar,
    "mail": _mail,
    "holiday_region": _region,
    "level": partial(_named, kind="levels"),
    "profile": partial(_named, kind="profiles"),
}
