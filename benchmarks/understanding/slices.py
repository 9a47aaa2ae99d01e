"""Home of the scores of one file of rows for one system."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from commands.nlu_eval import REFUSAL, Row, Understood
from commands.scores import accuracy, macro_f1

ENOUGH_ROWS = 20
LOWEST_RECALL = 0.6


class Scores(NamedTuple):
    """What counts for a file of rows; a share over no rows is 0."""

    n: int
    accuracy: float
    macro_f1: float
    in_scope_accuracy: float
    out_of_scope_recall: float
    in_scope_refused: float
    asked: float
    errors: int
    weak_intents: dict[str, float]


def scores_of(rows: Sequence[Row], understood: Sequence[Understood]) -> Scores:
    """Return the scores of what was understood of the rows."""
    expected, predicted = [row.intent for row in rows], [one.intent for one in understood]
    pairs = list(zip(expected, predicted, strict=True))
    inside = [one == other for one, other in pairs if one != REFUSAL]
    return Scores(
        n=len(rows),
        accuracy=accuracy(expected, predicted),
        macro_f1=macro_f1(expected, predicted),
        in_scope_accuracy=_share(inside),
        out_of_scope_recall=_share([other == REFUSAL for one, other in pairs if one == REFUSAL]),
        in_scope_refused=_share([other == REFUSAL for one, other in pairs if one != REFUSAL]),
        asked=_share([one.asked for one in understood]),
        errors=sum(one != other for one, other in pairs),
        weak_intents=weak_intents(pairs),
    )


def weak_intents(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return the recall of the intents that have rows enough and are found too seldom."""
    found: dict[str, list[bool]] = {}
    for expected, predicted in pairs:
        found.setdefault(expected, []).append(expected == predicted)
    recalls = {intent: _share(hits) for intent, hits in found.items() if len(hits) >= ENOUGH_ROWS}
    return {intent: recall for intent, recall in sorted(recalls.items()) if recall < LOWEST_RECALL}


def ratio(part: float, whole: float) -> float | None:
    """Return the ratio of two figures; nothing can be said of a ratio to nothing."""
    return part / whole if whole else None


def ratios_to(name: str, figures: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the ratio of one system's figure to each of the others."""
    return {other: ratio(figures[name], figure) for other, figure in figures.items() if other != name}


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
