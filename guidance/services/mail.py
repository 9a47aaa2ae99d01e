"""Mail that waits: taken by one sender at a time, tried again when that fails, given up in the end."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from guidance.models.mail import OutboxMail

SENDING_TAKES_AT_MOST = timedelta(minutes=5)
"""A sender that has not told how it went by then is taken for dead, and another one tries."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
TRIED_FOR = timedelta(days=3)
MAIL_KEPT_FOR, KEY_KEPT_FOR = timedelta(days=30), timedelta(days=400)


def take_mail(session: Session, *, now: datetime) -> OutboxMail | None:
    """Take the mail that waits longest, for one sender only; commit before it is handed over."""
    mail = session.scalars(
        _waiting(now).order_by(OutboxMail.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if mail is None:
        return None
    mail.tries += 1
    mail.next_try_at = now + SENDING_TAKES_AT_MOST
    return mail


def note_sent(session: Session, mail_id: int, *, now: datetime) -> None:
    """Note that the mail server has it; a mail that was erased meanwhile is fine too."""
    if mail := session.get(OutboxMail, mail_id):
        mail.sent_at = mail.sent_at or now


def note_not_sent(session: Session, mail_id: int, *, for_good: bool, now: datetime) -> None:
    """Note that it did not go: try again later, longer each time, or never when that has no use."""
    mail = session.get(OutboxMail, mail_id)
    if mail is None or mail.sent_at:
        return
    if for_good or now - mail.written_at >= TRIED_FOR:
        mail.given_up_at = now
    else:
        mail.next_try_at = now + min(FIRST_WAIT * 2 ** (mail.tries - 1), LONGEST_WAIT)


def count_not_sent(session: Session) -> tuple[int, int]:
    """Return how many mails wait, and how many were given up."""
    unsent = select(func.count()).select_from(OutboxMail).where(OutboxMail.sent_at.is_(None))
    waiting = session.scalar(unsent.where(OutboxMail.given_up_at.is_(None))) or 0
    return waiting, session.scalar(unsent.where(OutboxMail.given_up_at.is_not(None))) or 0


def empty_old_mail(session: Session, *, now: datetime) -> int:
    """Take the words and the address out of mail that went or was given up 30 days ago; return how much.

    The key stays a year, so that a reminder that went once does not go again.
    """
    session.execute(delete(OutboxMail).where(OutboxMail.written_at < now - KEY_KEPT_FOR))
    is_done = or_(OutboxMail.sent_at.is_not(None), OutboxMail.given_up_at.is_not(None))
    old = update(OutboxMail).where(
        OutboxMail.written_at < now - MAIL_KEPT_FOR, is_done, OutboxMail.recipient != ""
    )
    emptied = old.values(recipient="", subject="", body="").returning(OutboxMail.id)
    return len(session.scalars(emptied).all())


def _waiting(now: datetime) -> Select[OutboxMail]:
    return select(OutboxMail).where(
        OutboxMail.sent_at.is_(None),
        OutboxMail.given_up_at.is_(None),
        or_(OutboxMail.next_try_at.is_(None), OutboxMail.next_try_at <= now),
    )
