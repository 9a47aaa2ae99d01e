"""Use cases of personal codes: drawn for a class, shown once, and known to the pupil only after that."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.errors import NotFound
from guidance.models.accounts import DEAN, Staff
from guidance.models.conversations import Conversation
from guidance.models.pupil import Pupil
from guidance.personal_codes import CodeOfPupil
from guidance.random_keys import random_words
from guidance.services.accounts import code_digest
from guidance.services.audit import record_change

# Of four signs each: 99 bits, as four of them stay just under 80.
GROUPS_OF_CODE = 5


def issue_codes(
    session: Session, dean: Staff, class_name: str, *, only_without: bool, now: datetime
) -> list[CodeOfPupil]:
    """Give a class new codes, or only who has none; each ends the old code and its open talks."""
    if dean.role != DEAN:
        raise NotFound(f"codes for staff {dean.id}")
    of_class = (
        select(Pupil)
        .where(
            Pupil.school_id == dean.school_id,
            Pupil.class_name == class_name,
            ~Pupil.is_anonymous,
            Pupil.left_on.is_(None),
        )
        .order_by(Pupil.first_name, Pupil.surname, Pupil.id)
        .with_for_update()
    )
    found = session.scalars(of_class).all()
    if not found:
        raise NotFound(f"class without pupils for staff {dean.id}")
    return [_issue(session, dean, pupil, now) for pupil in found if not (only_without and pupil.code_digest)]


def _issue(session: Session, dean: Staff, pupil: Pupil, now: datetime) -> CodeOfPupil:
    code = random_words(GROUPS_OF_CODE)
    pupil.code_digest = code_digest(code)
    open_talks = update(Conversation).where(
        Conversation.pupil_id == pupil.id, Conversation.ended_at.is_(None)
    )
    session.execute(open_talks.values(ended_at=now))
    actor = Actor(dean.role, dean.id)
    record_change(session, dean.school_id, actor, "personal_code", now=now, pupil_id=pupil.id)
    return CodeOfPupil(pupil.first_name or "", code)
