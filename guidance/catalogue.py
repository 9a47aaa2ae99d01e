"""Home of the catalogue: every teacher programme that really runs, one row a site."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from guidance.content import FOLDER, read_content
from guidance.distance import Point
from guidance.settings import get_settings

SHIPPED = FOLDER / "catalogue.csv"
Kind = Literal[
    "pabo",
    "academische_pabo",
    "tweedegraads",
    "alo",
    "kunstvakdocent",
    "groen_techniek",
    "wo_eerstegraads",
    "hbo_master",
    "educatieve_minor",
    "educatieve_master",
    "associate_degree",
]
Form = Literal["voltijd", "deeltijd", "duaal"]
Level = Literal["havo", "vwo", "mbo4"]
KINDS, FORMS, LEVELS = get_args(Kind), get_args(Form), get_args(Level)


@dataclass(frozen=True)
class Programme:
    """A programme at one site; figures and pages that the sources do not give are empty."""

    key: str
    brin: str
    isat: str
    institution: str
    city: str
    province: str
    lat: float
    lon: float
    kind: Kind
    subject: str
    name: str
    degree: str
    forms: tuple[Form, ...]
    entry: tuple[Level, ...]
    url: str
    url_kind: str
    studiekeuzecheck: str
    students: int | None
    first_years: int | None
    figures_year: int | None
    source: str
    source_date: str
    confidence: str

    @property
    def point(self) -> Point:
        return self.lat, self.lon

    @property
    def course(self) -> tuple[str, str, Kind]:
        """What is one programme wherever it runs: institution, code and kind."""
        return self.institution, self.isat, self.kind


COLUMNS = tuple(field.name for field in fields(Programme))


@cache
def read_catalogue(file: Path | None = None) -> tuple[Programme, ...]:
    """Return every programme of the catalogue in use, or of a file, in its order; read once a process."""
    with (file or catalogue_in_use()).open(encoding="utf-8", newline="") as rows:
        return tuple(programme_of(row) for row in csv.DictReader(rows))


def catalogue_in_use() -> Path:
    """Return the refreshed catalogue, which someone confirmed, unless the shipped one is of a later day."""
    refreshed = get_settings().catalogue_folder / SHIPPED.name
    if not refreshed.exists():
        return SHIPPED
    return max(SHIPPED, refreshed, key=lambda file: (day_of(read_catalogue(file)), file == refreshed))


def day_of(programmes: Iterable[Programme]) -> str:
    """Return the day of the newest source of these programmes."""
    return max((programme.source_date for programme in programmes), default="")


@cache
def programmes_by_key() -> dict[str, Programme]:
    """Return the catalogue by key."""
    return {programme.key: programme for programme in read_catalogue()}


def programme_of(row: dict[str, str]) -> Programme:
    """Return a row of the table as a programme."""
    values: dict[str, Any] = dict(row)
    values |= {name: float(row[name]) for name in ("lat", "lon")}
    values |= {name: tuple(row[name].split("|")) if row[name] else () for name in ("forms", "entry")}
    values |= {
        name: int(row[name]) if row[name] else None for name in ("students", "first_years", "figures_year")
    }
    return Programme(**values)


def row_of(programme: Programme) -> dict[str, str]:
    """Return a programme as a row of the table."""
    values = {name: getattr(programme, name) for name in COLUMNS}
    return {
        name: "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        for name, value in values.items()
    }


def kind_of_isat() -> dict[str, tuple[Kind, str]]:
    """Return the kind and subject of every teacher programme in the register, by its code."""
    return {
        isat: (kind, subject)
        for kind, about in read_content("programme_kinds").items()
        if kind in KINDS
        for isat, subject in about["programmes"].items()
    }
