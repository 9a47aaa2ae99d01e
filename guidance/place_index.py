"""Home of the place tables in memory: every place, and what is found by a spelling, a name or four digits."""

import csv
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from guidance.content import FOLDER, read_content
from guidance.distance import TOWN_INHABITANTS, Point, default_radius_km
from guidance.visible import visible

SAINT = re.compile(r"^(?:st|sint)\b[. -]*", re.IGNORECASE)
# Shorter forms of a province only count behind a name: "bergen nh".
SHORTEST_PROVINCE = 4


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


def spelling(text: str) -> str:
    """Return a name without case, accents, spaces and signs, so that 's-Hertogenbosch has one spelling."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def place_key(name: str) -> str:
    """Return the spelling of a place, one for "Sint Anthonis", "St. Anthonis" and "st anthonis"."""
    return spelling(SAINT.sub("sint ", visible(name).strip()))


@cache
def all_places() -> tuple[Place, ...]:
    """Return every place of the table, in its order."""
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_place_of_row(row) for row in csv.DictReader(file))


@cache
def places_by_key() -> dict[str, tuple[Place, ...]]:
    index: dict[str, dict[Place, None]] = {}
    for place in all_places():
        for name in (place.name, *place.other_names):
            index.setdefault(place_key(name), {})[place] = None
    return {key: tuple(places) for key, places in index.items() if key}


@cache
def municipalities_by_key() -> dict[str, tuple[Place, ...]]:
    """Return the municipalities of a spelling, each at its largest place."""
    largest: dict[tuple[str, str], Place] = {}
    for place in all_places():
        area = (place.municipality, place.province)
        if area not in largest or place.inhabitants > largest[area].inhabitants:
            largest[area] = place
    index: dict[str, list[Place]] = {}
    for (municipality, _), place in largest.items():
        index.setdefault(place_key(municipality), []).append(replace(place, label=municipality))
    return {key: tuple(places) for key, places in index.items() if key}


@cache
def towns_by_key() -> dict[str, Place]:
    return {place_key(place.name): place for place in all_places() if place.inhabitants >= TOWN_INHABITANTS}


@cache
def provinces_by_key() -> dict[str, Place]:
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
def postcode_rows() -> dict[str, dict[str, str]]:
    with (FOLDER / "pc4.csv").open(encoding="utf-8", newline="") as file:
        return {row["pc4"]: row for row in csv.DictReader(file)}


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
