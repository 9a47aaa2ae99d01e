"""Home of the outcome of the interest check-in: what stands out, from which answers, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from guidance.adaptive_order import most_items
from guidance.instruments import FEWEST_ANSWERS, Instrument
from guidance.ratings import Rating
from guidance.riasec import FIELDS_NAMED, InterestType, Score, interest_scores, strongest_interests
from guidance.routes import FittingRoute, fitting_routes

LIKED = 4
MIDDLE = 3


@dataclass(frozen=True)
class InterestGroup:
    """Fields that are equally strong; `reasons` are their items answered 4 or 5."""

    types: tuple[InterestType, ...]
    mean: Fraction
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class InterestOutcome:
    """What the answers of one run say; groups and routes are strongest first."""

    instrument: Instrument
    values: Mapping[str, int]
    scores: Mapping[InterestType, Score]
    groups: tuple[InterestGroup, ...]
    routes: tuple[FittingRoute, ...]
    answered: int
    # How many items were asked, or at most still would be.
    total: int

    @property
    def is_too_thin(self) -> bool:
        """Say whether too few items were answered to show an outcome."""
        return self.answered < FEWEST_ANSWERS

    @property
    def all_equal(self) -> bool:
        """Say whether every field has a score and all scores are the same."""
        return len(self.scores) == len(InterestType) and len(self.groups) == 1

    @property
    def standing_out(self) -> tuple[InterestGroup, ...]:
        """Return the strongest groups above the middle of the scale, until three fields are named."""
        named: list[InterestGroup] = []
        for group in self.groups:
            if group.mean > MIDDLE and sum(len(earlier.types) for earlier in named) < FIELDS_NAMED:
                named.append(group)
        return () if self.all_equal else tuple(named)

    @property
    def teaching_stands_out(self) -> bool:
        """Say whether an answer about teaching leads to a teacher programme."""
        return bool(self.routes)

    @property
    def rated_teaching(self) -> bool:
        """Say whether any item about teaching has a value."""
        return any(item.id in self.values for item in self.instrument.items_of("teaching"))

    @property
    def liked(self) -> tuple[str, ...]:
        """Return the items answered 4 or 5, in the order of the check-in."""
        return tuple(item.id for item in self.instrument.items if self.values.get(item.id, 0) >= LIKED)


def interest_outcome(
    instrument: Instrument, answers: Mapping[str, Rating], level: str | None
) -> InterestOutcome:
    """Return what the answers say, whatever order they came in; answers to unknown items are left out."""
    known = {item.id: answers[item.id] for item in instrument.items if item.id in answers}
    scores = interest_scores(instrument, known)
    values = {item: rating.value for item, rating in known.items() if rating.value is not None}
    return InterestOutcome(
        instrument=instrument,
        values=values,
        scores=scores,
        groups=tuple(_group(instrument, values, scores, types) for types in strongest_interests(scores)),
        routes=tuple(fitting_routes(known, level)),
        answered=sum(rating.is_answer for rating in known.values()),
        total=most_items(instrument, known),
    )


def _group(
    instrument: Instrument,
    values: Mapping[str, int],
    scores: Mapping[InterestType, Score],
    types: tuple[InterestType, ...],
) -> InterestGroup:
    liked = [item.id for item in instrument.items if item.field in types and values.get(item.id, 0) >= LIKED]
    return InterestGroup(types, scores[types[0]].mean, tuple(liked))
