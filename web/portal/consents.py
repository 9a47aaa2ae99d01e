"""What is allowed for pupils under 16: noted and withdrawn by the dean, for the school or for one pupil."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from guidance import clock, wording
from guidance.consents import EARLIEST_DAY, LONGEST_DECIDED_BY, Basis, Decision, Purpose
from guidance.errors import UnusableField
from guidance.models.accounts import Staff
from guidance.services.consents import list_bases, note_basis, withdraw_basis
from guidance.services.pupils import list_pupils_under_16
from web.dependencies import DeanOfRequest, OwnForm, RowNumber, SessionOfRequest
from web.pages import page
from web.portal.refusals import NotedRefusals

CONSENTS = "/portaal/onder-16"
# The form about one pupil; that of the whole school is named after its purpose.
ONE_PUPIL = "leerling"

router = APIRouter(dependencies=[NotedRefusals])


class BasisForm(BaseModel):
    """The fields of a form about a basis, as they were sent."""

    purpose: str = Field(default="", max_length=100)
    basis: str = Field(default="", max_length=100)
    decided_on: str = Field(default="", max_length=100)
    decided_by: str = Field(default="", max_length=1000)
    pupil: str = Field(default="", max_length=100)

    def decision(self, basis: Basis) -> Decision:
        """Return what was decided, or raise UnusableField."""
        return Decision(basis, _read(date.fromisoformat, self, "decided_on"), self.decided_by)


FilledIn = Annotated[BasisForm, Form()]


def _read[T](kind: Callable[[str], T], form: BasisForm, name: str) -> T:
    try:
        return kind(getattr(form, name))
    except ValueError as error:
        raise UnusableField("not of its kind", name=name) from error


def _row_number(text: str) -> int:
    number = int(text)
    if not 1 <= number < 2**31:
        raise ValueError("no database holds this number")
    return number


@router.get(CONSENTS)
def show_consents(request: Request, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Show for each purpose whether it is on and why, and which pupils have a basis of their own."""
    return _show(request, session, dean)


@router.post(CONSENTS, dependencies=[OwnForm])
def save_for_school(
    request: Request, session: SessionOfRequest, dean: DeanOfRequest, form: FilledIn
) -> Response:
    """Note a task of the school for all of its pupils, or show the form again with what is wrong."""
    try:
        purpose = _read(Purpose, form, "purpose")
        note_basis(session, dean, purpose, form.decision(Basis.TASK), now=clock.now())
    except UnusableField as error:
        return _show_mistake(request, session, dean, error, form, form.purpose)
    return RedirectResponse(f"{CONSENTS}#{purpose}", 303)


@router.post(f"{CONSENTS}/{ONE_PUPIL}", dependencies=[OwnForm])
def save_for_pupil(
    request: Request, session: SessionOfRequest, dean: DeanOfRequest, form: FilledIn
) -> Response:
    """Note what was decided for one pupil, or show the form again with what is wrong."""
    try:
        pupil_id = _read(_row_number, form, "pupil")
        purpose = _read(Purpose, form, "purpose")
        decision = form.decision(_read(Basis, form, "basis"))
        note_basis(session, dean, purpose, decision, pupil_id=pupil_id, now=clock.now())
    except UnusableField as error:
        return _show_mistake(request, session, dean, error, form, ONE_PUPIL)
    return RedirectResponse(f"{CONSENTS}#{ONE_PUPIL}", 303)


@router.post(CONSENTS + "/{basis_id}/intrekken", dependencies=[OwnForm])
def save_withdrawn(basis_id: RowNumber, session: SessionOfRequest, dean: DeanOfRequest) -> Response:
    """Take a basis away."""
    withdraw_basis(session, dean, basis_id, now=clock.now())
    return RedirectResponse(CONSENTS, 303)


def _show_mistake(
    request: Request, session: Session, dean: Staff, error: UnusableField, form: BasisForm, typed_for: str
) -> Response:
    mistake = wording.render(f"consents.mistakes.{error.name}", longest=LONGEST_DECIDED_BY)
    wrong = {"mistake": mistake, "wrong_field": error.name}
    return _show(request, session, dean, status=422, typed=form, typed_for=typed_for, **wrong)


def _show(
    request: Request, session: Session, dean: Staff, *, status: int = 200, **values: object
) -> Response:
    today = clock.school_day(clock.now())
    noted = list_bases(session, dean, today=today)
    return page(
        request,
        "portal/consents.html",
        status=status,
        staff=dean,
        purposes=wording.texts_of("consents.purposes"),
        of_school={one.basis.purpose: one.basis for one in noted if one.pupil is None},
        of_pupils=[one for one in noted if one.pupil],
        pupils=list_pupils_under_16(session, dean, today=today),
        today=today,
        earliest=EARLIEST_DAY,
        longest=LONGEST_DECIDED_BY,
        one_pupil=ONE_PUPIL,
        **values,
    )
