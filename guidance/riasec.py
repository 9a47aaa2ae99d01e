"""Home of the six interest types of Holland's RIASEC model, and of what answers say about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, groupby, product

from guidance.instruments import Instrument
from guidance.ratings import Rating

# How many fields are named as standing out; a tie may name more.
FIELDS_NAMED = 3


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


@dataclass(frozen=True)
class Cut:
    """The fields around a cut: above it, tied for the last places above it, and below it."""

    above: tuple[InterestType, ...]
    tied: tuple[InterestType, ...]
    below: tuple[InterestType, ...]

    def orders(self) -> list[tuple[InterestType, InterestType]]:
        """Return the pairs whose first may stand above the cut while the second stands below it."""
        pairs = product(self.above + self.tied, self.tied + self.below)
        return [(stronger, weaker) for stronger, weaker in pairs if stronger != weaker]

    def choices(self, places: int) -> set[frozenset[InterestType]]:
        """Return every way to fill the places; a tie at the cut gives more than one."""
        open_places = min(places - len(self.above), len(self.tied))
        return {frozenset(self.above + chosen) for chosen in combinations(self.tied, open_places)}


def cut_after(groups: Iterable[tuple[InterestType, ...]], places: int) -> Cut:
    """Cut groups of equals, strongest first, after this many fields; a group that does not fit is tied."""
    above: tuple[InterestType, ...] = ()
    tied: tuple[InterestType, ...] = ()
    below: tuple[InterestType, ...] = ()
    for group in groups:
        if tied or below or len(above) == places:
            below += group
        elif len(above) + len(group) <= places:
            above += group
        else:
            tied = group
    return Cut(above, tied, below)
