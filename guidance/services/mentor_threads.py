"""Who may see which question to an oud-leerling, and which of its messages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.mentor_questions import OPEN, State
from guidance.models.accounts import Staff
from guidance.models.mentor_threads import PUPIL, MentorBlock, MentorMessage, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.mentors import refuse_others


def find_open_question(session: Session, pupil: Pupil) -> MentorThread | None:
    """Return the question that a pupil is writing or has open, if any."""
    return session.scalars(
        select(MentorThread).where(
            MentorThread.pupil_id == pupil.id, MentorThread.state.in_((State.DRAFT, *OPEN))
        )
    ).one_or_none()


def get_thread_of_pupil(session: Session, pupil: Pupil, thread_id: int) -> MentorThread:
    """Return an own question; one that was reported or blocked is gone, as is that of another."""
    thread = session.get(MentorThread, thread_id)
    if thread is None or thread.pupil_id != pupil.id or _is_gone(session, thread):
        raise NotFound(f"thread {thread_id} for pupil {pupil.id}")
    return thread


def get_thread_of_mentor(session: Session, mentor: Mentor, thread_id: int) -> MentorThread:
    """Return a question that is with this oud-leerling now; reported, blocked or passed on it is gone."""
    thread = session.get(MentorThread, thread_id)
    if thread is None or thread.mentor_id != mentor.id or _is_gone(session, thread):
        raise NotFound(f"thread {thread_id} for mentor {mentor.id}")
    return thread


def get_thread_of_dean(session: Session, dean: Staff, thread_id: int) -> MentorThread:
    """Return a question of the dean's own school; a reported one is for the safeguarding contact only."""
    refuse_others(dean)
    thread = session.get(MentorThread, thread_id)
    is_here = thread is not None and thread.pupil.school_id == dean.school_id
    if thread is None or not is_here or thread.state in (State.DRAFT, State.REPORTED):
        raise NotFound(f"thread {thread_id} for staff {dean.id}")
    return thread


def _is_gone(session: Session, thread: MentorThread) -> bool:
    return thread.state == State.REPORTED or is_blocked(session, thread.pupil_id, thread.mentor_id)


def is_blocked(session: Session, pupil_id: int, mentor_id: int | None) -> bool:
    pair = select(MentorBlock.id).where(MentorBlock.pupil_id == pupil_id, MentorBlock.mentor_id == mentor_id)
    return session.scalars(pair).first() is not None


def messages_for_pupil(thread: MentorThread) -> list[MentorMessage]:
    """Return what the pupil sees: all of their own, and of others what was not held back."""
    return [one for one in thread.messages if one.author == PUPIL or not one.is_held]


def messages_for_mentor(thread: MentorThread, mentor: Mentor) -> list[MentorMessage]:
    """Return what an oud-leerling sees: all of their own, and of the pupil what was not held back.

    What another one wrote, who had the question before, is not theirs to read.
    """
    return [
        one
        for one in thread.messages
        if one.mentor_id == mentor.id or (one.author == PUPIL and not one.is_held)
    ]
