"""A program ends at any commit of a check-in: no answer is lost, asked twice, or on another item."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product, repeat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from guidance import clock
from guidance.check_in_changes import ClosedCheckIn
from guidance.models.guidance_log import GuidanceMomentPerson
from guidance.outcome_replies import outcome_replies
from guidance.ratings import Rating
from guidance.services.check_in import answers_of, instrument_of
from tests.people import MONDAY
from tests.web.check_in_engine import cuts
from tests.web.check_in_pupil import AGAIN, ITEMS, Again, Pupil, any_answer
from tests.web.crashes import Cut

BEGUN = {
    "competence": ["competentiecheck"],
    "expectation": ["verwachtingscheck"],
    "interest": ["interessecheck"],
    "long interest": ["interessecheck", "liever de lange versie"],
}
# Of a turn: received, what is asked, recorded, told, answered; a beginning looks twice.
MOST_COMMITS, MOST_TURNS = 6, 60
Arrive = Callable[[], Pupil]


def check(someone: Pupil) -> None:
    """Every answer that counts is there, on its own item, and what is on the screen has none yet."""
    (run,) = someone.runs
    if run.closed_at:
        # The answer that closed the check-in stands, also if the pupil never heard of it and said another.
        someone.stored |= {
            item: first for item, first in someone.first.items() if answers_of(run)[item] == first
        }
    assert answers_of(run) == someone.stored
    assert someone.item is None or someone.item.id not in someone.stored


def check_end(someone: Pupil) -> None:
    """The outcome is that of these answers, and the log knows of one check-in."""
    (run,) = someone.runs
    assert run.closed_at
    closed = ClosedCheckIn(instrument_of(run), someone.stored, clock.school_day(MONDAY), None)
    told = [reply.text for reply in outcome_replies(closed, clock.school_day(MONDAY) + timedelta(days=14))]
    assert [message["text"] for message in someone.screen][-len(told) :] == told
    with someone.sessions() as session:
        of_pupil = GuidanceMomentPerson.pupil_id == someone.pupil_id
        logged = session.scalars(select(GuidanceMomentPerson.source_key).where(of_pupil)).all()
    assert logged == ([f"check_in_run:{run.id}"] if run.completed_at else [])


Way = tuple[Cut | None, Again]
WAYS: list[Way] = list(product(cuts(MOST_COMMITS), AGAIN))


def begin(someone: Pupil, check_in: str, ways: Iterator[Way]) -> None:
    for text in BEGUN[check_in]:
        someone.say(*next(ways), text=text)


def answer_next(someone: Pupil, check_in: str, number: int, way: Way) -> None:
    """Answer what is on the screen, or get a question there first."""
    if someone.item is None:
        someone.go_on(BEGUN[check_in][0])
    assert someone.item
    someone.answer(any_answer(someone.item, number), any_answer(someone.item, number + 1), *way)
    check(someone)


def is_over(someone: Pupil) -> bool:
    return someone.item is None and someone.runs[0].closed_at is not None


@pytest.mark.slow
@pytest.mark.parametrize("check_in", BEGUN)
def test_a_crash_at_each_commit_of_some_turn(arrive: Arrive, check_in: str) -> None:
    ways, most = deque(WAYS), 0

    def each_once() -> Iterator[Way]:
        while True:
            yield ways.popleft() if ways else (None, "same id")

    while ways:
        someone = arrive()
        begin(someone, check_in, each_once())
        for number in range(MOST_TURNS):
            if is_over(someone):
                break
            answer_next(someone, check_in, number, next(each_once()))
        check_end(someone)
        most = max(most, someone.engine.commits.most)

    assert most == MOST_COMMITS


SOME_WAY = st.tuples(st.sampled_from([None, *cuts(MOST_COMMITS)]), st.sampled_from(AGAIN))
BESIDE = ["wat bedoel je", "oeps, ik bedoelde 2", "stop", ""]


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(list(BEGUN)), st.integers(0, 20), st.data())
def test_any_crash_in_any_turn(arrive: Arrive, check_in: str, seed: int, data: st.DataObject) -> None:
    someone = arrive()
    begin(someone, check_in, repeat((None, "same id")))
    for number in range(MOST_TURNS):
        if is_over(someone):
            break
        answer_next(someone, check_in, seed + number, data.draw(SOME_WAY))
        say_beside(someone, data.draw(st.sampled_from(BESIDE)), data.draw(SOME_WAY))
        check(someone)

    someone.say(text="uitslag")
    check_end(someone)


def say_beside(someone: Pupil, text: str, way: Way) -> None:
    """Say something between two answers; a correction is of the last one."""
    if someone.item is None or not text:
        return
    if text.startswith("oeps"):
        last = list(someone.stored)[-1]
        if ITEMS[last][1].is_words:
            return
        someone.stored[last] = Rating("value", 2)
    someone.say(*way, text=text)
