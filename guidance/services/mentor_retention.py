"""How long what is about oud-leerlingen is kept (CONTRACTS 6): run each night, nothing is found twice."""

from collections import Counter
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.database import Base
from guidance.mentor_vetting import State
from guidance.models.mentor_threads import MentorReport, MentorThread
from guidance.models.mentors import Mentor, MentorLink, MentorStep
from guidance.on_time import months_before

MONTHS_KEPT = 12
KEPT_UNCONFIRMED = LINK_KEPT = timedelta(days=30)


def forget_mentors(session: Session, *, now: datetime) -> Counter[str]:
    """Delete what was kept long enough, and return how much of what.

    Questions a year after closing, oud-leerlingen a year after leaving, sign-ups that were never confirmed
    and dead links after 30 days. An open report holds its question and who it is about.
    """
    today = clock.school_day(now)
    a_year_ago = datetime.combine(months_before(today, MONTHS_KEPT), time(), tzinfo=clock.AMSTERDAM)
    held = select(MentorReport.thread_id).where(MentorReport.closed_at.is_(None))
    held_too = select(MentorThread.mentor_id).where(
        MentorThread.id.in_(held), MentorThread.mentor_id.is_not(None)
    )
    too_old: dict[str, tuple[type[Base], tuple[ColumnElement[bool], ...]]] = {
        "questions": (MentorThread, (MentorThread.closed_at < a_year_ago, MentorThread.id.not_in(held))),
        "mentors": (Mentor, (Mentor.id.in_(_gone_before(a_year_ago)), Mentor.id.not_in(held_too))),
        "sign_ups": (
            Mentor,
            (Mentor.mail_confirmed_at.is_(None), Mentor.signed_up_at < now - KEPT_UNCONFIRMED),
        ),
        "links": (MentorLink, (MentorLink.expires_at < now - LINK_KEPT,)),
    }
    return Counter(
        {
            f"{name}_forgotten": len(
                session.scalars(delete(table).where(*old).returning(table.__table__.c.id)).all()
            )
            for name, (table, old) in too_old.items()
        }
    )


def _gone_before(moment: datetime) -> Select[int]:
    """Return who left by themselves, or whose part the dean ended, before a moment."""
    return (
        select(MentorStep.mentor_id)
        .where(MentorStep.end == State.WITHDRAWN)
        .group_by(MentorStep.mentor_id)
        .having(func.max(MentorStep.happened_at) < moment)
    )
