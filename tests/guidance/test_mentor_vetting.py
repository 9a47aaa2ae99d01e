from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.mentor_vetting import STEPS, Facts, Need, State, Who, find_step, is_active_on, next_states

TODAY = date(2026, 11, 23)
READY = Facts(TODAY, mail_confirmed=True, vog_expires_on=TODAY, conduct_agreed=True)
THE_WAY = [
    (State.SIGNED_UP, State.ALUMNUS_CONFIRMED, Who.DEAN),
    (State.ALUMNUS_CONFIRMED, State.TALK_HELD, Who.DEAN),
    (State.TALK_HELD, State.VOG_SEEN, Who.DEAN),
    (State.VOG_SEEN, State.CONDUCT_AGREED, Who.MENTOR),
    (State.CONDUCT_AGREED, State.ACTIVE, Who.DEAN),
]


@pytest.mark.parametrize(("start", "end", "who"), THE_WAY)
def test_the_way_in_is_one_step_at_a_time(start: State, end: State, who: Who) -> None:
    step = find_step(start, end, who)

    assert step
    assert READY.lacks(step.needs) == []


@pytest.mark.parametrize(("start", "end", "who"), THE_WAY)
def test_no_step_of_the_way_in_is_skipped(start: State, end: State, who: Who) -> None:
    behind = list(State)[: list(State).index(start)]

    assert all(find_step(earlier, end, one) is None for earlier, one in product(behind, Who))


def test_an_oud_leerling_never_lets_themselves_in() -> None:
    to_active = [step for step in STEPS if step.end is State.ACTIVE and Who.MENTOR in step.who]

    assert [step.start for step in to_active] == [State.PAUSED]
    assert set(to_active[0].needs) == {Need.VOG_VALID, Need.NOT_HELD, Need.NO_OPEN_REPORT}


def test_every_way_to_active_asks_for_a_valid_vog() -> None:
    to_active = [step for step in STEPS if step.end is State.ACTIVE]

    assert to_active
    assert all(Need.VOG_VALID in step.needs for step in to_active)


def test_nothing_leads_back_from_withdrawn_and_everything_leads_there() -> None:
    assert all(next_states(State.WITHDRAWN, who) == [] for who in Who)
    assert all(
        State.WITHDRAWN in next_states(state, Who.MENTOR) for state in State if state is not State.WITHDRAWN
    )


def test_no_two_steps_say_the_same_of_one_person() -> None:
    said = [(step.start, step.end, who) for step in STEPS for who in step.who]

    assert len(said) == len(set(said))


@given(
    facts=st.builds(
        Facts,
        today=st.just(TODAY),
        mail_confirmed=st.booleans(),
        vog_expires_on=st.none() | st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2)),
        conduct_agreed=st.booleans(),
        is_held=st.booleans(),
        has_open_report=st.booleans(),
    )
)
def test_who_may_become_active_has_a_vog_and_agreed(facts: Facts) -> None:
    step = find_step(State.CONDUCT_AGREED, State.ACTIVE, Who.DEAN)
    assert step
    if not facts.lacks(step.needs):
        assert facts.conduct_agreed
        assert is_active_on(State.ACTIVE, facts.vog_expires_on, TODAY)


@pytest.mark.parametrize(
    ("state", "expires_on", "is_active"),
    [
        (State.ACTIVE, TODAY, True),
        (State.ACTIVE, TODAY - timedelta(days=1), False),
        (State.ACTIVE, None, False),
        (State.PAUSED, TODAY, False),
        (State.SUSPENDED, TODAY, False),
    ],
)
def test_active_today_means_state_and_vog(state: State, expires_on: date | None, is_active: bool) -> None:
    assert is_active_on(state, expires_on, TODAY) is is_active
