"""Home of comparing programmes: the same rows in the same order, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from guidance.admission import NOBODY, Applicant
from guidance.errors import CannotCompare
from guidance.places import find_place
from guidance.programme_words import (
    admission_in_words,
    check_in_words,
    distance_in_words,
    students_in_words,
    title,
)
from guidance.services.programmes import FoundProgramme, Locate, look_up_programme
from guidance.wording import render

FEWEST, MOST = 2, 3


@dataclass(frozen=True)
class Comparison:
    """Programmes and, a row each, what can be held beside each other; every row has a value for each."""

    programmes: tuple[FoundProgramme, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the names, with the city where that alone tells two apart."""
        names = [title(one.programme) for one in self.programmes]
        cities = [one.programme.city for one in self.programmes]
        return tuple(
            f"{name}, {city}" if names.count(name) > 1 else name
            for name, city in zip(names, cities, strict=True)
        )


def compare(
    keys: Sequence[str],
    *,
    near: str | None = None,
    applicant: Applicant = NOBODY,
    locate: Locate = find_place,
) -> Comparison:
    """Hold two or three programmes beside each other; raises CannotCompare for other numbers, or NotFound.

    An entrance without an open transaction passes the geocoder, which may wait for the network.
    """
    once = list(dict.fromkeys(keys))
    if not FEWEST <= len(once) <= MOST:
        raise CannotCompare(f"{len(once)} programmes", count=len(once))
    found = tuple(look_up_programme(key, near=near, applicant=applicant, locate=locate) for key in once)
    return Comparison(found, tuple((name, tuple(values)) for name, values in _rows(found)))


def _rows(found: Sequence[FoundProgramme]) -> list[tuple[str, list[str]]]:
    rows = [
        ("place", [one.programme.city for one in found]),
        ("distance", [distance_in_words(one.distance_km) for one in found]),
        ("forms", [", ".join(one.programme.forms) for one in found]),
        ("admission", [admission_in_words(one.admission, one.level) for one in found]),
        ("rule", [one.admission.source or render("programmes.unknown") for one in found]),
        ("check", [check_in_words(one.programme) for one in found]),
        ("students", [students_in_words(one.programme) for one in found]),
    ]
    return [(render(f"saved_programmes.rows.{name}"), values) for name, values in rows]
