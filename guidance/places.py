"""Home of places: finds the place a pupil means, by name, village, municipality or postcode."""

import re
from collections.abc import Iterable
from math import log10

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from guidance.content import read_content
from guidance.distance import TOWN_INHABITANTS
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.place_index import Place as Place
from guidance.place_index import all_places as all_places
from guidance.place_index import (
    municipalities_by_key,
    place_key,
    places_by_key,
    postcode_rows,
    provinces_by_key,
    towns_by_key,
)
from guidance.place_index import spelling as spelling
from guidance.visible import visible

POSTCODE = re.compile(r"^([0-9]{4})\s*([a-z]{2})?$", re.IGNORECASE)
AREA = re.compile(r"^(?:gemeente|gem\.?)\s+", re.IGNORECASE)
QUALIFIED = re.compile(r"^(?P<name>.+?)\s*(?:\((?P<within>[^)]+)\)|,\s*(?P<after>.+))$")
HAMLET_INHABITANTS = 500
LIKELY_SCORE = 70
MOST_SUGGESTIONS = 3
FAR_BEHIND = 12


def find_place(text: str) -> Place:
    """Return the place meant by a name or postcode; raises UnknownPlace or AmbiguousPlace."""
    words = " ".join(visible(text).split())
    if digits := four_digits(words):
        return _place_of_postcode(digits)
    if AREA.match(words):
        area = AREA.sub("", words)
        return _the_one(list(municipalities_by_key().get(place_key(area), ())), area)
    if province := provinces_by_key().get(spelling(words)):
        return province
    for name, within in _readings(words):
        found = [place for place in _named(name) if _lies_in(place, within)]
        # With a province behind it, a name is meant as it stands.
        exact = [place for place in found if place_key(str(place)) == place_key(name)] if within else []
        if found:
            return _the_one(_without_doubles(exact or found), "" if within else words)
    return _the_one([], words)


def is_known(text: str) -> bool:
    """Tell whether a text is the name of a place, or of several."""
    try:
        return bool(find_place(text))
    except AmbiguousPlace:
        return True
    except UnknownPlace:
        return False


def place_meant(typed: str, guess: str) -> str:
    """Return what to look up: a guess at misspelt words if the words would be asked back with it."""
    try:
        find_place(typed)
    except UnknownPlace as error:
        offered = error.suggestions
    except AmbiguousPlace as error:
        offered = error.choices
    else:
        return typed
    return guess if spelling(guess) in {spelling(one.split(" (")[0]) for one in offered} else typed


def four_digits(text: str) -> str | None:
    """Return the four digits of a postcode, when the text is one, with or without its letters."""
    postcode = POSTCODE.match(" ".join(visible(text).split()))
    return postcode.group(1) if postcode else None


def near_spellings(text: str) -> list[str]:
    """Return names of places spelled nearly so, likeliest first; larger places win a draw."""
    scored = process.extract(
        place_key(text), places_by_key().keys(), scorer=fuzz.ratio, score_cutoff=LIKELY_SCORE, limit=40
    )
    best: dict[str, float] = {}
    for found, score, _ in scored:
        for place in places_by_key()[found]:
            best[place.name] = max(best.get(place.name, 0), score + 2 * log10(place.inhabitants + 1))
    likely = [name for name, score in best.items() if score >= max(best.values()) - FAR_BEHIND]
    return sorted(likely, key=lambda name: (-best[name], name))[:MOST_SUGGESTIONS]


def _readings(words: str) -> Iterable[tuple[str, list[str]]]:
    """Yield the ways to read the words: as a name with what lies around it, or as one name."""
    if qualified := QUALIFIED.match(words):
        within = qualified["within"] or qualified["after"]
        yield qualified["name"], [part.strip() for part in within.split(",")]
    yield words, []
    parts = words.split()
    for split in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[:split]), [" ".join(parts[split:])]


def _named(name: str) -> list[Place]:
    """Return the places of this name; a town known by it, and a municipality elsewhere, count too."""
    key = place_key(name)
    found = places_by_key().get(key, ())
    own = [place for place in found if place_key(place.name) == key]
    known_as = [place for place in found if place_key(place.name) != key]
    if not own:
        return known_as or list(municipalities_by_key().get(key, ()))
    here = {(place.municipality, place.province) for place in own}
    # A village may take a name from a hamlet, only a town from a village: "De Jouwer" is mostly Joure.
    least = TOWN_INHABITANTS if any(map(_is_more_than_a_hamlet, own)) else HAMLET_INHABITANTS
    larger = [place for place in known_as if place.inhabitants >= least]
    return own + [
        one
        for one in (*larger, *municipalities_by_key().get(key, ()))
        if (one.municipality, one.province) not in here
    ]


def _the_one(found: list[Place], typed: str) -> Place:
    """Return the town clearly meant, or the only place; hamlets without a postcode do not make it unclear.

    Without a province typed, a hamlet or a second name may be a slip in the name of a town.
    """
    if not found:
        raise UnknownPlace("no such place", suggestions=near_spellings(typed))
    largest = max(found, key=lambda place: place.inhabitants)
    others = [place for place in found if place is not largest]
    slips = _towns_nearly_spelled(typed, largest)
    if slips or any(map(_is_more_than_a_hamlet, others)):
        raise AmbiguousPlace(f"{len(found)} places", choices=_labels([*slips, *found]))
    if others and largest.inhabitants < TOWN_INHABITANTS:
        raise AmbiguousPlace(f"{len(found)} places", choices=_labels(found))
    return largest


def _towns_nearly_spelled(typed: str, place: Place) -> list[Place]:
    """Return the towns one letter away from what was typed, unless that is surely a place itself."""
    key = place_key(typed)
    is_sure = place.inhabitants >= TOWN_INHABITANTS or (
        place_key(str(place)) == key and _is_more_than_a_hamlet(place)
    )
    if is_sure or not key:
        return []
    return [town for name, town in towns_by_key().items() if OSA.distance(name, key, score_cutoff=1) <= 1]


def _without_doubles(found: list[Place]) -> list[Place]:
    smallest_first = sorted(found, key=lambda place: place.inhabitants)
    kept = {(place_key(str(place)), place.province, place.municipality): place for place in smallest_first}
    return list(kept.values())


def _is_more_than_a_hamlet(place: Place) -> bool:
    return place.has_postcode or place.inhabitants >= HAMLET_INHABITANTS or place.name == place.municipality


def _labels(found: list[Place]) -> list[str]:
    """Return names that tell the places apart, each of which can be found again."""
    ordered = sorted(found, key=lambda place: (-place.inhabitants, place.province, place.municipality))
    ways = [(place_key(str(place)), place.province) for place in ordered]
    return [
        f"{place} ({place.province})"
        if ways.count((place_key(str(place)), place.province)) == 1
        else f"{place} ({place.municipality}, {place.province})"
        for place in ordered
    ]


def _lies_in(place: Place, areas: list[str]) -> bool:
    """Tell whether a place lies in a municipality and a province, or in the one of them that is given."""
    municipality = spelling(place.municipality)
    short = read_content("place_names")["provinces"].get(place.province, [])
    province = {spelling(name) for name in (place.province, *short)}
    asked = [spelling(AREA.sub("", area)) for area in areas]
    if len(asked) > 1:
        return asked[0] == municipality and asked[1] in province
    return all(area in province | {municipality} for area in asked)


def _place_of_postcode(pc4: str) -> Place:
    row = postcode_rows().get(pc4)
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
