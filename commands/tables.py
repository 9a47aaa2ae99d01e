"""Reads and writes the CSV tables of the commands, whole or not at all."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from guidance.errors import UnusableFile


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file; a file that cannot be read is unusable."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnusableFile(f"{path.name}: {type(error).__name__}") from error


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bool:
    """Put the rows in place of the file in one step; return whether anything changed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    if path.exists() and path.read_text(encoding="utf-8") == text.getvalue():
        return False
    beside = path.with_suffix(".new")
    beside.write_text(text.getvalue(), encoding="utf-8")
    os.replace(beside, path)
    return True
