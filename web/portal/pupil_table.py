"""The class list as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from guidance import clock
from guidance.services.pupils import PupilRow
from web.pages import words

COLUMNS = (
    "class_name",
    "first_name",
    "surname",
    "level",
    "leerjaar",
    "profile",
    "exam_year",
    "state",
    "weeks_left",
    "deadline",
    "requested_at",
    "seen_at",
    "discussed_at",
)
# A spreadsheet takes a cell that starts with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[PupilRow]) -> str:
    """Return the rows with a heading; semicolons and a byte order mark, as Dutch spreadsheets expect."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(words("column", name) for name in COLUMNS)
    writer.writerows([plain_cell(value) for value in _values(row)] for row in rows)
    return "\ufeff" + file.getvalue()


def plain_cell(value: object) -> str:
    """Return a cell that a spreadsheet shows as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _values(row: PupilRow) -> list[object]:
    pupil, talk = row.pupil, row.talk
    moments = [talk.requested_at, talk.seen_at, talk.discussed_at] if talk else [None] * 3
    return [
        pupil.class_name,
        pupil.first_name,
        pupil.surname,
        pupil.level,
        pupil.leerjaar,
        pupil.profile,
        pupil.exam_year,
        words("state", row.state),
        row.weeks_left,
        row.on_time.now.deadline.day if row.on_time else None,
        *(_day(moment) for moment in moments),
    ]


def _day(moment: datetime | None) -> object:
    return moment and clock.school_day(moment)
