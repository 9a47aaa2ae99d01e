"""The scores of what was understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.scores import accuracy, f1_of, macro_f1, percentile

LABELS = st.lists(st.sampled_from("abc"), min_size=1, max_size=20)


def test_accuracy_is_the_share_that_is_right() -> None:
    assert accuracy(["a", "b", "c", "a"], ["a", "b", "a", "b"]) == 0.5


def test_f1_weighs_what_was_missed_and_what_was_wrongly_named() -> None:
    assert f1_of("a", ["a", "a", "b"], ["a", "b", "a"]) == 0.5


def test_macro_f1_counts_a_label_that_was_only_predicted() -> None:
    assert macro_f1(["a", "a"], ["a", "b"]) == pytest.approx((2 / 3 + 0) / 2)


@given(LABELS)
def test_all_right_scores_one(labels: list[str]) -> None:
    assert accuracy(labels, labels) == macro_f1(labels, labels) == 1


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 2.0), (0.95, 4.0), (0.0, 1.0)], ids=["median", "p95", "least"]
)
def test_percentile_is_a_value_that_was_seen(share: float, expected: float) -> None:
    assert percentile([4.0, 1.0, 2.0, 3.0], share) == expected


def test_nothing_to_score_scores_zero() -> None:
    assert accuracy([], []) == macro_f1([], []) == percentile([], 0.5) == 0
