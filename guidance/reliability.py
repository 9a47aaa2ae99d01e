"""Home of the reliability of a set of items: Cronbach's alpha, over complete answers only."""

from collections.abc import Sequence
from fractions import Fraction

# Under this number of complete answers an alpha says too little, and could say something of a person.
FEWEST_COMPLETE = 30


def cronbach_alpha(rows: Sequence[Sequence[int]]) -> Fraction | None:
    """Return alpha of the items, a row a person and a column an item; None where it is not defined.

    k / (k - 1) x (1 - the sum of the variances of the items / the variance of the sums). It needs two items
    and sums that differ. It is at most 1, and below 0 when items mostly go against each other.
    """
    items = len(rows[0]) if rows else 0
    of_sums = _variance([sum(row) for row in rows])
    if items < 2 or not of_sums:
        return None
    of_items = sum((_variance(column) for column in zip(*rows, strict=True)), Fraction(0))
    return Fraction(items, items - 1) * (1 - of_items / of_sums)


def _variance(values: Sequence[int]) -> Fraction:
    """Return the mean squared distance to the mean; the divisor falls out of alpha."""
    count = len(values)
    if not count:
        return Fraction(0)
    return Fraction(sum(value * value for value in values), count) - Fraction(sum(values), count) ** 2
