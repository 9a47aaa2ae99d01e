"""Builds the two place tables of the content from the GeoNames tables: pure rules, no files."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from guidance.errors import UnusableFile

Row = Mapping[str, str]

PLACE_COLUMNS = ("name", "province", "municipality", "lat", "lon", "population", "postal", "other_names")
POSTCODE_COLUMNS = ("pc4", "place", "municipality", "province", "lat", "lon")
NEEDED_OF_PLACES = {"name", "province", "municipality", "lat", "lon", "population", "alternatenames"}
NEEDED_OF_POSTCODES = set(POSTCODE_COLUMNS)

# Other scripts and airport codes help nobody here, and lower-case rows are transliterations.
READABLE = re.compile(r"^['’A-ZÀ-Þ][A-Za-zÀ-ÿ'’ ./()-]*$")
MOST_OTHER_NAMES = 12
# The postcode table tells twins apart by a province behind the name: "Bergen (NH)", "Bergen L".
TWIN = re.compile(r"^(.+?) \(?(?:NH|ZH|NB|L|LB|GLD|OV|UT|FR|DR|GR|GN|Z|ZLD)\)?$", re.IGNORECASE)


def demand_columns(rows: list[dict[str, str]], needed: set[str], *, file: str) -> None:
    """Refuse a table without rows or with a column missing; the detail names what is missing."""
    missing = needed - set(rows[0] if rows else {})
    if missing:
        raise UnusableFile(f"{file}: missing columns {', '.join(sorted(missing))}")


def place_rows(
    places: Iterable[Row], postcodes: Iterable[Row], names: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return one row a place: doubles folded; `postal` = 1 with a postcode of its own."""
    same = names["same_place"]
    with_postcode = {(same.get(row["place"], row["place"]), _municipality(row, names)) for row in postcodes}
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for source in places:
        row = _place_row(source, with_postcode, names)
        if row is None:
            continue
        key = (row["name"], row["province"], row["municipality"])
        found[key] = _fold(found[key], row) if key in found else row
    _fold_twins(found)
    return [found[key] for key in sorted(found)]


def postcode_rows(postcodes: Iterable[Row], names: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return one row a 4-digit postcode that has a position, in order."""
    same = names["same_place"]
    rows = [
        {column: row[column] for column in POSTCODE_COLUMNS}
        | {"place": same.get(row["place"], row["place"]), "municipality": _municipality(row, names)}
        for row in postcodes
        if row["lat"] and row["lon"]
    ]
    return sorted(rows, key=lambda row: row["pc4"])


def _fold(row: dict[str, str], double: dict[str, str]) -> dict[str, str]:
    most = max(row, double, key=lambda one: int(one["population"]))
    return most | {"postal": max(row["postal"], double["postal"])}


def _fold_twins(found: dict[tuple[str, str, str], dict[str, str]]) -> None:
    """Fold "Bergen L" into the Bergen of the same municipality, so that a place has one row."""
    for name, province, municipality in list(found):
        twin = TWIN.match(name)
        whole = (twin.group(1), province, municipality) if twin else None
        if whole in found:
            double = found.pop((name, province, municipality))
            found[whole] = _fold(found[whole], double)
            names = [*found[whole]["other_names"].split("|"), name]
            found[whole]["other_names"] = "|".join(dict.fromkeys(filter(None, names)))


def _place_row(
    source: Row, with_postcode: set[tuple[str, str]], names: Mapping[str, Any]
) -> dict[str, str] | None:
    name = source["name"]
    if name in names["same_place"] or not source["province"] or not source["lat"]:
        return None
    called = names["called"].get(name, name)
    municipality = _municipality(source, names)
    postal = {(name, municipality), (called, municipality)} & with_postcode
    return {
        "name": called,
        "province": source["province"],
        "municipality": municipality,
        "lat": source["lat"],
        "lon": source["lon"],
        "population": source["population"] or "0",
        "postal": "1" if postal else "0",
        "other_names": "|".join(_other_names(source, called, names)),
    }


def _municipality(row: Row, names: Mapping[str, Any]) -> str:
    name = row["municipality"].strip()
    return str(names["municipalities"].get(name, name))


def _other_names(source: Row, called: str, names: Mapping[str, Any]) -> list[str]:
    own = [
        name
        for entry in names["also"]
        if (entry["name"], entry["province"]) == (called, source["province"])
        for name in entry["names"]
    ]
    readable = [name.strip() for name in source["alternatenames"].split(",")]
    readable = [name for name in readable if READABLE.match(name) and not (name.isupper() and len(name) < 5)]
    others = dict.fromkeys(own + readable + ([source["name"]] if called != source["name"] else []))
    return [name for name in others if name != called][:MOST_OTHER_NAMES]
