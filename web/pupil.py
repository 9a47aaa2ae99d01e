"""The pupil's own pages: summary, career file, saved programmes, oud-leerling, and what is kept."""

from fastapi import APIRouter

from web import career_file, mentor_questions, own_data, pupil_summary, saved_programmes

router = APIRouter(include_in_schema=False)
for room in (pupil_summary, career_file, saved_programmes, mentor_questions, own_data):
    router.include_router(room.router)

__all__ = ["router"]
