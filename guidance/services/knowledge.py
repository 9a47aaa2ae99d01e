"""Answers what pupils ask about becoming a teacher, and keeps which topic was asked about."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from guidance.asker import MBO, Asker, Said, asker_of
from guidance.clock import school_day
from guidance.knowledge import About, Answer, compose
from guidance.knowledge_words import kind_of_subject
from guidance.models.knowledge import CountedQuestion, TopicAsked, TopicCount
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.programme_filters import LEVELS_WITH_PROFILE, subject_of_name
from guidance.services.check_in_runs import find_latest_outcome_run, find_newest_open_run
from guidance.services.guidance_log import list_moments
from guidance.services.mentor_stories import find_story
from guidance.services.saved_programmes import list_saved_programmes
from guidance.services.talks import find_open_talk
from guidance.services.teacher_routes import RouteQuery, find_teacher_routes
from guidance.steps import Steps
from guidance.teacher_routes import MBO_SCHOOL, PRIMARY, TeacherRoutes, grade_in
from guidance.topics import Topic, get_topic

MORE = "more"
NEXT_STEP = "ask_next_step"
PRIMARY_KINDS = {"pabo", "academische_pabo"}
# Known to this process only: nobody can tell from a digest which message it was, or about which topic.
SALT = secrets.token_bytes(16)


@dataclass(frozen=True)
class Question:
    """A question: its topic, what its message says, what was said before, and its words, kept nowhere."""

    topic: str
    said: Said = field(default_factory=dict)
    remembered: Said = field(default_factory=dict)
    words: str = ""


def answer_question(
    session: Session, pupil: Pupil | None, question: Question, *, message_id: str, now: datetime
) -> Answer:
    """Answer an informational intent for this pupil on this day, and keep that it was asked about.

    Without a pupil, as in a talk outside the web service, it is answered in general and nothing is kept.
    """
    topic = get_topic(question.topic)
    asks_more = question.said.get("part") == MORE
    steps = steps_of(session, pupil) if pupil else Steps()
    roster = asker_on_roster(pupil, school_day(now))
    asker = asker_of(roster, _said_of_asker(question), question.remembered)
    if pupil and not asks_more:
        record_topic(session, pupil, topic, message_id=message_id, now=now)
    about = _about(question, topic)
    answer = compose(topic, asker, about, steps, more=asks_more)
    if asks_more:
        return answer
    story = find_story(session, pupil, now=now) if pupil and topic.stories else None
    return replace(answer, routes=_routes(topic, asker, about, question.words), story=story)


def _routes(topic: Topic, asker: Asker, about: About, words: str) -> TeacherRoutes | None:
    """Return the routes that go along with a topic, once it is known what one would teach, or whom."""
    grade = PRIMARY if about.kind in PRIMARY_KINDS else grade_in(words)
    if topic.routes is None or not (about.subject or grade):
        return None
    query = RouteQuery(
        subject=about.subject,
        grade=grade,
        level=asker.level,
        profile=asker.profile if asker.level in LEVELS_WITH_PROFILE else None,
        exam_subjects=tuple(sorted(asker.exam_subjects)),
    )
    found = find_teacher_routes(query, today=asker.today)
    return found if topic.routes == "all" else replace(found, routes=(), others=())


def _said_of_asker(question: Question) -> Said:
    """Return what the message says of who asks; of "leraar op het mbo" the mbo is not their level."""
    is_of_the_job = grade_in(question.words) == MBO_SCHOOL and question.said.get("level") == MBO
    return {name: value for name, value in question.said.items() if not (is_of_the_job and name == "level")}


def asker_on_roster(pupil: Pupil | None, today: date) -> Asker:
    """Return who asks as the roster knows them; without a pupil only the day."""
    if pupil is None:
        return Asker(today)
    return Asker(
        today=today,
        level=pupil.level,
        leerjaar=pupil.leerjaar,
        profile=pupil.profile,
        exam_year=pupil.exam_year,
        school_place=pupil.school.place,
        is_anonymous=pupil.is_anonymous,
    )


def _about(question: Question, topic: Topic) -> About:
    # Whoever names another kind or subject asks about that: "leraar Engels" after a search for a pabo.
    names_one = question.said.get("kind") or question.said.get("subject")
    told = question.said.get if names_one else partial(_told, question)
    kind, subject = told("kind"), subject_of_name(told("subject") or "")
    return About(kind or kind_of_subject(subject), subject, topic.theme_of(question.words))


def _told(question: Question, name: str) -> str | None:
    return question.said[name] if name in question.said else question.remembered.get(name)


def steps_of(session: Session, pupil: Pupil) -> Steps:
    """Return the steps this pupil took, from the check-ins, talks, programmes and the guidance log."""
    moments = {moment.kind: school_day(moment.happened_at) for moment in list_moments(session, pupil)}
    run, talk = find_latest_outcome_run(session, pupil, None), find_open_talk(session, pupil)
    return Steps(
        check=school_day(run.closed_at) if run and run.closed_at else None,
        has_open_check=find_newest_open_run(session, pupil) is not None,
        talk_asked=school_day(talk.requested_at) if talk else None,
        talk=moments.get("talk_held"),
        experience=moments.get("experience_confirmed"),
        event=moments.get("event_attended"),
        saved=len(list_saved_programmes(session, pupil)),
    )


def next_step_of(session: Session, pupil: Pupil, *, today: date) -> str:
    """Return what to do next and by when, as the answer to that question would; nothing is kept of it."""
    asker = asker_on_roster(pupil, today)
    return compose(get_topic(NEXT_STEP), asker, About(), steps_of(session, pupil)).step


def record_topic(session: Session, pupil: Pupil, topic: Topic, *, message_id: str, now: datetime) -> None:
    """Count a question for its school and day, and keep its topic with the pupil; one message counts once.

    What is only counted, and what someone anonymous asks, is kept with nobody.
    """
    today = school_day(now)
    # Two first questions of a day wait for each other here.
    session.execute(select(School.id).where(School.id == pupil.school_id).with_for_update())
    if not _is_new(session, f"{message_id}:{topic.name}", today):
        return
    _count(session, pupil.school_id, topic.name, today)
    if not topic.counted_only and not pupil.is_anonymous:
        session.add(TopicAsked(pupil_id=pupil.id, topic=topic.name, message_id=message_id, asked_at=now))
    session.flush()


def _is_new(session: Session, key: str, today: date) -> bool:
    # Yesterday's messages are answered; what was counted then need not be known any more.
    session.execute(delete(CountedQuestion).where(CountedQuestion.day < today))
    digest = hashlib.sha256(SALT + key.encode()).hexdigest()
    if session.get(CountedQuestion, digest):
        return False
    session.add(CountedQuestion(digest=digest, day=today))
    return True


def _count(session: Session, school_id: int, topic: str, today: date) -> None:
    of_today = select(TopicCount).where(
        TopicCount.school_id == school_id, TopicCount.day == today, TopicCount.topic == topic
    )
    count = session.scalars(of_today).one_or_none()
    if count is None:
        count = TopicCount(school_id=school_id, day=today, topic=topic, asked=0)
        session.add(count)
    count.asked += 1


def topic_counts(session: Session, school_id: int) -> Mapping[tuple[date, str], int]:
    """Return how often each topic was asked about at a school, by day."""
    counts = session.scalars(select(TopicCount).where(TopicCount.school_id == school_id))
    return {(count.day, count.topic): count.asked for count in counts}
