"""Writes the names the engine must find in a message, from the content, to bot/generated/names.json."""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guidance.catalogue import read_catalogue
from guidance.content import FOLDER, read_content
from guidance.places import spelling
from guidance.settings import ROOT

NAMES_FILE = ROOT / "bot" / "generated" / "names.json"
Names = dict[str, list[dict[str, Any]]]
# The fewest inhabitants a municipality's centre counts for.
CENTRE = 5_000
# The source has numbers for some municipalities.
AREA = re.compile(r"[A-ZÀ-Þ'][A-Za-zÀ-ÿ' -]+\w")
# Shorter names with an ending behind them are near other words: groenlessen, proeflessen.
SINGLE_WORD = re.compile(r"\w{6,}")
# Shorter forms of a province stand for too much else.
LETTERS = 4


def write_names(file: Path = NAMES_FILE) -> Path:
    """Write the names, the same bytes for the same content; who reads the file meanwhile finds it whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    new.write_text(json.dumps(all_names(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return new.replace(file)


def all_names() -> Names:
    """Return every name by entity: its value, how it is spelled, and for places how many live there."""
    called = read_content("names_in_chat")
    taught = {programme.subject for programme in read_catalogue()} - set(called["no_subjects"])
    offering = {name for name in institutions() if " / " not in name}
    return {
        "place": place_names(),
        "subject": [_subject(value, called) for value in sorted(taught | {*called["subjects"]})],
        "institution": _named(offering, called["institutions"]),
    }


def institutions() -> set[str]:
    """Return the institutions of the catalogue."""
    return {programme.institution for programme in read_catalogue()}


def place_names() -> list[dict[str, Any]]:
    """Return the places; those that share a name are one, with the weight of the largest."""
    places: dict[str, dict[str, Any]] = {}
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # The largest of a name first: the second names of a hamlet are not those of the town.
    for row in sorted(rows, key=_weight, reverse=True):
        also = row["other_names"].split("|") if row["name"] not in places else []
        place = places.setdefault(row["name"], _place(row["name"], _weight(row)))
        place["spellings"] += [name for name in also if name]
    taken = {spelling(text) for place in places.values() for text in place["spellings"]}
    places |= {area["value"]: area for area in _areas(rows) if spelling(area["value"]) not in taken}
    return [
        place | {"spellings": list(dict.fromkeys([*place["spellings"], *_shortened(place["value"])]))}
        for place in places.values()
    ]


def _place(name: str, weight: int = 0) -> dict[str, Any]:
    return {"value": name, "spellings": [name], "weight": weight}


def _weight(row: Mapping[str, str]) -> int:
    """Return the inhabitants; who names a municipality is its centre, whatever the source counts there."""
    return max(int(row["population"] or 0), CENTRE if row["name"] == row["municipality"] else 0)


def _areas(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return municipalities and provinces: an island, a polder; none has a place of its name."""
    people: Counter[str] = Counter()
    for row in rows:
        people.update(dict.fromkeys((row["municipality"], row["province"]), int(row["population"] or 0)))
    areas = [_place(name, people[name]) for name in people if people[name] and AREA.fullmatch(name)]
    provinces = read_content("place_names")["provinces"]
    for area in areas:
        area["spellings"] += [name for name in provinces.get(area["value"], []) if len(name) > LETTERS]
    return areas


def _shortened(name: str) -> list[str]:
    """Return a long name as it is written in haste: capelle ad ijssel."""
    rules = read_content("names_in_chat")["in_haste"]
    return [short for before, after in rules for short in [re.sub(before, after, name)] if short != name]


def _subject(value: str, called: Mapping[str, Any]) -> dict[str, Any]:
    """Return a subject with its short names behind a teacher, and with the words it makes with one."""
    names = [value, *called["subjects"].get(value, [])]
    short = called["short"].get(value, [])
    behind = [f"{before} {one}" for one in short for before in called["before_short"]]
    words = [name for name in names if SINGLE_WORD.fullmatch(name)]
    ended = [f"{word}{ending}" for word in words for ending in called["endings"]]
    return {"value": value, "spellings": list(dict.fromkeys([*names, *behind, *ended]))}


def _named(values: Iterable[str], called: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    return [{"value": value, "spellings": [value, *called.get(value, [])]} for value in sorted(values)]
