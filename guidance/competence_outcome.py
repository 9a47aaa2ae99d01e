"""Home of the outcome of the competence check-in: what is clear, what is in doubt, what was not discussed."""

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.bekwaamheden import Bekwaamheid, SelfSelection, Standing
from guidance.instruments import FEWEST_ANSWERS, Instrument, Item
from guidance.ratings import Rating

# On the scale of three: a clear no, doubt, a clear yes.
NO, DOUBT, YES = 1, 2, 3


@dataclass(frozen=True)
class Cell:
    """One question about one bekwaamheid; a value only when it is clear: NO or YES."""

    bekwaamheid: Bekwaamheid
    asks: SelfSelection
    standing: Standing
    item: str
    value: int | None = None


@dataclass(frozen=True)
class OwnWords:
    """What the pupil wrote about something done, with the item that asked for it."""

    bekwaamheid: Bekwaamheid
    item: str
    text: str


@dataclass(frozen=True)
class CompetenceOutcome:
    """What the answers of one run say: nine cells, in the order of the law and the questions, and words."""

    instrument: Instrument
    cells: tuple[Cell, ...]
    words: tuple[OwnWords, ...]
    answered: int

    def cells_that(self, standing: Standing, value: int | None = None) -> tuple[Cell, ...]:
        """Return the cells with this standing, and with this value when one is named."""
        return tuple(cell for cell in self.cells if cell.standing == standing and value in (None, cell.value))

    def standing_of(self, asks: SelfSelection) -> Standing:
        """Return where one question stands over all three: in doubt if one is, clear if all are."""
        found = {cell.standing for cell in self.cells if cell.asks == asks}
        if Standing.DOUBT in found:
            return Standing.DOUBT
        return Standing.CLEAR if found == {Standing.CLEAR} else Standing.NOT_DISCUSSED

    @property
    def is_too_thin(self) -> bool:
        """Say whether too few items were answered to show an outcome."""
        return self.answered < FEWEST_ANSWERS


def competence_outcome(instrument: Instrument, answers: Mapping[str, Rating]) -> CompetenceOutcome:
    """Return what the answers say, whatever order they came in; answers to unknown items are left out."""
    known = {item.id: answers[item.id] for item in instrument.items if item.id in answers}
    rated = {(item.field, item.asks): item for item in instrument.items if item.asks}
    return CompetenceOutcome(
        instrument=instrument,
        cells=tuple(
            _cell(field, asks, rated[field, asks], known.get(rated[field, asks].id))
            for field in Bekwaamheid
            for asks in SelfSelection
        ),
        words=tuple(
            OwnWords(Bekwaamheid(item.field), item.id, rating.words)
            for item in instrument.items
            if (rating := known.get(item.id)) and rating.words
        ),
        answered=sum(rating.is_answer for rating in known.values()),
    )


def _cell(field: Bekwaamheid, asks: SelfSelection, item: Item, rating: Rating | None) -> Cell:
    if rating is None or not rating.is_answer:
        return Cell(field, asks, Standing.NOT_DISCUSSED, item.id)
    if rating.value in (NO, YES):
        return Cell(field, asks, Standing.CLEAR, item.id, rating.value)
    return Cell(field, asks, Standing.DOUBT, item.id)
