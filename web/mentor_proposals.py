"""Where an oud-leerling asks the school for something or offers it, on the own page."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from guidance import clock
from guidance.errors import (
    DangerInText,
    MentorsOff,
    ProposalRefused,
    TooManyProposals,
    UnusableField,
    WordsEmpty,
    WordsTooLong,
)
from guidance.mentor_proposals import Kind
from guidance.services.mentor_proposals import propose
from web.dependencies import OwnForm, SessionOfRequest
from web.mentor_page import OWN_PAGE, PROPOSED, MentorOfLink, own_page
from web.mentors import in_words
from web.statuses import status_of

TOLD = (UnusableField, WordsEmpty, WordsTooLong, DangerInText, TooManyProposals, ProposalRefused, MentorsOff)

router = APIRouter(include_in_schema=False)


class ProposalForm(BaseModel):
    """What is asked or offered, in a kind and words, and the form that it was sent with."""

    form_id: str = Field(max_length=100, pattern=r"^[\w-]+$")
    kind: str = ""
    text: str = ""

    def chosen(self) -> Kind:
        """Return the kind that was chosen, or raise UnusableField."""
        if self.kind not in list(Kind):
            raise UnusableField("kind of proposal", name="kind")
        return Kind(self.kind)


@router.post(OWN_PAGE + "/{token}/aanbod", dependencies=[OwnForm])
def save_proposal(
    request: Request,
    token: str,
    session: SessionOfRequest,
    mentor: MentorOfLink,
    form: Annotated[ProposalForm, Form()],
) -> Response:
    """Keep what is asked or offered; what cannot be kept stays in its field."""
    try:
        with session.begin_nested():
            propose(session, mentor, form.chosen(), form.text, form_id=form.form_id, now=clock.now())
    except TOLD as error:
        return own_page(
            request,
            token,
            session,
            mentor,
            failure=in_words(error),
            wrong=getattr(error, "name", ""),
            proposing=form,
            status=status_of(error),
        )
    return RedirectResponse(f"{OWN_PAGE}/{token}?done={PROPOSED}#aanbod", 303)
