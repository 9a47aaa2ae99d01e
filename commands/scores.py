"""Scores of what was understood: accuracy, macro F1 and percentiles."""

from collections.abc import Sequence
from math import ceil


def accuracy(expected: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the share of rows that are right; no rows score 0."""
    right = sum(one == other for one, other in zip(expected, predicted, strict=True))
    return right / len(expected) if expected else 0.0


def macro_f1(expected: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the mean F1 over every label that is expected or predicted."""
    labels = sorted({*expected, *predicted})
    return sum(f1_of(label, expected, predicted) for label in labels) / len(labels) if labels else 0.0


def f1_of(label: str, expected: Sequence[str], predicted: Sequence[str]) -> float:
    """Return F1 of one label; a label that is never right scores 0."""
    both = sum(one == other == label for one, other in zip(expected, predicted, strict=True))
    named = sum(one == label for one in expected) + sum(other == label for other in predicted)
    return 2 * both / named if named else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that this share of the values does not exceed; no values score 0."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0
