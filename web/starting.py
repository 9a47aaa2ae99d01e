"""How a pupil comes in, with a code or without; the chat page and the chat API share it."""

from datetime import datetime

from sqlalchemy.orm import Session

from guidance import clock
from guidance.errors import ChatClosed, WrongCode
from guidance.models.conversations import Conversation
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.services.accounts import add_anonymous_pupil, get_pupil_by_code, get_school, is_chat_open
from guidance.services.conversations import start_conversation
from guidance.services.welcome import welcome_replies
from web.pace import anonymous_starts, code_mistakes


def start(
    session: Session, school_code: str, pupil_code: str | None, *, is_own_device: bool, address: str
) -> tuple[Conversation, str]:
    """Start a conversation of a pupil of this school, or of an anonymous visitor."""
    now = clock.now()
    school = get_school(session, school_code)
    if not is_chat_open(session, school):
        raise ChatClosed(f"school {school.id}")
    pupil = _pupil(session, school, pupil_code, address=address, now=now)
    welcome = welcome_replies(session, pupil, now=now)
    return start_conversation(session, pupil, welcome, is_own_device=is_own_device, now=now)


def _pupil(session: Session, school: School, code: str | None, *, address: str, now: datetime) -> Pupil:
    if code is None:
        anonymous_starts().note(address, now=now)
        return add_anonymous_pupil(session, school, now=now)
    try:
        return get_pupil_by_code(session, school, code)
    except WrongCode:
        code_mistakes().note(address, now=now)
        raise
