"""How opinions about the intent are mixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import ranking

CHANCES = st.lists(st.floats(0.001, 1), min_size=3, max_size=3).map(
    lambda found: {name: chance / sum(found) for name, chance in zip("abc", found, strict=True)}
)


@given(CHANCES, CHANCES, st.floats(0, 1))
def test_a_mix_is_a_distribution_between_the_two(
    first: dict[str, float], second: dict[str, float], weight: float
) -> None:
    together = ranking.mixed(first, second, weight)

    assert sum(together.values()) == pytest.approx(1)
    if max(first, key=first.__getitem__) == (agreed := max(second, key=second.__getitem__)):
        assert together[agreed] == pytest.approx(max(together.values()))


def test_no_weight_leaves_the_first_opinion() -> None:
    first = {"a": 0.7, "b": 0.3}

    assert ranking.mixed(first, {"a": 0.0, "b": 1.0}, 0) == pytest.approx(first)
