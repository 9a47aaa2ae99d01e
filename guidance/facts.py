"""Home of dated facts: which edition counts on a day, which a text showed, how figures are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
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

    def is_current(self, today: date) -> bool:
        """Tell whether the figures are those of the school year of today."""
        return self.school_year in (None, school_year(today))

    def for_text(self) -> dict[str, Any]:
        """Return what a text may show: the figures and their year."""
        shown: dict[str, Any] = {**self.values, "year": self.year}
        if self.school_year is not None:
            shown["study_year"] = f"{self.school_year}-{self.school_year + 1}"
        return shown


class FactInText:
    """A fact as a text sees it: reading a figure notes that it is shown; asking whether it is there not."""

    def __init__(self, name: str, facts: "FactsInText") -> None:
        self._name = name
        self._facts = facts
        self._values = facts.edition(name).for_text()

    @property
    def is_current(self) -> bool:
        return self._facts.edition(self._name).is_current(self._facts.today)

    def __contains__(self, figure: object) -> bool:
        return figure in self._values

    def __getitem__(self, figure: str) -> Any:
        value = self._values[figure]
        self._facts.note(self._name)
        return value

    def __getattr__(self, figure: str) -> Any:
        # Only what is in the file is a figure: Jinja also asks for names of its own.
        if figure.startswith("_") or figure not in self._values:
            raise AttributeError(figure)
        return self[figure]


class FactsInText:
    """The facts of one day, and which of them were shown so far."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._shown: dict[str, Fact] = {}

    def edition(self, name: str) -> Fact:
        """Return the edition of a fact that counts today."""
        return fact_on(name, self.today)

    def note(self, name: str) -> None:
        """Note that a text stands on this fact."""
        self._shown[name] = self.edition(name)

    def cite(self, fact: FactInText) -> str:
        """Note a fact that a text says in words, without a figure; prints nothing."""
        self.note(fact._name)
        return ""

    def by_name(self) -> dict[str, FactInText]:
        """Return every fact, for a text to choose from."""
        return {name: FactInText(name, self) for name in read_content("facts")}

    @property
    def shown(self) -> tuple[Fact, ...]:
        """The facts that were shown, in the order of the text."""
        return tuple(self._shown.values())

    @property
    def to_check(self) -> tuple[Fact, ...]:
        """The facts shown that a reader should check elsewhere."""
        return tuple(fact for fact in self.shown if fact.needs_checking(self.today))


@cache
def fact_on(name: str, today: date) -> Fact:
    """Return the newest edition whose school year has begun, or the first one if none has yet."""
    editions = [Fact(**edition) for edition in read_content("facts")[name]]
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
