"""What a school offers to try teaching, and what became of what pupils asked for: for its dean."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.errors import AlreadyOffered, StaleForm, UnusableField
from guidance.experience_kinds import experience_kinds
from guidance.models.accounts import Staff
from guidance.services.experience_offers import (
    OfferFields,
    add_offer,
    change_offer,
    end_offer,
    list_offers_of_dean,
    reopen_offer,
)
from guidance.services.experiences import list_experiences_of_dean
from web.dependencies import DeanOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.portal.refusals import NotedRefusals
from web.statuses import status_of

EXPERIENCES = "/portaal/ervaringen"
# The form of an offer that has no number yet.
NEW = 0
MOST_SHOWN = 30

router = APIRouter(dependencies=[NotedRefusals])


class OfferForm(BaseModel):
    """The fields of the form about an offer, as they were sent."""

    kind: str = Field(default="", max_length=100)
    title: str = Field(default="", max_length=1000)
    description: str = Field(default="", max_length=4000)
    teacher_name: str = Field(default="", max_length=1000)
    teacher_mail: str = Field(default="", max_length=1000)
    # The version of the offer that the form was made from.
    version: int = 0


FilledIn = Annotated[OfferForm, Form()]


@router.get(EXPERIENCES)
def show_experiences(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Show the offers of the school, and what pupils asked for, newest first."""
    return _show(request, session, dean)


@router.post(EXPERIENCES, dependencies=[OwnForm])
def save_offer(request: Request, session: SessionOfRequest, dean: DeanOfRequest, form: FilledIn) -> Response:
    """Add an offer, or show the form again with what is wrong."""

    def add(fields: OfferFields) -> None:
        add_offer(session, dean, fields, now=clock.now())

    return _saved_or_shown(request, session, dean, form, NEW, add)


@router.post(EXPERIENCES + "/{offer_id}", dependencies=[OwnForm])
def save_changed(
    request: Request, offer_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest, form: FilledIn
) -> Response:
    """Change an offer, or show its form again with what is wrong."""

    def change(fields: OfferFields) -> None:
        change_offer(session, dean, offer_id, fields, seen=form.version, now=clock.now())

    return _saved_or_shown(request, session, dean, form, offer_id, change)


@router.post(EXPERIENCES + "/{offer_id}/stoppen", dependencies=[OwnForm])
def save_ended(offer_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    end_offer(session, dean, offer_id, now=clock.now())
    return RedirectResponse(EXPERIENCES, 303)


@router.post(EXPERIENCES + "/{offer_id}/hervatten", dependencies=[OwnForm])
def save_reopened(
    request: Request, offer_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest
) -> Response:
    try:
        reopen_offer(session, dean, offer_id)
    except AlreadyOffered as error:
        return _show(request, session, dean, status=status_of(error), mistake=wording.failure(error))
    return RedirectResponse(EXPERIENCES, 303)


def _saved_or_shown(
    request: Request,
    session: Session,
    dean: Staff,
    form: OfferForm,
    offer_id: int,
    save: Callable[[OfferFields], None],
) -> Response:
    status = 422
    try:
        save(OfferFields(**form.model_dump(exclude={"version"})))
    except UnusableField as error:
        mistake = wording.render(f"experiences.mistakes.{error.name}")
        shown = {"mistake": mistake, "wrong_field": error.name}
    except AlreadyOffered as error:
        shown = {"mistake": wording.failure(error), "wrong_field": "title"}
    except StaleForm as error:
        status, shown = status_of(error), {"mistake": wording.failure(error)}
    else:
        return RedirectResponse(EXPERIENCES, 303)
    return _show(request, session, dean, status=status, typed=form, typed_for=offer_id, **shown)


def _show(
    request: Request, session: Session, dean: Staff, *, status: int = 200, **values: object
) -> Response:
    return page(
        request,
        "portal/experiences.html",
        status=status,
        staff=dean,
        now=clock.now(),
        kinds=experience_kinds(),
        offers=list_offers_of_dean(session, dean),
        experiences=list_experiences_of_dean(session, dean),
        most=MOST_SHOWN,
        **values,
    )
