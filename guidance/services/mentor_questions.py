"""A pupil's question to an oud-leerling: written, looked at by the dean when needed, answered, and closed."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from guidance import clock
from guidance.consents import Purpose
from guidance.database import lock
from guidance.errors import NobodyFree, NotAllowed, NotFound, QuestionOpen, SignInNeeded
from guidance.mentor_questions import State, Why, dean_due_on
from guidance.mentor_words import written
from guidance.models.accounts import Staff
from guidance.models.mentor_threads import PUPIL, MentorBlock, MentorMessage, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.consents import require_basis
from guidance.services.mentor_mails import tell_dean
from guidance.services.mentor_offers import (
    close_thread,
    free_for,
    offer,
    pass_on,
    region_of_pupil,
)
from guidance.services.mentor_threads import (
    find_open_question,
    get_thread_of_dean,
    get_thread_of_mentor,
    get_thread_of_pupil,
    is_blocked,
    never_shown,
)
from guidance.services.mentors import require_on


def require_may_ask(session: Session, pupil: Pupil, *, now: datetime) -> None:
    """Raise why this pupil cannot ask an oud-leerling: not signed in, switched off, or no basis under 16."""
    if pupil.is_anonymous:
        raise SignInNeeded(f"pupil {pupil.id} is anonymous")
    require_on(pupil.school)
    require_basis(session, pupil, Purpose.MENTOR_CONTACT, today=clock.school_day(now))


def can_ask_someone(session: Session, pupil: Pupil, *, now: datetime) -> bool:
    """Tell whether this pupil can put a question to an oud-leerling now: allowed, none open, someone free."""
    try:
        require_may_ask(session, pupil, now=now)
    except (SignInNeeded, NotAllowed):
        return False
    is_free = bool(free_for(session, pupil, now=now))
    return is_free and find_open_question(session, pupil) is None


def draft_question(session: Session, pupil: Pupil, text: str, *, form_id: str, now: datetime) -> MentorThread:
    """Keep a question that is not sent yet; another text takes its place."""
    require_may_ask(session, pupil, now=now)
    # Two forms at the same moment wait for each other here.
    lock(session, pupil)
    words = written(text, never=never_shown(pupil, text))
    thread = find_open_question(session, pupil)
    if thread is None:
        thread = MentorThread(pupil=pupil, started_at=now)
        session.add(thread)
        session.flush()
    elif thread.state != State.DRAFT:
        raise QuestionOpen(f"thread {thread.id}")
    thread.messages[:] = [MentorMessage(author=PUPIL, form_id=form_id, written_at=now, **asdict(words))]
    session.flush()
    return thread


def submit_question(session: Session, pupil: Pupil, *, to: int | None = None, now: datetime) -> MentorThread:
    """Send the question: to the dean first under 16 or when held back, else to an oud-leerling."""
    require_may_ask(session, pupil, now=now)
    lock(session, pupil)
    thread = find_open_question(session, pupil)
    if thread is None:
        raise NotFound(f"pupil {pupil.id} wrote no question")
    if thread.state != State.DRAFT:
        return thread
    thread.submitted_at = thread.last_message_at = now
    if pupil.is_under_16(clock.school_day(now)) or any(one.is_held for one in thread.messages):
        thread.state, thread.wished_mentor_id = State.WITH_DEAN, to
        thread.due_on = dean_due_on(clock.school_day(now), region_of_pupil(pupil))
        tell_dean(session, thread, "look", key=f"mentor_thread:{thread.id}:look", now=now)
    else:
        offer(session, thread, to=to, now=now)
    session.flush()
    return thread


def let_through(session: Session, dean: Staff, thread_id: int, *, now: datetime) -> MentorThread:
    """Send a question on that the dean has looked at; sent on before, it stays as it stands."""
    thread = get_thread_of_dean(session, dean, thread_id)
    lock(session, thread)
    if thread.state != State.WITH_DEAN:
        return thread
    require_basis(session, thread.pupil, Purpose.MENTOR_CONTACT, today=clock.school_day(now))
    for message in thread.messages:
        message.released_at = message.released_at or now
    try:
        offer(session, thread, to=thread.wished_mentor_id, now=now)
    except NobodyFree:
        # Whom the pupil chose has no room any more.
        offer(session, thread, now=now)
    return thread


def turn_down(session: Session, dean: Staff, thread_id: int, *, now: datetime) -> MentorThread:
    """Close a question in the dean's name."""
    thread = get_thread_of_dean(session, dean, thread_id)
    lock(session, thread)
    close_thread(session, thread, Why.DEAN, now=now)
    return thread


def decline_question(session: Session, mentor: Mentor, thread_id: int, *, now: datetime) -> None:
    """Leave a question to another oud-leerling."""
    thread = get_thread_of_mentor(session, mentor, thread_id)
    lock(session, thread)
    pass_on(session, thread, now=now)


def close_question(session: Session, pupil: Pupil, thread_id: int, *, now: datetime) -> MentorThread:
    """Close an own question; closed before, it stays as it stands."""
    thread = get_thread_of_pupil(session, pupil, thread_id)
    lock(session, thread)
    close_thread(session, thread, Why.PUPIL, now=now)
    return thread


def block(session: Session, thread: MentorThread, blocked_by: str, *, now: datetime) -> None:
    """Close a question and let the two never meet again, whoever wishes it."""
    lock(session, thread)
    if thread.mentor_id is None:
        return
    pair = (thread.pupil_id, thread.mentor_id)
    if is_blocked(session, *pair):
        return
    session.add(MentorBlock(pupil_id=pair[0], mentor_id=pair[1], blocked_by=blocked_by, blocked_at=now))
    session.flush()
    close_thread(session, thread, Why.BLOCK, now=now)
