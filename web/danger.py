"""Explicit danger in what a pupil types, on whatever page: the contact is told before the reply says so."""

import logging
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.orm import Session

from guidance import clock
from guidance.database import transaction
from guidance.errors import NotFound
from guidance.models.conversations import Conversation
from guidance.replies import Reply
from guidance.safety import EXPLICIT, Danger, danger_in
from guidance.safety_replies import danger_reply
from guidance.services.conversations import get_conversation_by_token
from guidance.services.safety import find_contact, notify_contact

logger = logging.getLogger(__name__)
WasTold = Callable[[Session, Conversation], bool]


class DangerAnswer(NamedTuple):
    """The reply to a danger, and whether telling the contact went as it should."""

    reply: Reply
    is_settled: bool


def explicit_danger_in(text: str | None) -> Danger | None:
    """Return the danger that is answered whatever else is wrong with how a text came in."""
    danger = danger_in(text) if text else None
    return danger if danger and danger.tier == EXPLICIT else None


def answer_danger(token: str, danger: Danger, *, was_told: WasTold) -> DangerAnswer:
    """Tell the contact in a transaction of its own, and return a reply that says as it is who was told."""
    try:
        contact_name, is_signed_in, is_notified = _notify(token, danger, was_told)
    except Exception as error:
        logger.error("could not notify a contact: %s", type(error).__name__)
        # Who it is cannot be read now: that nobody can be reached is true of anyone.
        return DangerAnswer(
            danger_reply(danger, contact_name=None, signed_in=True, notified=False), is_settled=False
        )
    reply = danger_reply(danger, contact_name=contact_name, signed_in=is_signed_in, notified=is_notified)
    return DangerAnswer(reply, is_settled=True)


def _notify(token: str, danger: Danger, was_told: WasTold) -> tuple[str | None, bool, bool]:
    now = clock.now()
    with transaction() as session:
        try:
            conversation = get_conversation_by_token(session, token, now=now)
        except NotFound:
            return None, False, False
        pupil = conversation.pupil
        contact = None if pupil.is_anonymous else find_contact(session, pupil)
        if contact is None:
            return None, not pupil.is_anonymous, False
        if not was_told(session, conversation):
            notify_contact(session, pupil, danger, now=now)
        return contact.name, True, True
