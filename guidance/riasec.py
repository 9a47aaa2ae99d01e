"""Home of the six interest types of Holland's RIASEC model, and of what answers say about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from guidance.instruments import Instrument
from guidance.ratings import Rating


class InterestType(StrEnum):
    """A field of interest, in the order of the model."""

    REALISTIC = "realistic"
    INVESTIGATIVE = "investigative"
    ARTISTIC = "artistic"
    SOCIAL = "social"
    ENTERPRISING = "enterprising"
    CONVENTIONAL = "conventional"


@dataclass(frozen=True)
class Score:
    """The mean of the values given in one field, and how many of its items have one."""

    # A fraction, so that equal means are equal.
    mean: Fraction
    rated: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Say whether every item of the field has a value."""
        return self.rated == self.total


def interest_scores(instrument: Instrument, answers: Mapping[str, Rating]) -> dict[InterestType, Score]:
    """Return the score of each field with at least one value; unsure and skipped items do not weigh."""
    found = {
        field: _score([answers.get(item.id) for item in instrument.items_of(field)]) for field in InterestType
    }
    return {field: score for field, score in found.items() if score}


def _score(ratings: list[Rating | None]) -> Score | None:
    values = [rating.value for rating in ratings if rating and rating.value is not None]
    return Score(Fraction(sum(values), len(values)), len(values), len(ratings)) if values else None


def strongest_interests(scores: Mapping[InterestType, Score]) -> list[tuple[InterestType, ...]]:
    """Return the fields, strongest first, in groups of equals in the model's order; a tie is never cut."""
    by_mean = groupby(_strongest_first(scores), key=lambda field: scores[field].mean)
    return [tuple(group) for _, group in by_mean]


def _strongest_first(scores: Mapping[InterestType, Score]) -> Iterable[InterestType]:
    in_order = [field for field in InterestType if field in scores]
    return sorted(in_order, key=lambda field: scores[field].mean, reverse=True)
