"""What a pupil and an oud-leerling write to each other: without personal data, held back when it must."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.actors import Actor
from guidance.consents import Purpose
from guidance.database import lock
from guidance.errors import NotFound, QuestionClosed
from guidance.held_back import CONTACT
from guidance.mentor_questions import OPEN, Event, News, State, leads_to
from guidance.mentor_vetting import State as MentorState
from guidance.mentor_vetting import Who
from guidance.mentor_words import written
from guidance.models.accounts import Staff
from guidance.models.mentor_threads import MENTOR, PUPIL, MentorMessage, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.consents import has_basis, require_basis
from guidance.services.guidance_log import record_moment
from guidance.services.mentor_mails import tell_dean, write_mail
from guidance.services.mentor_news import note_news
from guidance.services.mentor_questions import require_may_ask
from guidance.services.mentor_threads import (
    get_thread_of_dean,
    get_thread_of_mentor,
    get_thread_of_pupil,
    never_shown,
)
from guidance.services.mentor_vetting import take_step
from guidance.services.mentors import require_on

MENTOR_ANSWERED = "mentor_answered"


def write_as_mentor(
    session: Session, mentor: Mentor, thread_id: int, text: str, *, form_id: str, now: datetime
) -> MentorMessage:
    """Answer, or write again. Who asks a pupil for contact data is paused at once, until a dean decides."""
    thread = get_thread_of_mentor(session, mentor, thread_id)
    lock(session, thread)
    if earlier := _find_message(session, thread, form_id):
        return earlier
    require_on(mentor.school)
    lock(session, mentor)
    if not mentor.is_active_on(clock.school_day(now)):
        raise QuestionClosed(f"mentor {mentor.id} is not active")
    if not has_basis(session, thread.pupil, Purpose.MENTOR_CONTACT, today=clock.school_day(now)):
        raise QuestionClosed(f"thread {thread.id} has no basis")
    message = _write(session, thread, MENTOR, text, form_id=form_id, now=now)
    message.mentor_id = mentor.id
    if message.is_held:
        tell_dean(session, thread, "held", key=f"mentor_message:{message.id}", now=now)
        if CONTACT in message.held_because.split():
            mentor.held_at = now
            take_step(session, mentor, MentorState.PAUSED, Actor(Who.CLOCK), now=now)
    else:
        _count_answer(session, thread, message, now=now)
    session.flush()
    return message


def write_as_pupil(
    session: Session, pupil: Pupil, thread_id: int, text: str, *, form_id: str, now: datetime
) -> MentorMessage:
    """Write again after an answer."""
    require_may_ask(session, pupil, now=now)
    thread = get_thread_of_pupil(session, pupil, thread_id)
    lock(session, thread)
    if earlier := _find_message(session, thread, form_id):
        return earlier
    if thread.mentor is None or not thread.mentor.is_active_on(clock.school_day(now)):
        raise QuestionClosed(f"mentor of thread {thread.id} is not active")
    message = _write(session, thread, PUPIL, text, form_id=form_id, now=now)
    if message.is_held:
        tell_dean(session, thread, "held", key=f"mentor_message:{message.id}", now=now)
    else:
        write_mail(session, thread.mentor, "reply", key=f"mentor_message:{message.id}:mentor", now=now)
    session.flush()
    return message


def _write(
    session: Session, thread: MentorThread, author: str, text: str, *, form_id: str, now: datetime
) -> MentorMessage:
    event = Event.MENTOR_WRITES if author == MENTOR else Event.PUPIL_WRITES
    after = leads_to(State(thread.state), event)
    if after is None:
        raise QuestionClosed(f"thread {thread.id} is {thread.state}")
    words = written(text, never=never_shown(thread.pupil, text))
    message = MentorMessage(author=author, form_id=form_id, written_at=now, **asdict(words))
    thread.messages.append(message)
    thread.last_message_at = now
    if not message.held_because:
        # What is held back is no answer yet: the term runs on.
        thread.state, thread.due_on = after, None
    session.flush()
    return message


def release_message(session: Session, dean: Staff, message_id: int, *, now: datetime) -> MentorMessage:
    """Let a message go after all that was held back."""
    message = session.get(MentorMessage, message_id)
    if message is None:
        raise NotFound(f"message {message_id}")
    thread = get_thread_of_dean(session, dean, message.thread_id)
    lock(session, thread)
    if not message.is_held:
        return message
    if thread.state not in OPEN:
        raise QuestionClosed(f"thread {thread.id} is {thread.state}")
    require_basis(session, thread.pupil, Purpose.MENTOR_CONTACT, today=clock.school_day(now))
    message.released_at = now
    if message.author == MENTOR:
        thread.state, thread.due_on = State.ANSWERED, None
        _count_answer(session, thread, message, now=now)
    session.flush()
    return message


def _find_message(session: Session, thread: MentorThread, form_id: str) -> MentorMessage | None:
    return session.scalars(
        select(MentorMessage).where(MentorMessage.thread_id == thread.id, MentorMessage.form_id == form_id)
    ).one_or_none()


def _count_answer(session: Session, thread: MentorThread, message: MentorMessage, *, now: datetime) -> None:
    """Log that an oud-leerling answered, and let the pupil hear of it."""
    note_news(session, thread, News.ANSWERED, key=f"message:{message.id}", now=now)
    record_moment(
        session,
        thread.pupil,
        MENTOR_ANSWERED,
        happened_at=message.written_at,
        now=now,
        actor=f"{MENTOR}:{message.mentor_id}",
        source_key=f"mentor_thread:{thread.id}",
    )
