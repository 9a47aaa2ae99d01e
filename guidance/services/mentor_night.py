"""What happens by itself to oud-leerlingen and questions: a VOG runs out, a term passes, a reminder goes."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.actors import Actor
from guidance.mentor_questions import OPEN, News, State, Why, close_announced_on, closes_on
from guidance.mentor_vetting import State as MentorState
from guidance.mentor_vetting import Who
from guidance.models.mentor_threads import MentorThread
from guidance.models.mentors import Mentor
from guidance.services.mentor_mails import tell_dean, tell_deans, write_mail
from guidance.services.mentor_news import note_news
from guidance.services.mentor_offers import close_thread, pass_on, region_of_pupil
from guidance.services.mentor_vetting import take_step

REMINDED_DAYS_BEFORE = (60, 14)


def run_mentor_night(session: Session, *, now: datetime) -> Counter[str]:
    """Do what is due, and return how often each thing was done; run twice, the second time finds nothing."""
    today = clock.school_day(now)
    done: Counter[str] = Counter()
    done["expired"] = _expire(session, today, now)
    done["reminded"] = _remind(session, today, now)
    for thread in session.scalars(_unclosed()).all():
        done += Counter([_pass_term(session, thread, today, now)])
    del done[""]
    return done


def _expire(session: Session, today: date, now: datetime) -> int:
    working = select(Mentor).where(
        Mentor.state.in_((MentorState.ACTIVE, MentorState.PAUSED)), Mentor.vog_expires_on < today
    )
    run_out = session.scalars(working.order_by(Mentor.id)).all()
    for mentor in run_out:
        step = take_step(session, mentor, MentorState.EXPIRED, Actor(Who.CLOCK), now=now)
        tell_deans(session, mentor, "expired", key=f"mentor_step:{step.id}:dean", now=now)
    return len(run_out)


def _remind(session: Session, today: date, now: datetime) -> int:
    """Mail who must renew a VOG, 60 and 14 days before; a night that was missed is made up for, once."""
    soon = today + timedelta(days=max(REMINDED_DAYS_BEFORE))
    working = select(Mentor).where(
        Mentor.state.in_((MentorState.ACTIVE, MentorState.PAUSED)), Mentor.vog_expires_on <= soon
    )
    reminded = 0
    for mentor in session.scalars(working.order_by(Mentor.id)).all():
        assert mentor.vog_expires_on  # noqa: S101  follows from the query
        left = (mentor.vog_expires_on - today).days
        step = min(days for days in REMINDED_DAYS_BEFORE if left <= days)
        key = f"mentor_vog:{mentor.id}:{mentor.vog_expires_on}:{step}"
        reminded += write_mail(session, mentor, "vog_soon", key=key, now=now)
    return reminded


def _unclosed() -> Select[MentorThread]:
    return select(MentorThread).where(MentorThread.state.in_(OPEN)).order_by(MentorThread.id)


def _pass_term(session: Session, thread: MentorThread, today: date, now: datetime) -> str:
    """Do what the term of a question asks today, and return what that was; empty for nothing."""
    region = region_of_pupil(thread.pupil)
    assert thread.last_message_at  # noqa: S101  submitted, so written
    last = clock.school_day(thread.last_message_at)
    if today >= closes_on(last, region):
        close_thread(session, thread, Why.TERM, now=now)
        return "closed"
    if thread.state == State.OFFERED and thread.due_on and today > thread.due_on:
        pass_on(session, thread, now=now)
        return "passed_on"
    is_dean_late = thread.state == State.WITH_DEAN and thread.due_on and today > thread.due_on
    if is_dean_late and note_news(session, thread, News.DEAN_LATE, key="dean_late", now=now):
        tell_dean(session, thread, "late", key=f"mentor_thread:{thread.id}:late", now=now)
        return "dean_reminded"
    key = f"closing:{last}"
    if today >= close_announced_on(last, region) and note_news(
        session, thread, News.CLOSING, key=key, now=now
    ):
        if thread.mentor:
            write_mail(session, thread.mentor, "closing", key=f"mentor_thread:{thread.id}:{key}", now=now)
        return "closing_announced"
    return ""
