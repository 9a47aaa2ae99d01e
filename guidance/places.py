"""Home of places: finds the place a pupil means, by name, village, municipality or postcode."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from math import log10

from rapidfuzz import fuzz, process

from guidance.content import FOLDER, read_content
from guidance.distance import TOWN_INHABITANTS, Point, default_radius_km
from guidance.errors import AmbiguousPlace, UnknownPlace

POSTCODE = re.compile(r"^(\d{4})\s*([a-z]{2})?$", re.IGNORECASE)
QUALIFIED = re.compile(r"^(?P<name>.+?)\s*(?:\((?P<within>[^)]+)\)|,\s*(?P<after>.+))$")
HAMLET_INHABITANTS = 500
LIKELY_SCORE = 70
# Shorter forms of a province only count behind a name: "bergen nh".
SHORTEST_PROVINCE = 4
MOST_SUGGESTIONS = 3
FAR_BEHIND = 12


@dataclass(frozen=True)
class Place:
    """A place in the tables; inhabitants is 0 where the source does not say."""

    name: str
    province: str
    municipality: str
    point: Point
    inhabitants: int = 0
    has_postcode: bool = False
    other_names: tuple[str, ...] = ()
    label: str = ""

    @property
    def radius_km(self) -> int:
        return default_radius_km(self.inhabitants)

    def __str__(self) -> str:
        return self.label or self.name


def find_place(text: str) -> Place:
    """Return the place meant by a name or postcode; raises UnknownPlace or AmbiguousPlace."""
    words = " ".join(text.split())
    if postcode := POSTCODE.match(words):
        return _place_of_postcode(postcode.group(1))
    if province := _provinces().get(spelling(words)):
        return province
    for name, within in _readings(words):
        found = [place for place in _named(name) if _lies_in(place, within)]
        if found:
            return _the_one(_without_doubles(found))
    raise UnknownPlace("no such place", suggestions=near_spellings(words))


def near_spellings(text: str) -> list[str]:
    """Return names of places spelled nearly so, likeliest first; larger places win a draw."""
    scored = process.extract(
        spelling(text), _by_spelling().keys(), scorer=fuzz.ratio, score_cutoff=LIKELY_SCORE, limit=40
    )
    best: dict[str, float] = {}
    for found, score, _ in scored:
        for place in _by_spelling()[found]:
            best[place.name] = max(best.get(place.name, 0), score + 2 * log10(place.inhabitants + 1))
    likely = [name for name, score in best.items() if score >= max(best.values()) - FAR_BEHIND]
    return sorted(likely, key=lambda name: (-best[name], name))[:MOST_SUGGESTIONS]


def spelling(text: str) -> str:
    """Return a name without case, accents, spaces and signs, so that 's-Hertogenbosch has one spelling."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


@cache
def all_places() -> tuple[Place, ...]:
    """Return every place of the table, in its order."""
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_place_of_row(row) for row in csv.DictReader(file))


@cache
def _by_spelling() -> dict[str, tuple[Place, ...]]:
    index: dict[str, dict[Place, None]] = {}
    for place in all_places():
        for name in (place.name, *place.other_names):
            index.setdefault(spelling(name), {})[place] = None
    return {key: tuple(places) for key, places in index.items() if key}


@cache
def _by_municipality() -> dict[str, Place]:
    largest: dict[str, Place] = {}
    for place in all_places():
        key = spelling(place.municipality)
        if key and (key not in largest or place.inhabitants > largest[key].inhabitants):
            largest[key] = place
    return {key: replace(place, label=place.municipality) for key, place in largest.items()}


@cache
def _provinces() -> dict[str, Place]:
    """Return the provinces whose name is not that of a town, each at the middle of where people live."""
    found: dict[str, Place] = {}
    names = read_content("place_names")
    for province, short in names["provinces"].items():
        places = [place for place in all_places() if place.province == province and place.inhabitants]
        if any(place.name == province for place in places):
            continue
        label = names["middle_of"].format(province=province)
        middle = Place(province, province, "", _middle(places), label=label)
        found |= {spelling(name): middle for name in (province, *short) if len(name) > SHORTEST_PROVINCE}
    return found


def _middle(places: list[Place]) -> Point:
    people = sum(place.inhabitants for place in places)
    lat = sum(place.point[0] * place.inhabitants for place in places) / people
    lon = sum(place.point[1] * place.inhabitants for place in places) / people
    return lat, lon


@cache
def _postcodes() -> dict[str, dict[str, str]]:
    with (FOLDER / "pc4.csv").open(encoding="utf-8", newline="") as file:
        return {row["pc4"]: row for row in csv.DictReader(file)}


def _readings(words: str) -> Iterable[tuple[str, list[str]]]:
    """Yield the ways to read the words: as one name, then as a name with a province or municipality."""
    yield words, []
    if qualified := QUALIFIED.match(words):
        within = qualified["within"] or qualified["after"]
        yield qualified["name"], [part.strip() for part in within.split(",")]
    parts = words.split()
    for split in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[:split]), [" ".join(parts[split:])]


def _named(name: str) -> list[Place]:
    """Return the places of this name; a town known by this shorter name counts too."""
    key = spelling(name)
    found = _by_spelling().get(key, ())
    own = [place for place in found if spelling(place.name) == key]
    known_as = [place for place in found if spelling(place.name) != key]
    if own:
        here = {place.municipality for place in own}
        towns = [place for place in known_as if place.inhabitants >= TOWN_INHABITANTS]
        return own + [town for town in towns if town.municipality not in here]
    return known_as or [place for place in (_by_municipality().get(key),) if place]


def _the_one(found: list[Place]) -> Place:
    """Return the town clearly meant, or the only place; hamlets without a postcode do not make it unclear."""
    largest = max(found, key=lambda place: place.inhabitants)
    others = [place for place in found if place is not largest]
    if not any(map(_is_more_than_a_hamlet, others)) and (
        largest.inhabitants >= TOWN_INHABITANTS or not others
    ):
        return largest
    raise AmbiguousPlace(f"{len(found)} places", choices=_labels(found))


def _without_doubles(found: list[Place]) -> list[Place]:
    smallest_first = sorted(found, key=lambda place: place.inhabitants)
    kept = {(spelling(place.name), place.province, place.municipality): place for place in smallest_first}
    return list(kept.values())


def _is_more_than_a_hamlet(place: Place) -> bool:
    return place.has_postcode or place.inhabitants >= HAMLET_INHABITANTS or place.name == place.municipality


def _labels(found: list[Place]) -> list[str]:
    """Return names that tell the places apart, each of which can be found again."""
    ordered = sorted(found, key=lambda place: (-place.inhabitants, place.province, place.municipality))
    ways = [(spelling(place.name), place.province) for place in ordered]
    return [
        f"{place.name} ({place.province})"
        if ways.count((spelling(place.name), place.province)) == 1
        else f"{place.name} ({place.municipality}, {place.province})"
        for place in ordered
    ]


def _lies_in(place: Place, areas: list[str]) -> bool:
    """Tell whether a place lies in a municipality and a province, or in the one of them that is given."""
    municipality = spelling(place.municipality)
    short = read_content("place_names")["provinces"].get(place.province, [])
    province = {spelling(name) for name in (place.province, *short)}
    asked = [spelling(area.removeprefix("gemeente ").removeprefix("gem ")) for area in areas]
    if len(asked) > 1:
        return asked[0] == municipality and asked[1] in province
    return all(area in province | {municipality} for area in asked)


def _place_of_postcode(pc4: str) -> Place:
    row = _postcodes().get(pc4)
    if row is None:
        raise UnknownPlace("no such postcode", suggestions=[])
    homes = [place for place in _named(row["place"]) if place.municipality == row["municipality"]]
    inhabitants = max((place.inhabitants for place in homes), default=0)
    return Place(
        row["place"],
        row["province"],
        row["municipality"],
        (float(row["lat"]), float(row["lon"])),
        inhabitants,
        has_postcode=True,
        label=f"{pc4} {row['place']}",
    )


def _place_of_row(row: dict[str, str]) -> Place:
    return Place(
        row["name"],
        row["province"],
        row["municipality"],
        (float(row["lat"]), float(row["lon"])),
        int(row["population"]),
        row["postal"] == "1",
        tuple(row["other_names"].split("|")) if row["other_names"] else (),
    )
