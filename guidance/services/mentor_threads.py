"""Who may see which question to an oud-leerling, and which of its messages."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.mentor_questions import OPEN, State
from guidance.models.accounts import Staff
from guidance.models.mentor_threads import PUPIL, MentorBlock, MentorMessage, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.accounts import code_digest
from guidance.services.mentors import refuse_others

MOST_PARTS_OF_CODE = 5


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
    if thread is None or thread.pupil_id != pupil.id or is_gone(session, thread):
        raise NotFound(f"thread {thread_id} for pupil {pupil.id}")
    return thread


def get_thread_of_mentor(session: Session, mentor: Mentor, thread_id: int) -> MentorThread:
    """Return a question that is with this oud-leerling now; reported, blocked or passed on it is gone."""
    thread = session.get(MentorThread, thread_id)
    if thread is None or thread.mentor_id != mentor.id or is_gone(session, thread):
        raise NotFound(f"thread {thread_id} for mentor {mentor.id}")
    return thread


def get_thread_of_dean(session: Session, dean: Staff, thread_id: int) -> MentorThread:
    """Return a question of the dean's own school; a reported one is for the safeguarding contact only."""
    refuse_others(dean)
    thread = session.get(MentorThread, thread_id)
    is_here = thread is not None and thread.pupil.school_id == dean.school_id
    is_hidden = thread is None or thread.state in (State.DRAFT, State.REPORTED) or _is_with(thread, dean)
    if thread is None or not is_here or is_hidden:
        raise NotFound(f"thread {thread_id} for staff {dean.id}")
    return thread


def is_gone(session: Session, thread: MentorThread) -> bool:
    """Tell whether a question vanished for both: it is reported, or one of them blocked the other."""
    return thread.state == State.REPORTED or is_blocked(session, thread.pupil_id, thread.mentor_id)


def is_blocked(session: Session, pupil_id: int, mentor_id: int | None) -> bool:
    pair = select(MentorBlock.id).where(MentorBlock.pupil_id == pupil_id, MentorBlock.mentor_id == mentor_id)
    return session.scalars(pair).first() is not None


def never_shown(pupil: Pupil, text: str) -> dict[str, str]:
    """Return what a message about this pupil must never hold, by what it is: surname, class and own code."""
    of_roster = {pupil.surname: "name", pupil.class_name: "class_name"}
    words = text.split()
    # A code may be typed apart; which words are one is known by its digest only.
    runs = (
        " ".join(words[start : start + length])
        for start in range(len(words))
        for length in range(1, MOST_PARTS_OF_CODE + 1)
    )
    codes = {run.strip(".,:;?"): "pupil_code" for run in runs if code_digest(run) == pupil.code_digest}
    return {secret: kind for secret, kind in of_roster.items() if secret} | codes


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


def list_earlier_questions(session: Session, pupil: Pupil) -> list[MentorThread]:
    """Return the sent questions of a pupil that are closed, newest first."""
    return _earlier(session, MentorThread.pupil_id == pupil.id)


def list_earlier_threads_of_mentor(session: Session, mentor: Mentor) -> list[MentorThread]:
    """Return the closed questions that were with an oud-leerling to the end, newest first."""
    return _earlier(session, MentorThread.mentor_id == mentor.id)


def _earlier(session: Session, is_own: ColumnElement[bool]) -> list[MentorThread]:
    closed = select(MentorThread).where(
        is_own, MentorThread.state == State.CLOSED, MentorThread.submitted_at.is_not(None)
    )
    threads = session.scalars(closed.order_by(MentorThread.closed_at.desc(), MentorThread.id.desc()))
    return [thread for thread in threads if not is_gone(session, thread)]


def list_threads_of_mentor(session: Session, mentor: Mentor) -> list[MentorThread]:
    """Return the open questions that are with an oud-leerling now, those without an answer first."""
    with_them = select(MentorThread).where(
        MentorThread.mentor_id == mentor.id, MentorThread.state.in_((State.OFFERED, State.ANSWERED))
    )
    threads = [one for one in session.scalars(with_them) if not is_gone(session, one)]
    return sorted(threads, key=lambda thread: (thread.state != State.OFFERED, thread.id))


def list_threads_for_dean(session: Session, dean: Staff) -> list[MentorThread]:
    """Return the open questions of the dean's school, those that wait for a look first."""
    refuse_others(dean)
    of_school = (
        select(MentorThread)
        .join(Pupil, Pupil.id == MentorThread.pupil_id)
        .where(Pupil.school_id == dean.school_id, MentorThread.state.in_(OPEN))
    )
    threads = [thread for thread in session.scalars(of_school) if not _is_with(thread, dean)]
    return sorted(threads, key=lambda thread: (not needs_dean(thread), thread.id))


def _is_with(thread: MentorThread, dean: Staff) -> bool:
    """Tell whether the oud-leerling of a question is this dean: another dean watches over it."""
    return thread.mentor is not None and thread.mentor.is_also(dean)


def needs_dean(thread: MentorThread) -> bool:
    """Tell whether a question or one of its messages waits for the dean."""
    return thread.state == State.WITH_DEAN or any(message.is_held for message in thread.messages)
