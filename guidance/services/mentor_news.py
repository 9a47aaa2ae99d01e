"""What a pupil should hear of a question: noted when it happens, told once, in the chat or on the page."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from guidance.database import lock
from guidance.mentor_questions import News
from guidance.models.mentor_threads import MentorNews, MentorThread
from guidance.models.pupil import Pupil
from guidance.services.mentor_threads import is_gone

OVERTAKEN_BY_CLOSING = {News.PASSED_ON, News.DEAN_LATE, News.AWAY, News.CLOSING}


def note_news(session: Session, thread: MentorThread, kind: News, *, key: str, now: datetime) -> bool:
    """Note something that the pupil should hear; return whether it is new, for one key is news once."""
    known = select(MentorNews.id).where(MentorNews.thread_id == thread.id, MentorNews.source_key == key)
    if session.scalars(known).first() is not None:
        return False
    session.add(MentorNews(thread=thread, kind=kind, source_key=key, happened_at=now))
    session.flush()
    return True


def tell_mentor_news(session: Session, pupil: Pupil, *, now: datetime) -> list[MentorNews]:
    """Return what the pupil did not hear yet, oldest first, and note that it is told now.

    Of a question that is reported or blocked nothing is told, and of one that closed only what still counts.
    """
    if not session.scalars(_untold(pupil).limit(1)).first():
        return []
    # Of two talks that begin at once the second waits here, and then finds that it was told.
    lock(session, pupil)
    untold = list(session.scalars(_untold(pupil)))
    closed = {news.thread_id for news in untold if news.kind == News.CLOSED}
    told = {}
    for news in untold:
        news.told_at = now
        is_overtaken = news.thread_id in closed and news.kind in OVERTAKEN_BY_CLOSING
        if not is_overtaken and not is_gone(session, news.thread):
            told[news.thread_id, news.kind] = news
    session.flush()
    return sorted(told.values(), key=lambda news: news.id)


def _untold(pupil: Pupil) -> Select[MentorNews]:
    return (
        select(MentorNews)
        .join(MentorThread, MentorThread.id == MentorNews.thread_id)
        .where(MentorThread.pupil_id == pupil.id, MentorNews.told_at.is_(None))
        .order_by(MentorNews.id)
    )
