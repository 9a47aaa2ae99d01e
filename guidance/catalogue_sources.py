"""Reads DUO's tables for the catalogue: licences, offers and enrolment, as plain values."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guidance.place_tables import Row

LICENCE_COLUMNS = {
    "INSTELLINGSCODE",
    "INSTELLINGSNAAM",
    "GEMEENTENAAM",
    "PLAATSNAAM",
    "ERKENDEOPLEIDINGSCODE",
    "INSTROOM_EINDDATUM",
    "OPLEIDINGSEENHEIDCODE",
    "OPLEIDINGSEENHEID_NAAM",
    "NIVEAU",
    "VORM",
    "ONDERDEEL",
    "BEKOSTIGINGSCODE",
    "VESTIGINGSLICENTIE_EINDDATUM",
    "ACCREDITATIE_BESLUITDATUM",
}
OFFER_COLUMNS = {
    "ONDERWIJSBESTUURID",
    "OPLEIDINGSEENHEIDCODE",
    "ERKENDEOPLEIDINGSCODE",
    "VARIANT_VAN",
    "NAAM_LANG",
    "EIGENNAAM",
    "NIVEAU",
    "PENVOERDER",
    "VORM",
    "LAATSTE_INSTROOMDATUM",
    "AANGEBODEN_OPLEIDING_EINDDATUM",
    "WEBSITE",
    "STUDIEKEUZECHECK",
    "ONDERWIJSLOCATIEPLAATS",
}
ENROLMENT_COLUMNS = {
    "STUDIEJAAR",
    "GEMEENTENAAM",
    "TYPE_HOGER_ONDERWIJS",
    "INSTELLINGSCODE_ACTUEEL",
    "SUBONDERDEEL",
    "OPLEIDINGSVORM",
}
ROUTE_COLUMNS = {"university", "hogeschool", "city", "name", "source", "confidence"}

TWIN_SIGN = re.compile(r" (gld|nb|nh|zh|lb|l|ov|ut)$")
FORM_OF = {"VT": "voltijd", "DT": "deeltijd", "DU": "duaal"}
LEVEL_OF = {"bachelor": "HBO-BA", "associate degree": "HBO-AD", "master": "HBO-MA"}
CHECK_OF = {
    "STUDIEKEUZE_CHECK_VERPLICHT": "verplicht",
    "STUDIEKEUZE_CHECK_VAN_TOEPASSING": "ja",
    "GEEN_STUDIEKEUZE_CHECK": "nee",
}

Group = tuple[str, str, str, str]
"""Institution, municipality, level and sub-sector: the finest grain of the enrolment tables."""


@dataclass(frozen=True)
class Offer:
    """A programme as its institution publishes it in DUO's overview; the city may be missing."""

    city: str
    form: str
    is_open: bool
    website: str
    check: str


@dataclass
class Licence:
    """What an institution may teach in one city, all forms together."""

    brin: str
    institution: str
    city: str
    municipality: str
    isat: str
    name: str
    level: str
    sector: str
    forms: set[str] = field(default_factory=set)
    open_forms: set[str] = field(default_factory=set)
    is_private: bool = True


def city_key(name: str) -> str:
    """Return a city name in one spelling: DUO writes EDE GLD and 'S-GRAVENHAGE."""
    return TWIN_SIGN.sub("", name.casefold().strip()).replace("'s-gravenhage", "den haag")


def newest_decision(licences: Iterable[Row]) -> str:
    """Return the date of the register: that of its newest decision, as the file itself carries no other."""
    return max((row["ACCREDITATIE_BESLUITDATUM"] for row in licences), default="")


def licences_of(rows: Iterable[Row], *, day: str) -> list[Licence]:
    """Return one licence a programme and city; a form is open when one can still start after the day."""
    known: dict[tuple[str, str, str], Licence] = {}
    for row in rows:
        key = (row["INSTELLINGSCODE"], city_key(row["PLAATSNAAM"]), row["ERKENDEOPLEIDINGSCODE"])
        licence = known.setdefault(key, _new_licence(row))
        licence.forms.add(row["VORM"].casefold())
        licence.is_private &= row["BEKOSTIGINGSCODE"] == "NIET_BEKOSTIGD"
        ends = [
            row[column] for column in ("INSTROOM_EINDDATUM", "VESTIGINGSLICENTIE_EINDDATUM") if row[column]
        ]
        if all(end > day for end in ends):
            licence.open_forms.add(row["VORM"].casefold())
    return [known[key] for key in sorted(known)]


def offers_of(
    rows: list[dict[str, str]], licences: Iterable[Row], *, day: str
) -> dict[tuple[str, str], list[Offer]]:
    """Return the published offers by institution and programme; a variant counts for its programme."""
    brin_of_unit = {row["OPLEIDINGSEENHEIDCODE"]: row["INSTELLINGSCODE"] for row in licences}
    brins_of_board: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["OPLEIDINGSEENHEIDCODE"] in brin_of_unit:
            board = (row["ONDERWIJSBESTUURID"], row["ERKENDEOPLEIDINGSCODE"])
            brins_of_board[board].add(brin_of_unit[row["OPLEIDINGSEENHEIDCODE"]])
    offers: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    for row in rows:
        isat = row["ERKENDEOPLEIDINGSCODE"] or row["VARIANT_VAN"]
        own = brin_of_unit.get(row["OPLEIDINGSEENHEIDCODE"])
        for brin in {own} if own else brins_of_board[row["ONDERWIJSBESTUURID"], isat]:
            if row["VORM"]:
                offers[brin, isat].append(offer_of(row, day=day))
    return offers


def offer_of(row: Row, *, day: str) -> Offer:
    """Return a row of the overview as an offer."""
    ends = [
        row[column] for column in ("LAATSTE_INSTROOMDATUM", "AANGEBODEN_OPLEIDING_EINDDATUM") if row[column]
    ]
    return Offer(
        city_key(row["ONDERWIJSLOCATIEPLAATS"]),
        row["VORM"].casefold(),
        all(end >= day for end in ends),
        row["WEBSITE"],
        CHECK_OF.get(row["STUDIEKEUZECHECK"], ""),
    )


def enrolment_of(rows: Iterable[Row], count_column: str) -> tuple[str, dict[Group, Counter[str]]]:
    """Return the newest year of the table, and its students by group and form."""
    rows = list(rows)
    year = max((row["STUDIEJAAR"] for row in rows), default="")
    counts: dict[Group, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["STUDIEJAAR"] == year:
            by_form, form = counts[_group_of(row)], FORM_OF.get(row["OPLEIDINGSVORM"], "")
            by_form[form] = _together(by_form[form], int(row[count_column]))
    return year, counts


def _together(one: int, other: int) -> int:
    # -1 stands for one to four: present, but neither that nor a sum with it is to be told.
    return one + other if min(one, other) >= 0 else -(abs(one) + abs(other))


def group_of(licence: Licence, sub_sectors: Mapping[str, str]) -> Group:
    """Return the group of the enrolment tables in which the students of a licence are counted."""
    whole_sector = f"n.v.t. ({licence.sector.casefold().replace('_', ' ')})"
    sub_sector = (
        sub_sectors.get(licence.isat, whole_sector) if licence.sector == "ONDERWIJS" else whole_sector
    )
    return (licence.brin, city_key(licence.municipality), licence.level, sub_sector)


def _group_of(row: Row) -> Group:
    level = LEVEL_OF.get(row["TYPE_HOGER_ONDERWIJS"], "")
    return (row["INSTELLINGSCODE_ACTUEEL"], city_key(row["GEMEENTENAAM"]), level, row["SUBONDERDEEL"])


def _new_licence(row: Row) -> Licence:
    return Licence(
        row["INSTELLINGSCODE"],
        row["INSTELLINGSNAAM"].removeprefix("Stichting "),
        row["PLAATSNAAM"],
        row["GEMEENTENAAM"],
        row["ERKENDEOPLEIDINGSCODE"],
        row["OPLEIDINGSEENHEID_NAAM"],
        row["NIVEAU"],
        row["ONDERDEEL"],
    )
