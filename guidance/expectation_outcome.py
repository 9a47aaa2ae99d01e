"""Home of the outcome of the expectation check-in: what a pupil knew, and what was a surprise."""

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.instruments import FEWEST_ANSWERS, Instrument, Item
from guidance.ratings import Rating


@dataclass(frozen=True)
class ExpectationOutcome:
    """What the answers of one run say, in the order of the file; it is material for a talk, never a mark."""

    instrument: Instrument
    expected: tuple[str, ...]
    surprises: tuple[str, ...]
    unsure: tuple[str, ...]
    answered: int

    @property
    def is_too_thin(self) -> bool:
        """Say whether too few items were answered to show an outcome."""
        return self.answered < FEWEST_ANSWERS


def is_surprise(item: Item, rating: Rating) -> bool:
    """Say whether a pupil thought otherwise than what is known."""
    return rating.value is not None and rating.value != item.right


def expectation_outcome(instrument: Instrument, answers: Mapping[str, Rating]) -> ExpectationOutcome:
    """Return what the answers say, whatever order they came in; answers to unknown items are left out."""
    known = [(item, answers[item.id]) for item in instrument.items if item.id in answers]
    return ExpectationOutcome(
        instrument=instrument,
        expected=tuple(item.id for item, rating in known if rating.value == item.right),
        surprises=tuple(item.id for item, rating in known if is_surprise(item, rating)),
        unsure=tuple(item.id for item, rating in known if rating.kind == "unsure"),
        answered=sum(rating.is_answer for _, rating in known),
    )
