"""Writes the names the engine must find in a message, from the content, to bot/generated/names.json."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guidance.catalogue import read_catalogue
from guidance.content import FOLDER, read_content
from guidance.settings import ROOT

NAMES_FILE = ROOT / "bot" / "generated" / "names.json"
Names = dict[str, list[dict[str, Any]]]


def write_names(file: Path = NAMES_FILE) -> Path:
    """Write the names, the same bytes for the same content."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(all_names(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return file


def all_names() -> Names:
    """Return every name by entity: its value, how it is spelled, and for places how many live there."""
    called = read_content("names_in_chat")
    taught = {programme.subject for programme in read_catalogue()} - set(called["no_subjects"])
    offering = {name for name in institutions() if " / " not in name}
    return {
        "place": place_names(),
        "subject": _named(taught, called["subjects"]),
        "institution": _named(offering, called["institutions"]),
    }


def institutions() -> set[str]:
    """Return the institutions of the catalogue."""
    return {programme.institution for programme in read_catalogue()}


def place_names() -> list[dict[str, Any]]:
    """Return the places; those that share a name are one, with the weight of the largest."""
    places: dict[str, dict[str, Any]] = {}
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            unseen = {"value": row["name"], "spellings": [row["name"]], "weight": 0}
            place = places.setdefault(row["name"], unseen)
            place["weight"] = max(place["weight"], int(row["population"] or 0))
            place["spellings"] += [name for name in row["other_names"].split("|") if name]
    return [place | {"spellings": list(dict.fromkeys(place["spellings"]))} for place in places.values()]


def _named(values: Iterable[str], called: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    return [{"value": value, "spellings": [value, *called.get(value, [])]} for value in sorted(values)]
