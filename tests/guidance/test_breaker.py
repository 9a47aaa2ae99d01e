"""When a service that fails is left alone, and when it is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from guidance.breaker import Breaker
from tests.people import MONDAY

REST = timedelta(minutes=5)


def failed(times: int) -> Breaker:
    breaker = Breaker(most_failures=3, rest=REST)
    for _ in range(times):
        breaker.note(MONDAY, went_well=False)
    return breaker


def test_lets_through_until_the_third_failure_in_a_row() -> None:
    assert failed(2).lets_through(MONDAY)
    assert not failed(3).lets_through(MONDAY)


def test_a_call_that_went_well_starts_the_count_anew() -> None:
    breaker = failed(2)
    breaker.note(MONDAY, went_well=True)
    breaker.note(MONDAY, went_well=False)

    assert breaker.lets_through(MONDAY)


def test_lets_one_try_through_after_the_rest() -> None:
    breaker = failed(3)
    after = MONDAY + REST

    assert [breaker.lets_through(after) for _ in range(3)] == [True, False, False]


def test_opens_again_for_everyone_after_a_try_that_went_well() -> None:
    breaker = failed(3)
    assert breaker.lets_through(MONDAY + REST)
    breaker.note(MONDAY + REST, went_well=True)

    assert all(breaker.lets_through(MONDAY + REST) for _ in range(3))


def test_rests_again_after_a_try_that_failed() -> None:
    breaker = failed(3)
    assert breaker.lets_through(MONDAY + REST)
    breaker.note(MONDAY + REST, went_well=False)

    assert not breaker.lets_through(MONDAY + REST * 2 - timedelta(seconds=1))
    assert breaker.lets_through(MONDAY + REST * 2)


@given(st.lists(st.booleans()))
def test_rests_exactly_after_three_failures_in_a_row(calls: list[bool]) -> None:
    breaker = Breaker(most_failures=3, rest=REST)
    for went_well in calls:
        breaker.note(MONDAY, went_well=went_well)

    assert breaker.lets_through(MONDAY) == (len(calls) < 3 or any(calls[-3:]))
