"""The portal of everyone who works at a school."""

from fastapi import APIRouter

from web.portal import (
    consents,
    experiences,
    mentor_proposals,
    mentors,
    pupils,
    questionnaires,
    roster,
    safety,
    sign_in,
    welcome,
)

router = APIRouter(include_in_schema=False)
for room in (
    sign_in,
    pupils,
    roster,
    experiences,
    mentors,
    mentor_proposals,
    consents,
    questionnaires,
    safety,
    welcome,
):
    router.include_router(room.router)

__all__ = ["router"]
