"""Random sequences of everything that can happen to questions; what must hold holds after each of them."""

import functools
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.actors import Actor
from guidance.database import engine_for
from guidance.errors import GuidanceError, NotFound
from guidance.mentor_questions import MOST_FORWARDS, State
from guidance.mentor_vetting import State as MentorState
from guidance.mentor_vetting import Who
from guidance.models.mentor_threads import MENTOR, PUPIL, MentorBlock, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.mentor_messages import release_message, write_as_mentor, write_as_pupil
from guidance.services.mentor_night import run_mentor_night
from guidance.services.mentor_offers import TAKING_ROOM
from guidance.services.mentor_questions import (
    block,
    close_question,
    decline_question,
    draft_question,
    let_through,
    submit_question,
    turn_down,
)
from guidance.services.mentor_reports import close_report, find_open_report, report_message, undo_report
from guidance.services.mentor_threads import (
    get_thread_of_dean,
    get_thread_of_mentor,
    get_thread_of_pupil,
    messages_for_mentor,
    messages_for_pupil,
)
from guidance.services.mentor_vetting import note_vog, take_step
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, add_cast, pupil, staff

WORDS = st.sampled_from(
    ["Hoe is de pabo?", "Dat was best zwaar.", "Wat is je nummer?", "zullen we afspreken"]
)
ONE_OF_THREE, ONE_OF_MANY = st.integers(0, 2), st.integers(0, 30)
TO_STATES = [MentorState.ACTIVE, MentorState.PAUSED, MentorState.SUSPENDED, MentorState.WITHDRAWN]


class Questions(RuleBasedStateMachine):
    """Three pupils (one under 16), three oud-leerlingen with little room, and everyone around them."""

    empty: ClassVar[Path]

    @initialize()
    def open_school(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "school.sqlite"
        shutil.copy(self.empty, path)
        self.engine = engine_for(f"sqlite:///{path}")
        self.session = Session(self.engine, expire_on_commit=False)
        self.now, self.forms = MONDAY, 0
        add_cast(self.session)
        open_contact(self.session)
        self.dean, self.outsider = staff(self.session, "De Vries"), staff(self.session, "Smit")
        self.contact = staff(self.session, "Jansen")
        self.pupils = [pupil(self.session, "Anna"), pupil(self.session, "Bilal"), self._third()]
        self.pupils[1].under_16_until = self.pupils[2].under_16_until = clock.school_day(
            MONDAY - timedelta(days=1)
        )
        days = (400, 40, 20)
        self.mentors = [
            add_mentor(
                self.session,
                name,
                capacity=1 + at % 2,
                vog_ends=clock.school_day(MONDAY + timedelta(days=days[at])),
            )
            for at, name in enumerate(("Cor", "Dua", "Eva"))
        ]
        self.closed_with: dict[int, int] = {}
        self.session.commit()

    def _third(self) -> Pupil:
        third = Pupil(
            school_id=self.dean.school_id,
            first_name="Cem",
            surname="Achternaam",
            class_name="h4a",
            level="havo",
            leerjaar=4,
            exam_year=2028,
            code_digest="cem",
            created_at=MONDAY,
        )
        self.session.add(third)
        self.session.flush()
        return third

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            self.engine.dispose()
            self.folder.cleanup()

    def _try(self, *work) -> bool:  # type: ignore[no-untyped-def]
        """Do one thing as an entrance does: all of it, or nothing."""
        try:
            for part in work:
                part()
            self.session.commit()
        except GuidanceError:
            self.session.rollback()
            return False
        return True

    def _form(self) -> str:
        self.forms += 1
        return str(self.forms)

    def _threads(self) -> list[MentorThread]:
        return list(self.session.scalars(select(MentorThread).order_by(MentorThread.id)))

    def _thread(self, at: int) -> MentorThread | None:
        """Return a question, nearly always one of those that are with an oud-leerling, if there are any."""
        threads = self._threads()
        likely = [thread for thread in threads if thread.state in TAKING_ROOM]
        some = likely if likely and at % 5 else threads
        return some[at % len(some)] if some else None

    @rule(days=st.integers(1, 12))
    def nights_pass(self, days: int) -> None:
        for _ in range(days):
            self.now += timedelta(days=1)
            assert self._try(lambda: run_mentor_night(self.session, now=self.now))
            assert self._try(lambda: self._assert_quiet(run_mentor_night(self.session, now=self.now)))

    def _assert_quiet(self, done: Counter[str]) -> None:
        assert not done.total(), done

    @rule(who=ONE_OF_THREE, text=WORDS, to=st.none() | ONE_OF_THREE)
    def pupil_asks(self, who: int, text: str, to: int | None) -> None:
        asker = self.pupils[who]
        chosen = None if to is None else self.mentors[to].id
        self._try(
            lambda: draft_question(self.session, asker, text, form_id=self._form(), now=self.now),
            lambda: submit_question(self.session, asker, to=chosen, now=self.now),
        )

    @rule(who=ONE_OF_THREE, text=WORDS)
    def one_is_asked_and_answers(self, who: int, text: str) -> None:
        self.pupil_asks(who, "Hoe is de pabo?", None)
        for at, thread in enumerate(self._threads()):
            if thread.pupil_id == self.pupils[who].id and thread.mentor:
                self._write_as_mentor(thread.mentor, self._threads()[at], text)

    @rule(at=ONE_OF_MANY, is_let_through=st.booleans())
    def dean_decides(self, at: int, is_let_through: bool) -> None:
        if thread := self._thread(at):
            decide = let_through if is_let_through else turn_down
            self._try(lambda: decide(self.session, self.dean, thread.id, now=self.now))

    @rule(at=ONE_OF_MANY, stranger=st.none() | ONE_OF_THREE, text=WORDS)
    def mentor_writes(self, at: int, stranger: int | None, text: str) -> None:
        if thread := self._thread(at):
            self._write_as_mentor(self._writer(thread, stranger), thread, text)

    def _write_as_mentor(self, mentor: Mentor, thread: MentorThread, text: str) -> None:
        form, was_active = self._form(), mentor.is_active_on(clock.school_day(self.now))
        written = functools.partial(
            write_as_mentor, self.session, mentor, thread.id, text, form_id=form, now=self.now
        )
        went = self._try(written)
        assert was_active or not went
        if went and thread.mentor_id == mentor.id and thread.state != State.CLOSED:
            assert written().form_id == form
            self.session.commit()

    @rule(at=ONE_OF_MANY, text=WORDS)
    def pupil_writes(self, at: int, text: str) -> None:
        if thread := self._thread(at):
            mentor = thread.mentor
            was_active = mentor is not None and mentor.is_active_on(clock.school_day(self.now))
            asker, form = thread.pupil, self._form()
            went = self._try(
                lambda: write_as_pupil(self.session, asker, thread.id, text, form_id=form, now=self.now)
            )
            assert was_active or not went

    @rule(at=ONE_OF_MANY)
    def dean_releases(self, at: int) -> None:
        if (thread := self._thread(at)) and thread.messages:
            self._try(lambda: release_message(self.session, self.dean, thread.messages[-1].id, now=self.now))

    @rule(at=ONE_OF_MANY, stranger=st.none() | ONE_OF_THREE)
    def mentor_declines(self, at: int, stranger: int | None) -> None:
        if thread := self._thread(at):
            mentor = self._writer(thread, stranger)
            self._try(lambda: decline_question(self.session, mentor, thread.id, now=self.now))

    def _writer(self, thread: MentorThread, stranger: int | None) -> Mentor:
        return self.mentors[stranger or 0] if stranger is not None or not thread.mentor else thread.mentor

    @rule(at=ONE_OF_MANY)
    def pupil_closes(self, at: int) -> None:
        if thread := self._thread(at):
            self._try(lambda: close_question(self.session, thread.pupil, thread.id, now=self.now))

    @rule(at=ONE_OF_MANY, by_pupil=st.booleans())
    def one_blocks(self, at: int, by_pupil: bool) -> None:
        if (thread := self._thread(at)) and thread.mentor:
            who = PUPIL if by_pupil else MENTOR
            self._try(lambda: block(self.session, thread, who, now=self.now))

    @rule(at=ONE_OF_MANY, by_pupil=st.booleans(), message=ONE_OF_MANY)
    def one_reports(self, at: int, by_pupil: bool, message: int) -> None:
        if (thread := self._thread(at)) and thread.mentor and thread.messages:
            who, reported = PUPIL if by_pupil else MENTOR, thread.messages[message % len(thread.messages)]
            self._try(lambda: report_message(self.session, thread, reported.id, who, now=self.now))

    @rule(at=ONE_OF_MANY, is_undone=st.booleans())
    def contact_decides(self, at: int, is_undone: bool) -> None:
        thread = self._thread(at)
        report = find_open_report(self.session, thread) if thread else None
        if report:
            decide = undo_report if is_undone else close_report
            self._try(lambda: decide(self.session, self.contact, report.id, now=self.now))

    @rule(who=ONE_OF_THREE, end=st.sampled_from(TO_STATES), by=st.sampled_from([Who.DEAN, Who.MENTOR]))
    def vetting_goes_on(self, who: int, end: MentorState, by: Who) -> None:
        actor = Actor(by, self.dean.id if by is Who.DEAN else self.mentors[who].id)
        self._try(lambda: take_step(self.session, self.mentors[who], end, actor, now=self.now))

    @rule(who=ONE_OF_THREE, days=st.integers(1, 90))
    def vog_is_renewed(self, who: int, days: int) -> None:
        today = clock.school_day(self.now)
        self._try(
            lambda: note_vog(
                self.session,
                self.dean,
                self.mentors[who].id,
                seen_on=today,
                expires_on=today + timedelta(days=days),
                now=self.now,
            )
        )

    @invariant()
    def nobody_has_more_than_room_for(self) -> None:
        loads = Counter(thread.mentor_id for thread in self._threads() if thread.state in TAKING_ROOM)
        assert all(loads[mentor.id] <= mentor.capacity for mentor in self.mentors)

    @invariant()
    def nobody_gets_a_question_twice(self) -> None:
        for thread in self._threads():
            had_it = [offer.mentor_id for offer in thread.offers]
            assert len(had_it) == len(set(had_it)) <= MOST_FORWARDS + 1

    @invariant()
    def a_closed_question_takes_no_message(self) -> None:
        for thread in self._threads():
            if thread.state in (State.CLOSED, State.REPORTED):
                assert self.closed_with.setdefault(thread.id, len(thread.messages)) == len(thread.messages)
            else:
                self.closed_with.pop(thread.id, None)

    @invariant()
    def a_block_and_a_report_hide_both_ways(self) -> None:
        pairs = {(one.pupil_id, one.mentor_id) for one in self.session.scalars(select(MentorBlock))}
        for thread in self._threads():
            if thread.mentor and (
                thread.state == State.REPORTED or (thread.pupil_id, thread.mentor_id) in pairs
            ):
                assert _finds_nothing(get_thread_of_pupil, self.session, thread.pupil, thread.id)
                assert _finds_nothing(get_thread_of_mentor, self.session, thread.mentor, thread.id)
            if thread.state == State.REPORTED:
                assert _finds_nothing(get_thread_of_dean, self.session, self.dean, thread.id)

    @invariant()
    def nobody_else_reads_it(self) -> None:
        for thread in self._threads():
            assert _finds_nothing(get_thread_of_dean, self.session, self.outsider, thread.id)
            others = [one for one in self.pupils if one.id != thread.pupil_id]
            assert all(_finds_nothing(get_thread_of_pupil, self.session, one, thread.id) for one in others)
            strangers = [one for one in self.mentors if one.id != thread.mentor_id]
            assert all(
                _finds_nothing(get_thread_of_mentor, self.session, one, thread.id) for one in strangers
            )

    @invariant()
    def what_is_held_back_is_seen_by_its_writer_only(self) -> None:
        for thread in self._threads():
            assert all(one.author == PUPIL or not one.is_held for one in messages_for_pupil(thread))
            for mentor in self.mentors:
                seen = messages_for_mentor(thread, mentor)
                assert all(one.mentor_id in (None, mentor.id) for one in seen)
                assert all(one.mentor_id == mentor.id or not one.is_held for one in seen)

    @invariant()
    def an_unanswered_question_is_with_someone_active_last_night(self) -> None:
        for thread in self._threads():
            if thread.state == State.OFFERED:
                assert thread.mentor
                assert thread.mentor.state == MentorState.ACTIVE


def _finds_nothing(get, session: Session, who: object, thread_id: int) -> bool:  # type: ignore[no-untyped-def]
    try:
        get(session, who, thread_id)
    except NotFound:
        return True
    return False


@pytest.mark.slow
def test_what_must_hold_holds_whatever_happens(empty_sqlite: Path) -> None:
    Questions.empty = empty_sqlite

    run_state_machine_as_test(Questions, settings=settings(max_examples=30, stateful_step_count=30))
