"""Home of dated facts: which edition counts on a day, and how its figures are written in Dutch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.clock import school_year
from guidance.content import read_content

DUTCH_SIGNS = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class Fact:
    """One edition of a fact: its figures, who published it when, and how sure we are of it."""

    values: Mapping[str, Any]
    publisher: str | None
    year: int
    confidence: str
    check_by: date | None = None
    check_with: str | None = None
    school_year: int | None = None

    def needs_checking(self, today: date) -> bool:
        """Tell whether a reader should check this fact elsewhere: it is unsure or no longer fresh."""
        return self.confidence != "high" or (self.check_by is not None and today > self.check_by)

    def for_text(self, today: date) -> dict[str, Any]:
        """Return what a text may show: the figures, their year and whether that is the year of today."""
        shown: dict[str, Any] = {**self.values, "year": self.year}
        if self.school_year is not None:
            shown["study_year"] = f"{self.school_year}-{self.school_year + 1}"
            shown["is_current"] = self.school_year == school_year(today)
        return shown


def fact_on(name: str, today: date) -> Fact:
    """Return the newest edition whose school year has begun, or the first one if none has yet."""
    editions = [Fact(**edition) for edition in read_content("knowledge")["facts"][name]]
    editions.sort(key=_beginning)
    begun = [edition for edition in editions if _beginning(edition) <= school_year(today)]
    return begun[-1] if begun else editions[0]


def number(value: float) -> str:
    """Write a number the Dutch way: 12,4 and 2.694."""
    return f"{value:,}".translate(DUTCH_SIGNS)


def money(amount: float) -> str:
    """Write an amount of euros the Dutch way, with cents only when there are any."""
    written = f"{amount:,}" if isinstance(amount, int) else f"{amount:,.2f}"
    return "€ " + written.translate(DUTCH_SIGNS)


def _beginning(edition: Fact) -> int:
    return edition.school_year or 0
