"""What a pupil types on a page: explicit danger is answered before anything else, and is not kept there."""

from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from guidance import clock
from guidance.models.conversations import Conversation
from guidance.replies import Reply
from guidance.services.safety import has_notice_of_now
from web.chat import token_of_own_form
from web.danger import answer_danger, explicit_danger_in
from web.pages import page


class DangerHeard(Exception):
    """A text on a page speaks of explicit danger; what is said to it goes before all else."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("danger in a form")
        self.reply = reply


def hear_danger(token: Annotated[str, Depends(token_of_own_form)], text: Annotated[str, Form()] = "") -> None:
    """Refuse a form that is not ours; tell the contact of explicit danger, and raise with the reply.

    Named among the `dependencies` of a page it comes first: no transaction of the page is open yet.
    """
    danger = explicit_danger_in(text)
    if danger is None:
        return

    def was_told(session: Session, conversation: Conversation) -> bool:
        return has_notice_of_now(session, conversation.pupil, danger, now=clock.now())

    raise DangerHeard(answer_danger(token, danger, was_told=was_told).reply)


FreeText = Depends(hear_danger)


async def answer_danger_heard(request: Request, error: Exception) -> Response:
    """Show the reply to danger on a page of its own."""
    assert isinstance(error, DangerHeard)  # noqa: S101  registered for this kind only
    return page(request, "pupil/danger.html", reply=error.reply)
