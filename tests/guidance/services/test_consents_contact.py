"""Contact with an oud-leerling was on for Anna, who is under 16; then her school withdraws the basis."""

import pytest
from sqlalchemy.orm import Session

from guidance.consents import Basis, Decision, Purpose
from guidance.errors import ConsentMissing, QuestionClosed
from guidance.mentor_questions import State
from guidance.models.mentor_threads import MentorThread
from guidance.models.school import ConsentBasis
from guidance.services.consents import note_basis, withdraw_basis
from guidance.services.mentor_messages import release_message, write_as_mentor, write_as_pupil
from guidance.services.mentor_questions import decline_question, draft_question, let_through, submit_question
from guidance.services.mentors import turn_mentors_on
from tests.guidance.services.mentor_cast import add_mentor
from tests.people import MONDAY, pupil, staff

BY_PARENT = Decision(Basis.PARENT, MONDAY.date(), "Moeder van Anna")


def withdraw(session: Session, basis: ConsentBasis) -> None:
    withdraw_basis(session, staff(session, "De Vries"), basis.id, now=MONDAY)


@pytest.fixture
def basis(session: Session) -> ConsentBasis:
    turn_mentors_on(session, staff(session, "De Vries"), now=MONDAY)
    for name in ("Cor", "Dua"):
        add_mentor(session, name)
    dean, anna = staff(session, "De Vries"), pupil(session, "Anna")
    return note_basis(session, dean, Purpose.MENTOR_CONTACT, BY_PARENT, pupil_id=anna.id, now=MONDAY)


@pytest.fixture
def thread(session: Session, basis: ConsentBasis) -> MentorThread:
    """Anna's question waits for the dean."""
    draft_question(session, pupil(session, "Anna"), "Hoe is de pabo?", form_id="q", now=MONDAY)
    return submit_question(session, pupil(session, "Anna"), now=MONDAY)


def test_no_question_is_written(session: Session, basis: ConsentBasis) -> None:
    withdraw(session, basis)

    with pytest.raises(ConsentMissing):
        draft_question(session, pupil(session, "Anna"), "Hoe is de pabo?", form_id="q", now=MONDAY)


def test_no_question_goes_on_to_an_oud_leerling(
    session: Session, basis: ConsentBasis, thread: MentorThread
) -> None:
    withdraw(session, basis)

    with pytest.raises(ConsentMissing):
        let_through(session, staff(session, "De Vries"), thread.id, now=MONDAY)
    assert thread.state == State.WITH_DEAN


def test_nobody_writes_to_the_other(session: Session, basis: ConsentBasis, thread: MentorThread) -> None:
    mentor = let_through(session, staff(session, "De Vries"), thread.id, now=MONDAY).mentor
    assert mentor
    write_as_mentor(session, mentor, thread.id, "Best zwaar.", form_id="a", now=MONDAY)
    withdraw(session, basis)

    with pytest.raises(QuestionClosed):
        write_as_mentor(session, mentor, thread.id, "En jij?", form_id="b", now=MONDAY)
    with pytest.raises(ConsentMissing):
        write_as_pupil(session, thread.pupil, thread.id, "Dank.", form_id="c", now=MONDAY)
    assert len(thread.messages) == 2


def test_no_message_that_was_held_back_is_let_go(
    session: Session, basis: ConsentBasis, thread: MentorThread
) -> None:
    dean = staff(session, "De Vries")
    mentor = let_through(session, dean, thread.id, now=MONDAY).mentor
    assert mentor
    text = "Zie https://pabo.example."
    held = write_as_mentor(session, mentor, thread.id, text, form_id="a", now=MONDAY)
    withdraw(session, basis)

    with pytest.raises(ConsentMissing):
        release_message(session, dean, held.id, now=MONDAY)
    assert held.is_held


def test_no_other_oud_leerling_reads_it(session: Session, basis: ConsentBasis, thread: MentorThread) -> None:
    mentor = let_through(session, staff(session, "De Vries"), thread.id, now=MONDAY).mentor
    assert mentor
    withdraw(session, basis)

    decline_question(session, mentor, thread.id, now=MONDAY)

    assert (thread.state, len(thread.offers)) == (State.CLOSED, 1)
