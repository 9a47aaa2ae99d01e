"""The page that shows how one becomes a teacher, step by step; it works without script."""

from fastapi import APIRouter, Request, Response

from guidance import clock, wording
from guidance.catalogue import LEVELS
from guidance.errors import UnusableFilter
from guidance.profile_rules import subjects_that_count
from guidance.programme_filters import label, subject_names
from guidance.services.teacher_routes import RouteQuery, find_teacher_routes
from guidance.teacher_route_replies import count_in_words, levels_in_words
from guidance.teacher_routes import GRADES
from guidance.wording import render
from web.pages import page
from web.programmes import PROFILE_CHOICES, asked_in, own_subjects
from web.statuses import status_of

router = APIRouter()

ASKED = ("subject", "grade", "level", "profile", "exam_subjects")


@router.get("/opleidingen/route", include_in_schema=False)
def show_teacher_routes(request: Request) -> Response:
    """Show the choices, and the routes once something was chosen."""
    asked = asked_in(request, ASKED)
    found, failure = None, None
    if any(asked.values()):
        own = {"exam_subjects": tuple(filter(None, [asked["exam_subjects"]]))}
        query = RouteQuery(**asked | own)  # type: ignore[arg-type]
        try:
            found = find_teacher_routes(query, today=clock.school_day(clock.now()))
        except UnusableFilter as error:
            failure = error
    return page(
        request,
        "teacher_routes.html",
        status=status_of(failure) if failure else 200,
        asked=asked,
        found=found,
        failure=wording.failure(failure) if failure else None,
        subjects=subject_names(),
        grades=[(grade, render(f"teacher_routes.grade.{grade}")) for grade in GRADES],
        levels=[(level, label("level", level)) for level in LEVELS],
        choices={"profile": PROFILE_CHOICES},
        exam_subjects=subjects_that_count(),
        own_subjects=own_subjects(asked["exam_subjects"]),
        count_in_words=count_in_words,
        levels_in_words=levels_in_words,
    )
