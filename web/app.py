"""Puts the pages together, and turns each failure into its status and its words."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from guidance import errors, wording
from guidance.roster_csv import MOST_BYTES
from guidance.settings import ROOT, get_settings
from web import (
    chat,
    chat_api,
    demo,
    experiences,
    health,
    mentor_page,
    mentor_proposals,
    mentors,
    open_days,
    portal,
    programmes,
    public,
    pupil,
    saved_programmes,
    teacher_routes,
)
from web.cors import allow_schools
from web.dependencies import SignInPage
from web.free_text import DangerHeard, answer_danger_heard
from web.pages import page, templates
from web.portal.menu import HOME_OF_ROLE, menu_of
from web.portal.roster import ROSTER
from web.statuses import status_of

WORDS = {403: "form_expired", 404: "not_found", 405: "not_this_way", 413: "too_large", 422: "invalid"}
LARGEST_BODY = 64 * 1024
# A whole school in one file, with what a form puts around it.
LARGEST_BODY_AT = {ROSTER: MOST_BYTES + LARGEST_BODY}
Next = Callable[[Request], Awaitable[Response]]


def failure_answer(request: Request, status: int, code: str, message: str) -> Response:
    """Answer a failure in the caller's own kind: JSON for the API, a page for people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": code, "message": message}, status_code=status)
    return page(request, "failure.html", status=status, title=HTTPStatus(status).phrase, message=message)


async def answer_guidance_error(request: Request, error: Exception) -> Response:
    """Turn an expected failure into its status and its text; what it carries goes along."""
    assert isinstance(error, errors.GuidanceError)  # noqa: S101  registered for this kind only
    response = failure_answer(request, status_of(error), type(error).__name__, wording.failure(error))
    if isinstance(error, errors.TooManyMessages):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


async def answer_place(_request: Request, error: Exception) -> Response:
    """Turn an unknown or ambiguous place into its status, with what may have been meant."""
    assert isinstance(error, errors.UnknownPlace | errors.AmbiguousPlace)  # noqa: S101  as above
    body = {"error": type(error).__name__, "message": wording.failure(error), **vars(error)}
    return JSONResponse(body, status_code=status_of(error))


async def answer_invalid(request: Request, error: Exception) -> Response:
    """Refuse a body that is not of the documented shape; an address that is not has no page."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  as above
    if any(mistake["loc"][0] == "path" for mistake in error.errors()):
        return await answer_http_error(request, HTTPException(404))
    return failure_answer(request, 422, "Invalid", wording.render("failures.web.invalid"))


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Give a failure of the web itself its Dutch text."""
    assert isinstance(error, HTTPException)  # noqa: S101  as above
    words = wording.render(f"failures.web.{WORDS.get(error.status_code, 'invalid')}")
    return failure_answer(request, error.status_code, HTTPStatus(error.status_code).name, words)


async def answer_broken(request: Request, _error: Exception) -> Response:
    """Say that it is our fault; what happened is in the log."""
    return failure_answer(request, 500, "Broken", wording.render("failures.web.broken"))


async def go_to_sign_in(_request: Request, error: Exception) -> Response:
    """Send a visitor who must sign in to the page for it."""
    return RedirectResponse(str(error), status_code=303)


async def refuse_large_bodies(request: Request, call_next: Next) -> Response:
    """Refuse a body over 64 kB before it is read; one address takes a file."""
    largest = LARGEST_BODY_AT.get(request.url.path, LARGEST_BODY)
    if int(request.headers.get("content-length") or 0) > largest:
        return failure_answer(request, 413, "TooLarge", wording.render("failures.web.too_large"))
    return await call_next(request)


async def add_security_headers(request: Request, call_next: Next) -> Response:
    """Let a page load nothing from elsewhere, and be framed only by the school's own site."""
    response = await call_next(request)
    ancestors = getattr(request.state, "frame_ancestors", "'self'")
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
        f"base-uri 'none'; form-action 'self' {ancestors}; frame-ancestors {ancestors}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response


def make_app() -> FastAPI:
    """Return the web service with all its pages; without a secret it does not start."""
    assert get_settings().signing_key  # noqa: S101  raises by itself
    # No page of documentation that loads scripts from elsewhere; the document itself is what counts.
    app = FastAPI(
        title="Klaskompas", version="1", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None
    )
    app.mount("/static", StaticFiles(directory=ROOT / "web" / "static"), name="static")
    for part in (chat, chat_api, experiences, health, mentors, open_days, portal, programmes, public, pupil):
        app.include_router(part.router)
    app.include_router(teacher_routes.router)
    app.include_router(saved_programmes.public)
    app.include_router(mentor_page.router)
    app.include_router(mentor_proposals.router)
    if get_settings().demo:
        app.include_router(demo.router)
    # Not in web/pages.py: the rooms of the portal import that one first.
    templates().env.globals.update(home_of_role=HOME_OF_ROLE, menu_of=menu_of)
    app.add_exception_handler(errors.GuidanceError, answer_guidance_error)
    app.add_exception_handler(errors.LinkUnusable, mentors.answer_closed)
    app.add_exception_handler(errors.UnknownPlace, answer_place)
    app.add_exception_handler(errors.AmbiguousPlace, answer_place)
    app.add_exception_handler(SignInPage, go_to_sign_in)
    app.add_exception_handler(DangerHeard, answer_danger_heard)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_exception_handler(Exception, answer_broken)
    app.middleware("http")(refuse_large_bodies)
    app.middleware("http")(allow_schools)
    app.middleware("http")(add_security_headers)
    return app
