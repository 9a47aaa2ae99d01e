"""The portal of deans and safeguarding contacts."""

from fastapi import APIRouter

from web.portal import (
    consents,
    experiences,
    mentor_proposals,
    mentors,
    pupils,
    questionnaires,
    safety,
    sign_in,
)

router = APIRouter(include_in_schema=False)
for room in (sign_in, pupils, experiences, mentors, mentor_proposals, consents, questionnaires, safety):
    router.include_router(room.router)

__all__ = ["router"]
