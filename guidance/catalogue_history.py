"""Home of the refreshed catalogue on disk: put in place in one step, every earlier version kept."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from guidance.catalogue import COLUMNS, SHIPPED, Programme, catalogue_in_use, row_of
from guidance.clock import AMSTERDAM
from guidance.errors import UnusableFile

HISTORY, MANIFEST = "history", "manifest.jsonl"


def put_in_place(folder: Path, programmes: Iterable[Programme], *, now: datetime) -> Path:
    """Make these programmes the catalogue in use; the one before stays in the history."""
    history = folder / HISTORY
    history.mkdir(parents=True, exist_ok=True)
    if not list_versions(folder):
        _note(folder, "shipped", catalogue_in_use().read_bytes(), now)
    made = _table(programmes)
    _note(folder, f"{now.astimezone(AMSTERDAM):%Y-%m-%dT%H%M%S}", made, now)
    return _replace(folder / SHIPPED.name, made)


def restore(folder: Path, version: str) -> Path:
    """Make an earlier version the catalogue in use again, or raise UnusableFile when there is none such."""
    kept = folder / HISTORY / f"{version}.csv"
    if version not in list_versions(folder) or not kept.exists():
        raise UnusableFile(f"no version {version}; known: {', '.join(list_versions(folder)) or 'none'}")
    return _replace(folder / SHIPPED.name, kept.read_bytes())


def list_versions(folder: Path) -> list[str]:
    """Return the names of the versions that were in use, oldest first."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return []
    lines = manifest.read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(str(json.loads(line)["version"]) for line in lines))


def _note(folder: Path, version: str, made: bytes, now: datetime) -> None:
    _replace(folder / HISTORY / f"{version}.csv", made)
    told = {
        "version": version,
        "at": now.isoformat(),
        "programmes": made.count(b"\n") - 1,
        "sha256": hashlib.sha256(made).hexdigest(),
    }
    with (folder / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(json.dumps(told) + "\n")


def _table(programmes: Iterable[Programme]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(row_of, programmes))
    return text.getvalue().encode()


def _replace(path: Path, content: bytes) -> Path:
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path
