"""Reports on a question to an oud-leerling: never judged by whom they are about, copied, and timed."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.errors import NotAllowed, NotFound
from guidance.mentor_report_copy import copy_in_words, took_in_words
from guidance.models.accounts import DEAN, Staff
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import PUPIL, MentorReport, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.mentor_messages import write_as_mentor
from guidance.services.mentor_questions import draft_question, submit_question
from guidance.services.mentor_reports import (
    copy_report,
    first_looks,
    get_report,
    list_reports,
    open_report,
    report_message,
)
from guidance.services.mentor_threads import get_thread_of_dean, list_threads_for_dean
from guidance.services.mentor_vetting import leave
from guidance.services.mentors import get_mentor_of_dean, list_mentors_of_dean
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil, staff

FIRST_HELD = "Wat is je nummer?"


@pytest.fixture
def bilal(session: Session) -> Pupil:
    """Bilal is over 16, and contact is on at his school."""
    open_contact(session)
    someone = pupil(session, "Bilal")
    someone.under_16_until = clock.school_day(MONDAY - timedelta(days=1))
    session.flush()
    return someone


@pytest.fixture
def cor(session: Session, bilal: Pupil) -> Mentor:
    return add_mentor(session, "Cor")


@pytest.fixture
def thread(session: Session, bilal: Pupil, cor: Mentor) -> MentorThread:
    draft_question(session, bilal, "Hoe is de pabo?", form_id="q", now=MONDAY)
    sent = submit_question(session, bilal, now=MONDAY)
    write_as_mentor(session, cor, sent.id, "Raar antwoord.", form_id="a", now=MONDAY)
    write_as_mentor(session, cor, sent.id, FIRST_HELD, form_id="b", now=MONDAY)
    return sent


def report(session: Session, thread: MentorThread) -> MentorReport:
    said = next(message for message in thread.messages if message.text == "Raar antwoord.")
    return report_message(session, thread, said.id, PUPIL, now=MONDAY)


def recipients(session: Session) -> list[str]:
    about = select(OutboxMail.recipient).where(OutboxMail.key.startswith("mentor_report:"))
    return sorted(session.scalars(about))


class TestWhoIsTheOudLeerlingToo:
    def test_a_contact_hears_and_reads_nothing_about_themselves(
        self, session: Session, cor: Mentor, thread: MentorThread
    ) -> None:
        jansen, bakker = staff(session, "Jansen"), staff(session, "Bakker")
        cor.staff_id = jansen.id
        session.flush()

        made = report(session, thread)

        assert jansen.mail not in recipients(session)
        assert bakker.mail in recipients(session)
        assert list_reports(session, jansen) == []
        with pytest.raises(NotFound):
            get_report(session, jansen, made.id)
        assert list_reports(session, bakker) == [made]

    def test_the_same_mail_address_is_the_same_person(self, session: Session, cor: Mentor) -> None:
        jansen = staff(session, "Jansen")
        jansen.mail = "COR@post.example"

        assert cor.is_also(jansen)

    def test_leaving_does_not_open_a_report_to_whom_it_is_about(
        self, session: Session, cor: Mentor, thread: MentorThread
    ) -> None:
        jansen = staff(session, "Jansen")
        cor.staff_id = jansen.id
        made = report(session, thread)
        leave(session, cor, now=MONDAY)

        with pytest.raises(NotFound):
            get_report(session, jansen, made.id)

    def test_a_dean_neither_vets_themselves_nor_watches_over_their_own_questions(
        self, session: Session, cor: Mentor, thread: MentorThread
    ) -> None:
        dean = staff(session, "De Vries")
        cor.staff_id = dean.id
        session.flush()

        assert list_mentors_of_dean(session, dean) == []
        assert list_threads_for_dean(session, dean) == []
        for read in (
            lambda: get_mentor_of_dean(session, dean, cor.id),
            lambda: get_thread_of_dean(session, dean, thread.id),
        ):
            with pytest.raises(NotFound):
                read()

    def test_another_dean_is_told_instead(
        self, session: Session, bilal: Pupil, cor: Mentor, thread: MentorThread
    ) -> None:
        first = staff(session, "De Vries")
        other = Staff(
            school_id=bilal.school_id, name="De Wit", mail="dewit@vechtdal.example", username="dewit",
            role=DEAN, password_hash="", otp_secret="",
        )  # fmt: skip
        session.add(other)
        cor.staff_id = first.id
        session.flush()

        report(session, thread)

        assert first.mail not in recipients(session)
        assert other.mail in recipients(session)


class TestCopyReport:
    def test_holds_what_the_reporter_could_read_and_is_noted(
        self, session: Session, thread: MentorThread
    ) -> None:
        made = report(session, thread)
        evidence = copy_report(session, staff(session, "Jansen"), made.id, now=MONDAY)

        text = copy_in_words(evidence, now=MONDAY)
        assert "Raar antwoord." in text
        assert "Hoe is de pabo?" in text
        assert FIRST_HELD not in text
        assert "Achternaam" not in text
        assert (made.copied_at, made.looked_at) == (MONDAY, MONDAY)

    def test_is_for_the_contact_only(self, session: Session, thread: MentorThread) -> None:
        made = report(session, thread)

        with pytest.raises(NotAllowed):
            copy_report(session, staff(session, "De Vries"), made.id, now=MONDAY)


class TestFirstLooks:
    def test_measures_from_report_to_first_look(self, session: Session, thread: MentorThread) -> None:
        jansen, made = staff(session, "Jansen"), report(session, thread)
        assert first_looks(session, jansen) is None

        open_report(session, jansen, made.id, now=MONDAY + timedelta(hours=3))
        open_report(session, jansen, made.id, now=MONDAY + timedelta(hours=9))

        looks = first_looks(session, jansen)
        assert looks
        assert (looks.count, looks.median, looks.longest) == (1, timedelta(hours=3), timedelta(hours=3))

    @pytest.mark.parametrize(
        ("took", "words"),
        [
            (timedelta(seconds=20), "0 minuten"),
            (timedelta(minutes=1), "1 minuut"),
            (timedelta(hours=5), "5 uur"),
            (timedelta(days=2, hours=3), "2 dagen"),
        ],
        ids=["at once", "a minute", "hours", "days"],
    )
    def test_is_said_in_the_largest_unit(self, took: timedelta, words: str) -> None:
        assert took_in_words(took) == words
