import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.travel import cycling_minutes


@pytest.mark.parametrize(
    ("distance_km", "minutes"),
    [(None, None), (0.0, 5), (0.4, 5), (3.0, 15), (5.2, 25), (14.9, 75), (15.0, None), (22.1, None)],
    ids=str,
)
def test_cycling_is_estimated_under_15_km(distance_km: float | None, minutes: int | None) -> None:
    assert cycling_minutes(distance_km) == minutes


@given(near=st.floats(0, 14.9), further=st.floats(0, 14.9))
def test_further_never_takes_less(near: float, further: float) -> None:
    low, high = sorted((near, further))

    assert (cycling_minutes(low) or 0) <= (cycling_minutes(high) or 0)
