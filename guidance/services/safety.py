"""Safety notices: who at school is told of danger, and what only they see."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import NotAllowed, NotFound
from guidance.models.accounts import SAFEGUARDING_CONTACT, Staff
from guidance.models.conversations import Turn
from guidance.models.pupil import Pupil
from guidance.models.safety import SafetyNotice
from guidance.safety import EXPLICIT, VEILED, Danger, answers_help_lines, danger_in
from guidance.safety_replies import concern_reply, still_here_reply

# Two equal notices within this time are one form that was sent twice.
SENT_TWICE = timedelta(minutes=2)


def find_contact(session: Session, pupil: Pupil) -> Staff | None:
    """Return the first confirmed safeguarding contact of the pupil's school, if anyone can be reached."""
    return session.scalars(
        select(Staff)
        .where(
            Staff.school_id == pupil.school_id,
            Staff.role == SAFEGUARDING_CONTACT,
            Staff.confirmed_at.is_not(None),
        )
        .order_by(Staff.id)
        .limit(1)
    ).one_or_none()


def notify_contact(session: Session, pupil: Pupil, danger: Danger, *, now: datetime) -> SafetyNotice:
    """Put a notice in the inbox of the safeguarding contacts; the words of the pupil stay out of it."""
    notice = SafetyNotice(pupil_id=pupil.id, kind=danger.kind, created_at=now)
    session.add(notice)
    session.flush()
    return notice


def has_notice_of_now(session: Session, pupil: Pupil, danger: Danger, *, now: datetime) -> bool:
    """Say whether this pupil gave the same notice just now: a form without an id of its own, sent twice."""
    same = select(SafetyNotice.id).where(
        SafetyNotice.pupil_id == pupil.id,
        SafetyNotice.kind == danger.kind,
        SafetyNotice.created_at > now - SENT_TWICE,
        SafetyNotice.closed_at.is_(None),
    )
    return session.scalars(same.limit(1)).first() is not None


def list_notices(session: Session, contact: Staff) -> list[SafetyNotice]:
    """Return the notices of the contact's school that are not closed, newest first."""
    _refuse_others(contact)
    return list(
        session.scalars(
            select(SafetyNotice)
            .join(Pupil, Pupil.id == SafetyNotice.pupil_id)
            .where(Pupil.school_id == contact.school_id, SafetyNotice.closed_at.is_(None))
            .order_by(SafetyNotice.created_at.desc(), SafetyNotice.id.desc())
        )
    )


def acknowledge_notice(session: Session, contact: Staff, notice_id: int, *, now: datetime) -> SafetyNotice:
    """Note that a contact has seen a notice; the first one to do so stays noted."""
    notice = get_notice(session, contact, notice_id)
    if notice.acknowledged_at is None:
        notice.acknowledged_at, notice.acknowledged_by = now, contact.id
    return notice


def close_notice(session: Session, contact: Staff, notice_id: int, *, now: datetime) -> SafetyNotice:
    """Close a notice, which acknowledges it too; from then on its retention runs."""
    notice = acknowledge_notice(session, contact, notice_id, now=now)
    notice.closed_at = notice.closed_at or now
    return notice


def get_notice(session: Session, contact: Staff, notice_id: int) -> SafetyNotice:
    """Return a notice of the contact's own school, or raise NotFound."""
    _refuse_others(contact)
    notice = session.get(SafetyNotice, notice_id)
    if notice is None or notice.pupil.school_id != contact.school_id:
        raise NotFound(f"notice {notice_id}")
    return notice


def _refuse_others(contact: Staff) -> None:
    if contact.role != SAFEGUARDING_CONTACT:
        raise NotAllowed(f"staff {contact.id}")


def answers_help_lines_before(session: Session, turn: Turn) -> bool:
    """Say whether a message only answers the help lines that were the last thing said before it."""
    if not turn.text or not answers_help_lines(turn.text, EXPLICIT):
        return False
    earlier = select(Turn).where(Turn.conversation_id == turn.conversation_id, Turn.id < turn.id)
    # An answer to the lines got the lines again: what counts is what they came after.
    asked = (one for one in session.scalars(earlier.order_by(Turn.id.desc())) if not _is_still_here(one))
    before = next(asked, None)
    if before is None or not before.messages:
        return False
    tier, last_said = _tier_heard_in(before), str(before.messages[-1]["text"])
    return tier is not None and not last_said.endswith("?") and answers_help_lines(turn.text, tier)


def _is_still_here(turn: Turn) -> bool:
    return any(message["text"] == still_here_reply().text for message in turn.messages or [])


def _tier_heard_in(turn: Turn) -> str | None:
    if danger := danger_in(turn.text or ""):
        return danger.tier
    # The engine hears danger that the rules do not.
    is_heard = any(message["text"] == concern_reply().text for message in turn.messages or [])
    return VEILED if is_heard else None
