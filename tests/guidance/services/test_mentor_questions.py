"""A question to an oud-leerling: who it goes to, who looks first, and two at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock
from guidance.errors import (
    ConsentMissing,
    DangerInText,
    MentorsOff,
    NobodyFree,
    NotFound,
    QuestionOpen,
    SignInNeeded,
    WordsEmpty,
    WordsTooLong,
)
from guidance.mentor_questions import State
from guidance.mentor_vetting import State as MentorState
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.models.school import ConsentBasis
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.mentor_messages import release_message, write_as_mentor
from guidance.services.mentor_night import run_mentor_night
from guidance.services.mentor_offers import matches_for
from guidance.services.mentor_questions import draft_question, let_through, submit_question, turn_down
from guidance.services.mentor_threads import get_thread_of_dean, messages_for_pupil
from guidance.services.mentors import turn_mentors_off
from guidance.services.saved_programmes import remove_saved_programme, save_programme
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil, staff

PABO = "00ic-34808-zwolle"


@pytest.fixture
def bilal(session: Session) -> Pupil:
    """Bilal is over 16, and contact is on at his school."""
    open_contact(session)
    someone = pupil(session, "Bilal")
    someone.under_16_until = clock.school_day(MONDAY - timedelta(days=1))
    session.flush()
    return someone


def ask(
    session: Session, someone: Pupil, text: str = "Hoe is de pabo?", to: int | None = None
) -> MentorThread:
    draft_question(session, someone, text, form_id="q", now=MONDAY)
    return submit_question(session, someone, to=to, now=MONDAY)


class TestWhoMayAsk:
    def test_an_anonymous_visitor_signs_in_first(self, session: Session, bilal: Pupil) -> None:
        visitor = add_anonymous_pupil(session, bilal.school, now=MONDAY)

        with pytest.raises(SignInNeeded):
            draft_question(session, visitor, "Hoi", form_id="q", now=MONDAY)

    def test_nobody_while_it_is_off(self, session: Session, bilal: Pupil) -> None:
        turn_mentors_off(staff(session, "De Vries"))

        with pytest.raises(MentorsOff):
            draft_question(session, bilal, "Hoi", form_id="q", now=MONDAY)

    def test_under_16_only_with_a_basis(self, session: Session, bilal: Pupil) -> None:
        for basis in session.scalars(select(ConsentBasis).where(ConsentBasis.purpose == "mentor_contact")):
            session.delete(basis)
        session.flush()

        with pytest.raises(ConsentMissing):
            draft_question(session, pupil(session, "Anna"), "Hoi", form_id="q", now=MONDAY)
        assert draft_question(session, bilal, "Hoi", form_id="q", now=MONDAY).state == State.DRAFT


class TestMatches:
    def test_the_same_programme_comes_before_the_profile_and_the_rest(
        self, session: Session, bilal: Pupil
    ) -> None:
        other, profile, same = (add_mentor(session, name) for name in ("Cor", "Dua", "Eva"))
        bilal.profile = profile.profile = "NT"
        same.programme = PABO
        session.flush()
        save_programme(session, bilal, PABO, now=MONDAY)

        found = matches_for(session, bilal, now=MONDAY)

        assert [(match.mentor, match.reason) for match in found] == [
            (same, "programme"),
            (profile, "profile"),
            (other, "school"),
        ]

    def test_a_programme_that_was_taken_off_the_list_counts_no_more(
        self, session: Session, bilal: Pupil
    ) -> None:
        add_mentor(session, "Eva").programme = PABO
        session.flush()
        save_programme(session, bilal, PABO, now=MONDAY)
        remove_saved_programme(session, bilal, PABO, now=MONDAY)

        (match,) = matches_for(session, bilal, now=MONDAY)

        assert match.reason != "programme"

    def test_among_equals_who_has_least_to_do_and_then_who_waits_longest(
        self, session: Session, bilal: Pupil
    ) -> None:
        first, second = add_mentor(session, "Cor"), add_mentor(session, "Dua")
        ask(session, bilal)

        assert [match.mentor for match in matches_for(session, bilal, now=MONDAY)] == [second, first]

    def test_nobody_of_another_school_and_nobody_who_is_not_active(
        self, session: Session, bilal: Pupil
    ) -> None:
        stranger, paused = add_mentor(session, "Cor"), add_mentor(session, "Dua")
        stranger.school_id = staff(session, "Smit").school_id
        paused.state = MentorState.PAUSED
        session.flush()

        assert matches_for(session, bilal, now=MONDAY) == []
        with pytest.raises(NobodyFree):
            ask(session, bilal)


class TestAsk:
    def test_goes_to_who_was_chosen_with_a_mail_without_words(self, session: Session, bilal: Pupil) -> None:
        add_mentor(session, "Cor")
        chosen = add_mentor(session, "Dua")

        thread = ask(session, bilal, to=chosen.id)

        assert (thread.state, thread.mentor) == (State.OFFERED, chosen)
        letter = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()
        assert letter
        assert letter.recipient == chosen.mail
        assert "pabo" not in f"{letter.subject} {letter.body}".casefold()
        assert "Bilal" not in f"{letter.subject} {letter.body}"

    def test_another_text_takes_the_place_of_a_draft_and_a_sent_one_stays(
        self, session: Session, bilal: Pupil
    ) -> None:
        add_mentor(session, "Cor")
        draft_question(session, bilal, "Eerst dit", form_id="1", now=MONDAY)
        thread = ask(session, bilal, "Toch dit")

        assert [one.text for one in thread.messages] == ["Toch dit"]
        with pytest.raises(QuestionOpen):
            draft_question(session, bilal, "Nog een", form_id="2", now=MONDAY)
        assert submit_question(session, bilal, now=MONDAY) is thread

    @pytest.mark.parametrize(
        ("text", "failure"),
        [("  ", WordsEmpty), ("x" * 1001, WordsTooLong), ("ik wil niet meer leven", DangerInText)],
        ids=["empty", "long", "danger"],
    )
    def test_refuses_what_cannot_be_kept(
        self, session: Session, bilal: Pupil, text: str, failure: type[Exception]
    ) -> None:
        with pytest.raises(failure):
            draft_question(session, bilal, text, form_id="q", now=MONDAY)
        assert session.scalars(select(MentorThread)).all() == []


class TestDeanLooksFirst:
    def test_under_16_and_what_is_held_back_wait_for_the_dean(self, session: Session, bilal: Pupil) -> None:
        add_mentor(session, "Cor")
        anna = pupil(session, "Anna")

        threads = [ask(session, anna), ask(session, bilal, "Wat is je nummer?")]

        assert [thread.state for thread in threads] == [State.WITH_DEAN, State.WITH_DEAN]
        assert [thread.mentor for thread in threads] == [None, None]
        assert let_through(session, staff(session, "De Vries"), threads[0].id, now=MONDAY).mentor

    def test_a_dean_who_is_late_is_reminded_once(self, session: Session, bilal: Pupil) -> None:
        ask(session, pupil(session, "Anna"))

        done = [
            run_mentor_night(session, now=MONDAY + timedelta(days=day))["dean_reminded"] for day in range(7)
        ]

        assert [day for day, count in enumerate(done) if count] == [4]

    def test_turned_down_it_is_closed(self, session: Session, bilal: Pupil) -> None:
        thread = ask(session, pupil(session, "Anna"))

        assert turn_down(session, staff(session, "De Vries"), thread.id, now=MONDAY).state == State.CLOSED

    def test_a_dean_of_another_school_decides_nothing(self, session: Session, bilal: Pupil) -> None:
        thread, smit = ask(session, pupil(session, "Anna")), staff(session, "Smit")

        for attempt in (
            lambda: let_through(session, smit, thread.id, now=MONDAY),
            lambda: turn_down(session, smit, thread.id, now=MONDAY),
            lambda: get_thread_of_dean(session, smit, thread.id),
            lambda: release_message(session, smit, thread.messages[0].id, now=MONDAY),
        ):
            with pytest.raises(NotFound):
                attempt()


class TestAnswer:
    def test_who_asks_for_contact_data_is_paused_and_the_question_goes_on(
        self, session: Session, bilal: Pupil
    ) -> None:
        cor, dua = add_mentor(session, "Cor"), add_mentor(session, "Dua")
        thread = ask(session, bilal, to=cor.id)

        write_as_mentor(session, cor, thread.id, "Wat is je nummer?", form_id="a", now=MONDAY)

        assert (cor.state, cor.held_at) == (MentorState.PAUSED, MONDAY)
        assert (thread.state, thread.mentor) == (State.OFFERED, dua)
        assert [one.text for one in messages_for_pupil(thread)] == ["Hoe is de pabo?"]

    def test_what_is_held_back_counts_as_an_answer_once_a_dean_lets_it_go(
        self, session: Session, bilal: Pupil
    ) -> None:
        cor = add_mentor(session, "Cor")
        thread = ask(session, bilal)
        message = write_as_mentor(
            session, cor, thread.id, "Kijk op www.voorbeeld.com", form_id="a", now=MONDAY
        )
        assert thread.state == State.OFFERED

        release_message(session, staff(session, "De Vries"), message.id, now=MONDAY)

        assert thread.state == State.ANSWERED
        assert message in messages_for_pupil(thread)


def test_two_questions_at_once_never_fill_one_place_twice(
    session: Session, sessions: sessionmaker[Session], bilal: Pupil
) -> None:
    add_mentor(session, "Cor", capacity=1)
    anna = pupil(session, "Anna")
    anna.under_16_until = bilal.under_16_until
    for someone in (anna, bilal):
        draft_question(session, someone, "Hoe is de pabo?", form_id="q", now=MONDAY)
    session.commit()
    ready = threading.Barrier(2)

    def submit(pupil_id: int) -> bool:
        ready.wait()
        try:
            with sessions.begin() as own:
                someone = own.get(Pupil, pupil_id)
                assert someone
                submit_question(own, someone, now=MONDAY)
        except NobodyFree:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        went = list(threads.map(submit, [anna.id, bilal.id]))

    assert sorted(went) == [False, True]
    with sessions() as after:
        assert len(after.scalars(select(MentorThread).where(MentorThread.mentor_id.is_not(None))).all()) == 1
        assert after.scalars(select(Mentor.capacity)).all() == [1]


@pytest.mark.parametrize(
    ("region", "due_on"),
    [(None, date(2027, 2, 18)), ("zuid", date(2027, 2, 25))],
    ids=["of the school", "of the pupil"],
)
def test_school_days_are_those_of_the_holiday_region(
    session: Session, bilal: Pupil, region: str | None, due_on: date
) -> None:
    add_mentor(session, "Cor")
    bilal.holiday_region = region
    before_carnival = MONDAY.replace(year=2027, month=2, day=11)
    draft_question(session, bilal, "Hoe is de pabo?", form_id="q", now=before_carnival)

    assert submit_question(session, bilal, now=before_carnival).due_on == due_on
