"""The portal of everyone who works at a school."""

from fastapi import APIRouter

from web.portal import experiences, mentors, pupils, questionnaires, safety, sign_in, welcome

router = APIRouter(include_in_schema=False)
for room in (sign_in, pupils, experiences, mentors, questionnaires, safety, welcome):
    router.include_router(room.router)

__all__ = ["router"]
