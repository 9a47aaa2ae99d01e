from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from guidance.errors import CheckInCompleted, NoOpenCheckIn, NothingToCorrect, TooFewAnswers
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.guidance_log import GuidanceMoment
from guidance.ratings import SKIP, UNSURE, Rating
from guidance.services.check_in import (
    answered_count,
    answered_item,
    answers_of,
    close_run,
    correct_answer,
    instrument_of,
    open_item,
    record_answer,
    take_back_answer,
)
from guidance.services.check_in_runs import (
    find_latest_outcome_run,
    find_open_run,
    find_or_add_open_run,
    get_open_run,
)
from guidance.services.guidance_log import on_time_of
from tests.people import MONDAY, pupil

FOUR = Rating("value", 4)


@pytest.fixture
def run(session: Session) -> CheckInRun:
    return find_or_add_open_run(session, pupil(session, "Anna"), now=MONDAY)


def answer_all(session: Session, run: CheckInRun, *ratings: Rating) -> None:
    """Answer the items with these ratings in turn, the last one for all that are left."""
    number = 0
    while open_item(run):
        rating = ratings[min(number, len(ratings) - 1)]
        record_answer(session, run, rating, message_id=f"{run.id}-{number}", now=MONDAY)
        number += 1


class TestOpenRun:
    def test_is_the_same_one_until_it_is_closed(self, session: Session, run: CheckInRun) -> None:
        assert find_or_add_open_run(session, run.pupil, now=MONDAY) is run
        assert get_open_run(session, run.pupil) is run

    def test_is_one_a_pupil_in_the_database_too(self, session: Session, run: CheckInRun) -> None:
        session.add(
            CheckInRun(pupil=run.pupil, instrument=run.instrument, version=run.version, started_at=MONDAY)
        )

        with pytest.raises(IntegrityError):
            session.flush()

    def test_is_missed_by_who_did_not_begin(self, session: Session) -> None:
        with pytest.raises(NoOpenCheckIn):
            get_open_run(session, pupil(session, "Bilal"))


class TestRecordAnswer:
    def test_goes_to_the_open_item_and_opens_the_next(self, session: Session, run: CheckInRun) -> None:
        first = open_item(run)

        answer = record_answer(session, run, FOUR, message_id="m1", now=MONDAY)

        assert first
        assert answer.item == first.id
        assert open_item(run) is instrument_of(run).items[1]

    def test_gives_the_first_result_for_a_message_seen_before(
        self, session: Session, run: CheckInRun
    ) -> None:
        first = record_answer(session, run, FOUR, message_id="m1", now=MONDAY)

        assert record_answer(session, run, UNSURE, message_id="m1", now=MONDAY) is first
        assert len(run.answers) == 1

    def test_goes_to_an_item_that_is_named_answered_or_not(self, session: Session, run: CheckInRun) -> None:
        one, _, third = instrument_of(run).items[:3]
        record_answer(session, run, FOUR, message_id="m1", now=MONDAY)

        record_answer(session, run, UNSURE, item=third, message_id="m2", now=MONDAY)
        record_answer(session, run, SKIP, item=one, message_id="m3", now=MONDAY)

        assert answers_of(run) == {one.id: SKIP, third.id: UNSURE}

    def test_is_refused_when_every_item_has_an_answer(self, session: Session, run: CheckInRun) -> None:
        answer_all(session, run, FOUR)

        with pytest.raises(CheckInCompleted):
            record_answer(session, run, FOUR, message_id="more", now=MONDAY)


class TestCorrectAnswer:
    def test_adds_a_version_and_keeps_the_earlier_one(self, session: Session, run: CheckInRun) -> None:
        record_answer(session, run, FOUR, message_id="m1", now=MONDAY)

        correct_answer(session, run, UNSURE, message_id="m2", now=MONDAY)
        correct_answer(session, run, SKIP, message_id="m3", now=MONDAY)

        assert answers_of(run) == {answered_item(run).id: SKIP}
        assert [answer.version for answer in run.answers] == [1, 2, 3]

    def test_gives_the_first_result_for_a_message_seen_before(
        self, session: Session, run: CheckInRun
    ) -> None:
        record_answer(session, run, FOUR, message_id="m1", now=MONDAY)
        corrected = correct_answer(session, run, UNSURE, message_id="m2", now=MONDAY)

        assert correct_answer(session, run, SKIP, message_id="m2", now=MONDAY) is corrected

    def test_changes_the_item_that_is_named_however_long_ago(self, session: Session, run: CheckInRun) -> None:
        first = record_answer(session, run, FOUR, message_id="m1", now=MONDAY).item
        second = record_answer(session, run, FOUR, message_id="m2", now=MONDAY).item

        correct_answer(session, run, UNSURE, item=first, message_id="m3", now=MONDAY)

        assert answers_of(run) == {first: UNSURE, second: FOUR}

    def test_is_refused_for_an_item_without_an_answer(self, session: Session, run: CheckInRun) -> None:
        record_answer(session, run, FOUR, message_id="m1", now=MONDAY)

        with pytest.raises(NothingToCorrect):
            correct_answer(
                session, run, SKIP, item=instrument_of(run).items[1].id, message_id="m2", now=MONDAY
            )

    def test_is_refused_without_an_answer_and_after_the_close(
        self, session: Session, run: CheckInRun
    ) -> None:
        with pytest.raises(NothingToCorrect):
            correct_answer(session, run, FOUR, message_id="m1", now=MONDAY)
        answer_all(session, run, FOUR)
        close_run(session, run, now=MONDAY)
        with pytest.raises(CheckInCompleted):
            correct_answer(session, run, FOUR, message_id="m2", now=MONDAY)


class TestTakeBackAnswer:
    def test_opens_its_item_again(self, session: Session, run: CheckInRun) -> None:
        first = open_item(run)
        record_answer(session, run, FOUR, message_id="m1", now=MONDAY)

        take_back_answer(session, "m1")

        assert open_item(run) is first
        assert record_answer(session, run, UNSURE, message_id="m1", now=MONDAY).rating == UNSURE

    def test_leaves_the_answer_before_a_correction(self, session: Session, run: CheckInRun) -> None:
        item = record_answer(session, run, FOUR, message_id="m1", now=MONDAY).item
        correct_answer(session, run, SKIP, message_id="m2", now=MONDAY)

        take_back_answer(session, "m2")
        take_back_answer(session, "never sent")

        assert answers_of(run) == {item: FOUR}

    def test_leaves_a_closed_run_as_it_is(self, session: Session, run: CheckInRun) -> None:
        answer_all(session, run, FOUR)
        close_run(session, run, now=MONDAY)

        take_back_answer(session, f"{run.id}-3")

        assert len(answers_of(run)) == 24


class TestCloseRun:
    def test_logs_one_guidance_moment_however_often_it_is_closed(
        self, session: Session, run: CheckInRun
    ) -> None:
        answer_all(session, run, FOUR)

        close_run(session, run, now=MONDAY)
        close_run(session, run, now=MONDAY + timedelta(days=1))

        assert run.completed_at == MONDAY
        assert [moment.kind for moment in session.scalars(select(GuidanceMoment))] == ["check_in_completed"]

    def test_its_moment_tells_which_check_in_it_was(self, session: Session, run: CheckInRun) -> None:
        answer_all(session, run, FOUR)
        close_run(session, run, now=MONDAY)

        figures = on_time_of(session, run.pupil, today=MONDAY.date())
        assert figures
        assert figures.first
        assert figures.first.in_words == "interessecheck"
        assert find_open_run(session, run.pupil) is None
        assert find_latest_outcome_run(session, run.pupil) is run

    @pytest.mark.parametrize(
        ("answered", "completed"), [(15, False), (16, True)], ids=["under two thirds", "two thirds"]
    )
    def test_counts_from_two_thirds(
        self, session: Session, run: CheckInRun, answered: int, completed: bool
    ) -> None:
        answer_all(session, run, *[UNSURE] * answered, SKIP)

        close_run(session, run, now=MONDAY)

        assert (run.completed_at is not None) is completed
        assert len(session.scalars(select(GuidanceMoment)).all()) == completed

    def test_is_refused_with_two_answers_while_items_are_open(
        self, session: Session, run: CheckInRun
    ) -> None:
        for number in range(2):
            record_answer(session, run, FOUR, message_id=f"m{number}", now=MONDAY)

        with pytest.raises(TooFewAnswers):
            close_run(session, run, now=MONDAY)

    def test_closes_a_run_in_which_all_was_skipped_without_counting_it(
        self, session: Session, run: CheckInRun
    ) -> None:
        answer_all(session, run, SKIP)

        close_run(session, run, now=MONDAY)

        assert run.closed_at
        assert run.completed_at is None


class CheckInMachine(RuleBasedStateMachine):
    """Whatever a pupil does in whatever order: one answer an item, none lost, none twice."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self.session.rollback()
        self.run_ = find_or_add_open_run(self.session, pupil(self.session, "Anna"), now=MONDAY)
        self.sent = 0
        self.expected: list[Rating] = []

    @precondition(lambda self: len(self.expected) < 24)
    @rule(value=st.sampled_from([FOUR, UNSURE, SKIP, Rating("value", 1)]))
    def answer(self, value: Rating) -> None:
        self.sent += 1
        record_answer(self.session, self.run_, value, message_id=f"m{self.sent}", now=MONDAY)
        self.expected.append(value)

    @precondition(lambda self: self.expected)
    @rule(value=st.sampled_from([FOUR, UNSURE, SKIP]))
    def correct(self, value: Rating) -> None:
        self.sent += 1
        correct_answer(self.session, self.run_, value, message_id=f"m{self.sent}", now=MONDAY)
        self.expected[-1] = value

    @precondition(lambda self: self.sent)
    @rule(number=st.integers(min_value=1))
    def send_again(self, number: int) -> None:
        again = f"m{1 + number % self.sent}"
        record_answer(self.session, self.run_, FOUR, message_id=again, now=MONDAY)

    def teardown(self) -> None:
        items = [item.id for item in instrument_of(self.run_).items]
        assert answers_of(self.run_) == dict(zip(items, self.expected, strict=False))
        assert answered_count(self.run_) == sum(rating != SKIP for rating in self.expected)
        self.session.rollback()


@pytest.mark.slow
def test_loses_no_answer_and_counts_none_twice(session: Session) -> None:
    class Machine(CheckInMachine):
        pass

    Machine.session = session
    from_hypothesis = Machine.TestCase
    from_hypothesis.settings = settings(
        max_examples=15,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    from_hypothesis().runTest()


@given(st.lists(st.sampled_from(["value", "unsure", "skip"]), max_size=24))
def test_an_answer_that_counts_is_never_a_skip(kinds: list[str]) -> None:
    ratings = [FOUR if kind == "value" else UNSURE if kind == "unsure" else SKIP for kind in kinds]

    assert sum(rating.is_answer for rating in ratings) == len(kinds) - kinds.count("skip")


def test_answers_are_stored_with_their_moment(session: Session, run: CheckInRun) -> None:
    record_answer(session, run, FOUR, message_id="m1", now=MONDAY)
    session.commit()

    assert session.scalars(select(Answer.given_at)).all() == [MONDAY]
