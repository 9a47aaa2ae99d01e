"""What is kept about a pupil, in words: tables get a heading, columns a label, values a reader's form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from guidance import wording
from guidance.dutch_dates import plain_day
from guidance.instruments import Instrument, Item, shipped_instruments
from guidance.saved_programme_replies import search_in_words
from guidance.services.privacy import Rows
from web.pages import words


@dataclass(frozen=True)
class Section:
    """What is kept of one kind; a row without anything to read has no lines."""

    name: str
    title: str
    count: int
    rows: tuple[tuple[tuple[str, str], ...], ...]


def sections_of(kept: Mapping[str, Rows]) -> list[Section]:
    """Return what is kept, without the kinds of which there is nothing."""
    return [_section(name, rows) for name, rows in kept.items() if rows]


def _section(name: str, rows: Rows) -> Section:
    lines = (tuple(_lines(row)) for row in rows)
    title = wording.render(f"privacy.tables.{name}")
    return Section(name, title, len(rows), tuple(line for line in lines if line))


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield label and text of the columns that say something to a reader; the download has them all."""
    for column, value in row.items():
        if column == "programme" and row.get("name"):
            # The name says more than the key.
            continue
        label, text = words("own_column", column), _of_check_in(column, row) or _text(column, value)
        if label and text:
            yield label, text


def _of_check_in(column: str, row: Mapping[str, Any]) -> str:
    """Return the question for the id of an item, and the word of its scale for a value."""
    instrument, item = _items().get(str(row.get("item")), (None, None))
    if instrument is None or item is None:
        return ""
    return {"item": item.text, "value": dict(instrument.scale).get(row.get("value") or 0, "")}.get(column, "")


@cache
def _items() -> dict[str, tuple[Instrument, Item]]:
    return {item.id: (instrument, item) for instrument in shipped_instruments() for item in instrument.items}


def _text(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return words("yes_or_no", value)
    if column == "query" and value:
        return search_in_words(value)
    if isinstance(value, list):
        return " ".join(_said(part) for part in value)
    if column.endswith("_at") and value:
        return plain_day(datetime.fromisoformat(value))
    if column.endswith(("_on", "_until")) and value:
        return plain_day(date.fromisoformat(value))
    return "" if value is None else words("own_value", str(value))


def _said(part: Any) -> str:
    return str(part.get("text", "")) if isinstance(part, dict) else str(part)
