"""How long what is about oud-leerlingen is kept, with a moved clock for each kind."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.actors import Actor
from guidance.mentor_vetting import State, Who
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import PUPIL, MentorThread
from guidance.models.mentors import Mentor, MentorLink
from guidance.models.pupil import Pupil
from guidance.services.guidance_log import list_moments, verify
from guidance.services.mail import empty_old_mail, note_sent
from guidance.services.mentor_messages import write_as_mentor
from guidance.services.mentor_questions import close_question, draft_question, submit_question
from guidance.services.mentor_reports import close_report, report_message
from guidance.services.mentor_retention import forget_mentors
from guidance.services.mentor_vetting import leave, take_step
from guidance.services.mentors import AboutMentor, sign_up
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil, staff

DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)


@pytest.fixture
def bilal(session: Session) -> Pupil:
    """Bilal is over 16, and contact is on at his school."""
    open_contact(session)
    someone = pupil(session, "Bilal")
    someone.under_16_until = clock.school_day(MONDAY - DAY)
    session.flush()
    return someone


@pytest.fixture
def cor(session: Session, bilal: Pupil) -> Mentor:
    return add_mentor(session, "Cor")


def answered(session: Session, bilal: Pupil, cor: Mentor) -> MentorThread:
    draft_question(session, bilal, "Hoe is de pabo?", form_id="q", now=MONDAY)
    thread = submit_question(session, bilal, now=MONDAY)
    write_as_mentor(session, cor, thread.id, "Leuk.", form_id="a", now=MONDAY)
    return thread


def left(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


class TestForgetMentors:
    @pytest.mark.parametrize(("after", "kept"), [(A_YEAR, 1), (A_YEAR + 2 * DAY, 0)], ids=["year", "longer"])
    def test_a_question_goes_a_year_after_closing_and_its_moment_stays(
        self, session: Session, bilal: Pupil, cor: Mentor, after: timedelta, kept: int
    ) -> None:
        thread = answered(session, bilal, cor)
        close_question(session, bilal, thread.id, now=MONDAY)

        forget_mentors(session, now=MONDAY + after)

        assert left(session, MentorThread) == kept
        assert [moment.kind for moment in list_moments(session, bilal)] == ["mentor_answered"]
        assert verify(session, bilal.school).is_whole

    def test_an_open_question_stays(self, session: Session, bilal: Pupil, cor: Mentor) -> None:
        answered(session, bilal, cor)

        forget_mentors(session, now=MONDAY + 3 * A_YEAR)

        assert left(session, MentorThread) == 1

    def test_an_open_report_holds_its_question_and_who_it_is_about(
        self, session: Session, bilal: Pupil, cor: Mentor
    ) -> None:
        thread = answered(session, bilal, cor)
        close_question(session, bilal, thread.id, now=MONDAY)
        report = report_message(session, thread, thread.messages[-1].id, PUPIL, now=MONDAY)
        leave(session, cor, now=MONDAY)

        forget_mentors(session, now=MONDAY + 2 * A_YEAR)
        assert (left(session, MentorThread), left(session, Mentor)) == (1, 1)

        close_report(session, staff(session, "Jansen"), report.id, now=MONDAY)
        forget_mentors(session, now=MONDAY + 2 * A_YEAR)
        assert (left(session, MentorThread), left(session, Mentor)) == (0, 0)

    @pytest.mark.parametrize("how", ["leaves", "is stopped"])
    def test_who_is_gone_is_forgotten_a_year_later(self, session: Session, cor: Mentor, how: str) -> None:
        if how == "leaves":
            leave(session, cor, now=MONDAY)
        else:
            by_dean = Actor(Who.DEAN, staff(session, "De Vries").id)
            take_step(session, cor, State.WITHDRAWN, by_dean, now=MONDAY)

        forget_mentors(session, now=MONDAY + A_YEAR)
        assert left(session, Mentor) == 1
        forget_mentors(session, now=MONDAY + A_YEAR + 2 * DAY)
        assert left(session, Mentor) == 0

    def test_a_sign_up_that_was_never_confirmed_goes_after_a_month(
        self, session: Session, bilal: Pupil
    ) -> None:
        about = AboutMentor("Noor", 2019, "Stages.", 2, programme_name="Pabo", institution="Windesheim")
        sign_up(session, bilal.school, "noor@post.example", about, now=MONDAY)

        assert forget_mentors(session, now=MONDAY + 29 * DAY)["sign_ups_forgotten"] == 0
        assert forget_mentors(session, now=MONDAY + 31 * DAY)["sign_ups_forgotten"] == 1
        assert left(session, Mentor) == 0

    def test_a_dead_link_goes_and_a_living_one_stays(self, session: Session, cor: Mentor) -> None:
        assert left(session, MentorLink)

        forget_mentors(session, now=MONDAY + 14 * DAY)
        assert left(session, MentorLink)
        forget_mentors(session, now=MONDAY + 60 * DAY)
        assert left(session, MentorLink) == 0
        assert left(session, Mentor) == 1

    def test_a_second_time_finds_nothing(self, session: Session, bilal: Pupil, cor: Mentor) -> None:
        leave(session, cor, now=MONDAY)
        later = MONDAY + 2 * A_YEAR

        forget_mentors(session, now=later)
        assert not +forget_mentors(session, now=later)


class TestEmptyOldMail:
    def test_takes_words_and_address_out_after_30_days_and_keeps_the_key(
        self, session: Session, cor: Mentor
    ) -> None:
        mails = session.scalars(select(OutboxMail)).all()
        keys = {mail.key for mail in mails}
        for mail in mails:
            note_sent(session, mail.id, now=MONDAY)

        assert empty_old_mail(session, now=MONDAY + 29 * DAY) == 0
        assert empty_old_mail(session, now=MONDAY + 31 * DAY) == len(mails)
        assert empty_old_mail(session, now=MONDAY + 31 * DAY) == 0
        session.expire_all()
        assert {(mail.recipient, mail.body) for mail in session.scalars(select(OutboxMail))} == {("", "")}
        assert set(session.scalars(select(OutboxMail.key))) == keys

    def test_what_waits_is_left_alone(self, session: Session, cor: Mentor) -> None:
        assert left(session, OutboxMail)
        assert empty_old_mail(session, now=MONDAY + 31 * DAY) == 0
