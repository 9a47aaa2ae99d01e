"""Cronbach's alpha, against values worked out by hand and what may not change it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.reliability import cronbach_alpha

Rows = list[tuple[int, ...]]
# Both items have variance 2 and their covariance is 9/5, so the sums have variance 2 + 2 + 18/5 = 38/5,
# and alpha is 2 x (1 - 4 / (38/5)) = 18/19.
TWO_ITEMS = [(1, 1), (2, 2), (3, 3), (5, 4), (4, 5)]
CASES = [
    ("the same twice", [(1, 1), (3, 3), (5, 5)], Fraction(1)),
    ("two items", TWO_ITEMS, Fraction(18, 19)),
    ("three items", [(1, 1, 2), (2, 1, 1), (2, 2, 2), (1, 2, 1)], Fraction(0)),
    ("items that go against each other", [(1, 2), (2, 1), (1, 3)], Fraction(-6)),
    ("nobody differs", [(3, 3), (3, 3)], None),
    ("sums do not differ", [(1, 5), (5, 1)], None),
    ("one item", [(1,), (2,)], None),
    ("one person", [(1, 4)], None),
    ("nobody", [], None),
]

rows = st.integers(2, 6).flatmap(
    lambda items: st.lists(st.tuples(*[st.integers(1, 5)] * items), min_size=2, max_size=12)
)


class TestCronbachAlpha:
    @pytest.mark.parametrize(("rows", "alpha"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
    def test_is_as_worked_out_by_hand(self, rows: Rows, alpha: Fraction | None) -> None:
        assert cronbach_alpha(rows) == alpha

    def test_is_that_of_equal_correlations_between_like_items(self) -> None:
        # The formula of Spearman and Brown, for two items of equal variance that correlate 9/10.
        assert cronbach_alpha(TWO_ITEMS) == 2 * Fraction(9, 10) / (1 + Fraction(9, 10))

    @given(rows, st.integers(-3, 3))
    def test_is_the_same_when_everyone_answers_an_item_higher(self, rows: Rows, more: int) -> None:
        raised = [(row[0] + more, *row[1:]) for row in rows]

        assert cronbach_alpha(raised) == cronbach_alpha(rows)

    @given(rows)
    def test_is_the_same_whoever_comes_first(self, rows: Rows) -> None:
        assert cronbach_alpha(sorted(rows)) == cronbach_alpha(rows)

    @given(rows)
    def test_is_the_same_whichever_item_comes_first(self, rows: Rows) -> None:
        assert cronbach_alpha([row[::-1] for row in rows]) == cronbach_alpha(rows)

    @given(rows)
    def test_is_never_above_one(self, rows: Rows) -> None:
        alpha = cronbach_alpha(rows)

        assert alpha is None or alpha <= 1
