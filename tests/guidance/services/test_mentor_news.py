"""What a pupil hears of a question: each thing once, and nothing of what vanished."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from guidance import clock
from guidance.actors import Actor
from guidance.mentor_question_replies import news_reply
from guidance.mentor_questions import News
from guidance.mentor_vetting import State, Who
from guidance.models.mentor_threads import MENTOR, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.mentor_messages import write_as_mentor
from guidance.services.mentor_news import tell_mentor_news
from guidance.services.mentor_night import run_mentor_night
from guidance.services.mentor_questions import block, draft_question, submit_question, turn_down
from guidance.services.mentor_vetting import leave, take_step
from guidance.services.welcome import welcome_replies
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil, staff


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


def ask(session: Session, someone: Pupil) -> MentorThread:
    draft_question(session, someone, "Hoe is de pabo?", form_id="q", now=MONDAY)
    return submit_question(session, someone, now=MONDAY)


@pytest.fixture
def answered(session: Session, bilal: Pupil, cor: Mentor) -> MentorThread:
    thread = ask(session, bilal)
    write_as_mentor(session, cor, thread.id, "Leuk.", form_id="a", now=MONDAY)
    return thread


def heard(session: Session, someone: Pupil) -> list[str]:
    return [str(news.kind) for news in tell_mentor_news(session, someone, now=MONDAY)]


def nights(session: Session, days: int) -> None:
    for day in range(days):
        run_mentor_night(session, now=MONDAY + timedelta(days=day))


class TestTellMentorNews:
    def test_tells_of_an_answer_once(self, session: Session, bilal: Pupil, answered: MentorThread) -> None:
        assert heard(session, bilal) == ["answered"]
        assert heard(session, bilal) == []

    def test_tells_of_two_answers_as_one(
        self, session: Session, bilal: Pupil, cor: Mentor, answered: MentorThread
    ) -> None:
        write_as_mentor(session, cor, answered.id, "En ook leerzaam.", form_id="b", now=MONDAY)

        assert heard(session, bilal) == ["answered"]

    def test_tells_nobody_else(self, session: Session, answered: MentorThread) -> None:
        assert heard(session, pupil(session, "Anna")) == []

    def test_what_is_held_back_is_no_news(self, session: Session, bilal: Pupil, cor: Mentor) -> None:
        thread = ask(session, bilal)
        write_as_mentor(session, cor, thread.id, "Wat is je nummer?", form_id="a", now=MONDAY)

        assert "answered" not in heard(session, bilal)

    def test_a_question_that_went_to_another(self, session: Session, bilal: Pupil, cor: Mentor) -> None:
        add_mentor(session, "Noor")
        ask(session, bilal)
        nights(session, 10)

        assert heard(session, bilal) == ["passed_on"]

    def test_a_dean_who_is_late(self, session: Session, bilal: Pupil, cor: Mentor) -> None:
        ask(session, pupil(session, "Anna"))
        nights(session, 7)

        (told,) = tell_mentor_news(session, pupil(session, "Anna"), now=MONDAY)
        assert told.kind == News.DEAN_LATE
        reply = news_reply([told])
        assert reply
        assert [button.payload for button in reply.buttons] == ["/request_talk"]

    def test_that_a_question_closes_soon_and_then_only_that_it_closed(
        self, session: Session, bilal: Pupil, answered: MentorThread
    ) -> None:
        assert heard(session, bilal) == ["answered"]
        nights(session, 50)

        assert heard(session, bilal) == ["closed"]

    @pytest.mark.parametrize(
        ("happens", "kind"),
        [
            (lambda session, cor, now: take_step(session, cor, State.PAUSED, by(cor), now=now), "away"),
            (lambda session, cor, now: leave(session, cor, now=now), "closed"),
        ],
        ids=["pauses", "leaves"],
    )
    def test_that_the_other_is_away_or_gone(
        self,
        session: Session,
        bilal: Pupil,
        cor: Mentor,
        answered: MentorThread,
        happens: Callable[[Session, Mentor, datetime], object],
        kind: str,
    ) -> None:
        heard(session, bilal)

        happens(session, cor, MONDAY)

        assert heard(session, bilal) == [kind]

    def test_that_the_dean_closed_it(self, session: Session, bilal: Pupil, answered: MentorThread) -> None:
        turn_down(session, staff(session, "De Vries"), answered.id, now=MONDAY)

        assert heard(session, bilal) == ["answered", "closed"]

    def test_nothing_of_who_is_blocked(self, session: Session, bilal: Pupil, answered: MentorThread) -> None:
        block(session, answered, MENTOR, now=MONDAY)

        assert heard(session, bilal) == []


def by(mentor: Mentor) -> Actor:
    return Actor(Who.MENTOR, mentor.id)


def test_a_talk_begins_with_the_news(session: Session, bilal: Pupil, answered: MentorThread) -> None:
    first = welcome_replies(session, bilal, now=MONDAY)
    again = welcome_replies(session, bilal, now=MONDAY)

    assert first[1].text == "Cor gaf antwoord op je vraag."
    assert first[1].cards[0].url == "/leerling/oud-leerling"
    assert len(again) == len(first) - 1
