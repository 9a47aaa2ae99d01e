"""What is answered to which pupil, and what is kept of the question."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.knowledge import Answer
from guidance.models.check_in import CheckInRun
from guidance.models.knowledge import CountedQuestion, TopicAsked, TopicCount
from guidance.models.pupil import Pupil
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.guidance_log import record_moment
from guidance.services.knowledge import Question, answer_question, steps_of, topic_counts
from guidance.services.saved_programmes import save_programme
from guidance.services.talks import mark_discussed, request_talk
from guidance.steps import Steps
from tests.people import MONDAY, pupil, staff

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def anna(session: Session) -> Pupil:
    return pupil(session, "Anna")


@pytest.fixture
def visitor(session: Session, anna: Pupil) -> Pupil:
    return add_anonymous_pupil(session, anna.school, now=MONDAY)


def ask(
    session: Session,
    someone: Pupil | None,
    topic: str,
    *,
    message_id: str = "m1",
    words: str = "",
    remembered: dict[str, str] | None = None,
    **said: str | None,
) -> Answer:
    question = Question(topic, said, remembered or {}, words=words)
    return answer_question(session, someone, question, message_id=message_id, now=MONDAY)


def counted(session: Session, someone: Pupil) -> dict[tuple[date, str], int]:
    return dict(topic_counts(session, someone.school_id))


def asked_about(session: Session) -> list[tuple[int, str]]:
    return [(row.pupil_id, row.topic) for row in session.scalars(select(TopicAsked).order_by(TopicAsked.id))]


class TestAnswerQuestion:
    def test_uses_what_the_roster_knows(self, session: Session, anna: Pupil) -> None:
        assert "1 mei 2029" in ask(session, anna, "ask_enrolment").text

    def test_believes_what_was_said_before_over_the_roster(self, session: Session, anna: Pupil) -> None:
        found = ask(session, anna, "ask_pabo_entry_tests", remembered={"level": "vwo"})

        assert "geen toets" in found.text

    def test_believes_the_message_over_what_was_said_before(self, session: Session, anna: Pupil) -> None:
        found = ask(session, anna, "ask_pabo_entry_tests", remembered={"level": "vwo"}, level="havo")

        assert "een of twee toetsen" in found.text

    def test_finds_the_exam_year_of_another_class(self, session: Session, anna: Pupil) -> None:
        assert "1 mei 2028" in ask(session, anna, "ask_enrolment", leerjaar="4").text

    def test_knows_neither_class_nor_profile_of_another_level(self, session: Session) -> None:
        found = ask(session, pupil(session, "Bilal"), "ask_enrolment", level="havo")

        assert "2028" not in found.text

    def test_answers_in_general_when_the_message_names_two_levels(
        self, session: Session, anna: Pupil
    ) -> None:
        found = ask(session, anna, "ask_pabo_entry_tests", level=None)

        assert found.text == ask(session, None, "ask_pabo_entry_tests").text

    def test_takes_the_kind_from_a_subject_that_has_one(self, session: Session, anna: Pupil) -> None:
        found = ask(session, anna, "ask_admission_requirements", subject="gym")

        assert found.text.startswith("Voor de alo")

    def test_answers_for_the_subject_asked(self, session: Session, anna: Pupil) -> None:
        assert "6,7%" in ask(session, anna, "ask_job_prospects", subject="wiskunde").text

    def test_forgets_an_earlier_search_for_who_names_something_else(
        self, session: Session, anna: Pupil
    ) -> None:
        pabo, maths = {"kind": "pabo"}, {"subject": "wiskunde"}

        of_maths = ask(session, anna, "ask_profile_choice", remembered=pabo, **maths)
        of_pabo = ask(session, anna, "ask_profile_choice", message_id="m2", remembered=maths, **pabo)

        assert "Voor leraar wiskunde" in of_maths.text
        assert "wiskunde" not in of_pabo.text

    def test_says_more_when_asked(self, session: Session, anna: Pupil) -> None:
        first = ask(session, anna, "ask_enrolment")
        more = ask(session, anna, "ask_enrolment", part="more")

        assert first.has_more
        assert not more.has_more
        assert more.text != first.text

    def test_asks_a_visitor_one_thing_back_and_takes_the_answer(
        self, session: Session, visitor: Pupil
    ) -> None:
        assert ask(session, visitor, "ask_enrolment").asks == "level"
        assert ask(session, visitor, "ask_enrolment", level="havo").asks is None

    def test_refuses_a_question_it_does_not_know(self, session: Session, anna: Pupil) -> None:
        with pytest.raises(NotFound):
            ask(session, anna, "ask_the_weather")


class TestRecordTopic:
    def test_counts_per_school_day_and_topic(self, session: Session, anna: Pupil) -> None:
        for message_id in ("m1", "m2"):
            ask(session, anna, "ask_salary", message_id=message_id)

        assert counted(session, anna) == {(MONDAY.date(), "ask_salary"): 2}
        assert counted(session, staff(session, "Smit")) == {}  # type: ignore[arg-type]  only its school counts

    def test_keeps_the_topic_with_the_pupil_without_the_words(self, session: Session, anna: Pupil) -> None:
        ask(session, anna, "ask_salary", words="wat verdient mijn oom Henk")

        assert asked_about(session) == [(anna.id, "ask_salary")]
        (row,) = session.scalars(select(TopicAsked))
        assert "Henk" not in str(vars(row))

    @pytest.mark.parametrize("topic", ["ask_salary", "ask_diversity"])
    def test_counts_a_message_once(self, session: Session, anna: Pupil, topic: str) -> None:
        for _ in range(2):
            ask(session, anna, topic)

        assert counted(session, anna) == {(MONDAY.date(), topic): 1}
        assert len(asked_about(session)) <= 1

    def test_counts_both_topics_of_one_message(self, session: Session, anna: Pupil) -> None:
        ask(session, anna, "ask_salary")
        ask(session, anna, "ask_workload")

        assert set(counted(session, anna).values()) == {1}
        assert len(asked_about(session)) == 2

    def test_keeps_what_is_only_counted_with_nobody(self, session: Session, anna: Pupil) -> None:
        ask(session, anna, "ask_diversity", words="ik draag een hoofddoek")

        assert counted(session, anna) == {(MONDAY.date(), "ask_diversity"): 1}
        assert asked_about(session) == []

    def test_keeps_what_a_visitor_asks_with_nobody(self, session: Session, visitor: Pupil) -> None:
        ask(session, visitor, "ask_salary")

        assert counted(session, visitor) == {(MONDAY.date(), "ask_salary"): 1}
        assert asked_about(session) == []

    def test_does_not_count_more_of_the_same(self, session: Session, anna: Pupil) -> None:
        ask(session, anna, "ask_salary")
        ask(session, anna, "ask_salary", message_id="m2", part="more")

        assert counted(session, anna) == {(MONDAY.date(), "ask_salary"): 1}

    def test_forgets_the_next_day_which_messages_it_counted(self, session: Session, anna: Pupil) -> None:
        ask(session, anna, "ask_salary")
        answer_question(session, anna, Question("ask_salary"), message_id="m2", now=TUESDAY)

        assert [row.day for row in session.scalars(select(CountedQuestion))] == [TUESDAY.date()]
        assert len(session.scalars(select(TopicCount)).all()) == 2

    def test_keeps_nothing_without_a_pupil(self, session: Session, anna: Pupil) -> None:
        ask(session, None, "ask_salary")

        assert counted(session, anna) == {}


class TestStepsOf:
    def test_are_none_at_first(self, session: Session, anna: Pupil) -> None:
        assert steps_of(session, anna) == Steps()

    def test_tell_the_check_the_talk_and_what_was_saved(self, session: Session, anna: Pupil) -> None:
        run = CheckInRun(
            pupil=anna,
            instrument="interest",
            version="interest-short-1",
            started_at=MONDAY,
            closed_at=MONDAY,
        )
        session.add(run)
        request_talk(session, anna, now=MONDAY)
        save_programme(session, anna, "00ic-34808-zwolle", now=MONDAY)

        found = steps_of(session, anna)
        assert (found.check, found.talk_asked, found.talk, found.saved) == (
            MONDAY.date(),
            MONDAY.date(),
            None,
            1,
        )

    def test_tell_a_talk_that_was_held(self, session: Session, anna: Pupil) -> None:
        request_talk(session, anna, now=MONDAY)
        mark_discussed(session, staff(session, "De Vries"), anna.id, now=TUESDAY)

        found = steps_of(session, anna)
        assert (found.talk_asked, found.talk) == (None, TUESDAY.date())

    def test_tell_what_was_seen_of_the_job(self, session: Session, anna: Pupil) -> None:
        record_moment(
            session,
            anna,
            "event_attended",
            happened_at=MONDAY,
            now=TUESDAY,
            actor="dean:1",
            source_key="event:1",
        )

        assert steps_of(session, anna).tried == MONDAY.date()
