"""The pupil's own pages: the summary, the career file, and everything that is kept."""

from fastapi import APIRouter

from web import career_file, own_data, pupil_summary

router = APIRouter(include_in_schema=False)
for room in (pupil_summary, career_file, own_data):
    router.include_router(room.router)

__all__ = ["router"]
