"""Runs through a check-in: which one is open, which come before, and a new beginning."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from guidance.instruments import get_instrument
from guidance.models.check_in import CheckInRun
from guidance.models.guidance_log import GuidanceMoment
from guidance.ratings import Rating
from guidance.services.check_in import answers_of, close_run, instrument_of, open_item, record_answer
from guidance.services.check_in_runs import (
    CHECK_INS,
    COMPETENCE,
    EXPECTATION,
    INTEREST,
    find_newest_open_run,
    find_or_add_open_run,
    list_outcome_runs,
    start_over,
    take_long_form,
)
from tests.people import MONDAY, pupil

FIVE = Rating("value", 5)
TUESDAY = MONDAY + timedelta(days=1)


def answer(session: Session, run: CheckInRun, times: int = 1, rating: Rating = FIVE) -> None:
    for _ in range(times):
        sent = f"{run.id}-{len(run.answers)}"
        record_answer(session, run, rating, message_id=sent, now=MONDAY)


def finish(session: Session, run: CheckInRun, rating: Rating = FIVE) -> CheckInRun:
    while open_item(run):
        answer(session, run, rating=rating)
    return close_run(session, run, now=MONDAY)


class TestOpenRuns:
    def test_are_one_of_each_check_in(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        runs = [find_or_add_open_run(session, anna, name, now=MONDAY) for name in CHECK_INS]

        assert [run.version for run in runs] == ["interest-short-1", "competence-1", "expectation-1"]
        assert find_or_add_open_run(session, anna, COMPETENCE, now=TUESDAY) is runs[1]

    def test_are_offered_newest_first(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        find_or_add_open_run(session, anna, INTEREST, now=TUESDAY)
        find_or_add_open_run(session, anna, EXPECTATION, now=MONDAY)

        newest = find_newest_open_run(session, anna)

        assert newest
        assert newest.instrument == INTEREST
        assert find_newest_open_run(session, pupil(session, "Bilal")) is None


class TestTakeLongForm:
    def test_keeps_the_answers_and_asks_on(self, session: Session) -> None:
        run = find_or_add_open_run(session, pupil(session, "Anna"), now=MONDAY)
        answer(session, run, 5)
        given = answers_of(run)

        take_long_form(session, run)
        take_long_form(session, run)

        assert run.version == "interest-long-1"
        assert answers_of(run) == given
        item = open_item(run)
        assert item
        assert item.id not in given

    @pytest.mark.parametrize("name", [COMPETENCE, EXPECTATION])
    def test_leaves_a_check_in_without_one_as_it_is(self, session: Session, name: str) -> None:
        run = find_or_add_open_run(session, pupil(session, "Anna"), name, now=MONDAY)

        assert take_long_form(session, run).version == get_instrument(name).version

    def test_leaves_a_closed_run_as_it_is(self, session: Session) -> None:
        run = finish(session, find_or_add_open_run(session, pupil(session, "Anna"), now=MONDAY))

        assert take_long_form(session, run).version == "interest-short-1"

    def test_counts_as_completed_when_it_stops_early(self, session: Session) -> None:
        run = take_long_form(session, find_or_add_open_run(session, pupil(session, "Anna"), now=MONDAY))
        liked = {"social": 5, "artistic": 4, "investigative": 4}
        while item := open_item(run):
            answer(session, run, rating=Rating("value", liked.get(item.field, 1)))

        close_run(session, run, now=MONDAY)

        assert len(answers_of(run)) < len(instrument_of(run).items)
        assert run.completed_at == MONDAY


class TestStartOver:
    def test_begins_anew_and_keeps_what_was_answered(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        earlier = find_or_add_open_run(session, anna, now=MONDAY)
        answer(session, earlier, 7)

        anew = start_over(session, anna, INTEREST, now=TUESDAY)

        assert anew is not earlier
        assert (len(anew.answers), len(earlier.answers)) == (0, 7)
        assert earlier.dropped_at == earlier.closed_at == TUESDAY

    def test_gives_no_outcome_and_logs_nothing(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        answer(session, find_or_add_open_run(session, anna, now=MONDAY), 20)

        start_over(session, anna, INTEREST, now=TUESDAY)

        assert list_outcome_runs(session, anna) == []
        assert session.query(GuidanceMoment).count() == 0

    def test_goes_on_with_a_run_without_answers(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        run = find_or_add_open_run(session, anna, now=MONDAY)

        assert start_over(session, anna, INTEREST, now=MONDAY) is run
        assert run.closed_at is None


class TestListOutcomeRuns:
    def test_are_newest_first_and_of_one_kind_when_asked(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        first = finish(
            session, find_or_add_open_run(session, anna, EXPECTATION, now=MONDAY), Rating("value", 1)
        )
        second = finish(
            session, find_or_add_open_run(session, anna, EXPECTATION, now=MONDAY), Rating("value", 2)
        )
        other = finish(session, find_or_add_open_run(session, anna, now=MONDAY))
        first.closed_at = MONDAY - timedelta(days=365)

        assert list_outcome_runs(session, anna, EXPECTATION) == [second, first]
        assert set(list_outcome_runs(session, anna)) == {other, second, first}
