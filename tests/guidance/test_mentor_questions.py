from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.mentor_questions import (
    OPEN,
    Event,
    State,
    answer_due_on,
    close_announced_on,
    closes_on,
    dean_due_on,
    leads_to,
)

A_MONDAY = date(2026, 11, 23)


def walk(events: list[Event]) -> list[State]:
    """Return the states along the events that can happen; the others change nothing."""
    states = [State.DRAFT]
    for event in events:
        states.append(leads_to(states[-1], event) or states[-1])
    return states


@given(st.lists(st.sampled_from(Event), max_size=20))
def test_nothing_is_written_before_it_was_offered(events: list[Event]) -> None:
    states = walk(events)
    for at, event in enumerate(events):
        if event is Event.MENTOR_WRITES and leads_to(states[at], event):
            assert State.OFFERED in states[: at + 1]


@given(st.lists(st.sampled_from(Event), max_size=20))
def test_closed_stays_closed_but_for_a_report(events: list[Event]) -> None:
    states = walk(events)
    if State.CLOSED in states:
        assert set(states[states.index(State.CLOSED) :]) <= {State.CLOSED, State.REPORTED}


@pytest.mark.parametrize("event", [Event.MENTOR_WRITES, Event.PUPIL_WRITES, Event.FORWARD])
@pytest.mark.parametrize("state", [State.DRAFT, State.WITH_DEAN, State.CLOSED, State.REPORTED])
def test_who_is_not_in_it_writes_nothing(state: State, event: Event) -> None:
    assert leads_to(state, event) is None


def test_every_open_question_can_be_closed() -> None:
    assert all(leads_to(state, Event.CLOSE) is State.CLOSED for state in OPEN)


def test_a_question_can_be_reported_after_it_closed() -> None:
    assert leads_to(State.CLOSED, Event.REPORT) is State.REPORTED


def test_terms_are_counted_in_school_days() -> None:
    assert answer_due_on(A_MONDAY, "noord") == date(2026, 11, 30)
    assert dean_due_on(A_MONDAY, "noord") == date(2026, 11, 26)


def test_a_question_closes_after_28_days_outside_holidays_and_says_so_three_days_before() -> None:
    assert close_announced_on(A_MONDAY, "noord") == date(2026, 12, 18)
    assert closes_on(A_MONDAY, "noord") == date(2027, 1, 6)
