"""The pupil's own pages: summary, career file, saved programmes, and everything that is kept."""

from fastapi import APIRouter

from web import career_file, own_data, pupil_summary, saved_programmes

router = APIRouter(include_in_schema=False)
for room in (pupil_summary, career_file, saved_programmes, own_data):
    router.include_router(room.router)

__all__ = ["router"]
