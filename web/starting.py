"""How a pupil comes in, with a code or without; the chat page and the chat API share it."""

from sqlalchemy.orm import Session

from guidance import clock
from guidance.errors import ChatClosed
from guidance.models.conversations import Conversation
from guidance.services.accounts import add_anonymous_pupil, get_pupil_by_code, get_school, is_chat_open
from guidance.services.conversations import start_conversation
from guidance.services.welcome import welcome_replies


def start(
    session: Session, school_code: str, pupil_code: str | None, *, is_own_device: bool
) -> tuple[Conversation, str]:
    """Start a conversation of a pupil of this school, or of an anonymous visitor."""
    now = clock.now()
    school = get_school(session, school_code)
    if not is_chat_open(session, school):
        raise ChatClosed(f"school {school.id}")
    pupil = (
        get_pupil_by_code(session, school, pupil_code)
        if pupil_code is not None
        else add_anonymous_pupil(session, school, now=now)
    )
    return start_conversation(
        session, pupil, welcome_replies(session, pupil), is_own_device=is_own_device, now=now
    )
