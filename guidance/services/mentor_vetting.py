"""Vetting of oud-leerlingen: each step is checked against the rules and stored with time and actor."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.actors import Actor
from guidance.database import lock
from guidance.errors import StepLacks, StepRefused, UnusableField
from guidance.mentor_vetting import Facts, State, Who, find_step
from guidance.models.accounts import Staff
from guidance.models.mentor_threads import MentorReport, MentorThread
from guidance.models.mentors import Mentor, MentorStep
from guidance.services.mentor_mails import note_who_is_staff, write_mail
from guidance.services.mentor_offers import hand_over_questions
from guidance.services.mentor_proposals import erase_words_of
from guidance.services.mentors import get_mentor_of_dean

TOLD_OF = {State.VOG_SEEN, State.ACTIVE, State.PAUSED, State.EXPIRED, State.SUSPENDED}
"""States of which the oud-leerling hears by mail, unless it was their own step."""

NO_VOG_YET = {State.SIGNED_UP, State.ALUMNUS_CONFIRMED, State.WITHDRAWN}


def take_step(session: Session, mentor: Mentor, end: State, actor: Actor, *, now: datetime) -> MentorStep:
    """Take a step of the vetting, or raise StepRefused or StepLacks; taken before, it is returned as is.

    The kind of the actor says who it is: mentor, dean, safeguarding_contact or clock.
    """
    lock(session, mentor)
    start, who = State(mentor.state), Who(actor.kind)
    if start is end and (latest := _latest_step(session, mentor)):
        return latest
    step = find_step(start, end, who)
    if step is None:
        raise StepRefused(f"mentor {mentor.id}: {start} to {end} by {who}")
    if lacks := facts_of(session, mentor, now=now).lacks(step.needs):
        raise StepLacks(f"mentor {mentor.id}: {lacks}", needs=list(lacks))
    return _note_step(session, mentor, end, actor, now=now)


def _note_step(session: Session, mentor: Mentor, end: State, actor: Actor, *, now: datetime) -> MentorStep:
    start = State(mentor.state)
    taken = MentorStep(mentor=mentor, start=start, end=end, happened_at=now, actor=str(actor))
    mentor.state = end
    if end is State.CONDUCT_AGREED:
        mentor.conduct_agreed_at = now
    if end is State.ACTIVE:
        mentor.held_at = None
    session.add(taken)
    session.flush()
    if end is not start and end in TOLD_OF and actor.kind != Who.MENTOR:
        write_mail(session, mentor, end.value, key=f"mentor_step:{taken.id}", now=now)
    if not mentor.is_active_on(clock.school_day(now)):
        is_gone = end is State.WITHDRAWN
        hand_over_questions(session, mentor, for_good=is_gone, key=f"step:{taken.id}", now=now)
    return taken


def facts_of(session: Session, mentor: Mentor, *, now: datetime) -> Facts:
    """Return what the rules of vetting need to know of an oud-leerling now."""
    reports = (
        select(MentorReport.id)
        .join(MentorThread, MentorThread.id == MentorReport.thread_id)
        .where(MentorThread.mentor_id == mentor.id, MentorReport.closed_at.is_(None))
    )
    return Facts(
        today=clock.school_day(now),
        mail_confirmed=mentor.mail_confirmed_at is not None,
        vog_expires_on=mentor.vog_expires_on,
        conduct_agreed=mentor.conduct_agreed_at is not None,
        is_held=mentor.held_at is not None,
        has_open_report=session.scalars(reports.limit(1)).first() is not None,
    )


def note_vog(
    session: Session, dean: Staff, mentor_id: int, *, seen_on: date, expires_on: date, now: datetime
) -> Mentor:
    """Note that the dean saw a VOG, and until when it counts; the first one is a step, a later one renews."""
    mentor, today = get_mentor_of_dean(session, dean, mentor_id), clock.school_day(now)
    if seen_on > today:
        raise UnusableField("seen in the future", name="seen_on")
    if expires_on <= today:
        raise UnusableField("run out already", name="expires_on")
    lock(session, mentor)
    start, actor = State(mentor.state), Actor(Who.DEAN, dean.id)
    if start in NO_VOG_YET:
        raise StepRefused(f"mentor {mentor.id}: no VOG in state {start}")
    mentor.vog_seen_on, mentor.vog_expires_on, mentor.vog_seen_by = seen_on, expires_on, dean.id
    session.flush()
    _note_step(session, mentor, State.VOG_SEEN if start is State.TALK_HELD else start, actor, now=now)
    return mentor


def list_steps(session: Session, mentor: Mentor) -> list[MentorStep]:
    """Return every step of an oud-leerling, oldest first."""
    return list(
        session.scalars(select(MentorStep).where(MentorStep.mentor_id == mentor.id).order_by(MentorStep.id))
    )


def _latest_step(session: Session, mentor: Mentor) -> MentorStep | None:
    own = select(MentorStep).where(MentorStep.mentor_id == mentor.id)
    return session.scalars(own.order_by(MentorStep.id.desc()).limit(1)).one_or_none()


def leave(session: Session, mentor: Mentor, *, now: datetime) -> bool:
    """Let an oud-leerling go: questions go to another or close, and what is personal is erased.

    Return whether a report that is open holds the questions until the safeguarding contact closes it.
    """
    take_step(session, mentor, State.WITHDRAWN, Actor(Who.MENTOR, mentor.id), now=now)
    is_held = facts_of(session, mentor, now=now).has_open_report
    note_who_is_staff(session, mentor)
    mentor.left_at = mentor.left_at or now
    mentor.first_name = mentor.topics = mentor.programme_name = mentor.institution = ""
    # No address any more; each who left needs one of their own.
    mentor.mail = f"left:{mentor.id}"
    erase_words_of(session, mentor)
    mentor.programme = mentor.profile = mentor.story = mentor.story_approved_at = None
    session.flush()
    return is_held
