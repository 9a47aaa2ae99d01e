"""Whether the service lives, and whether it can answer."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import text

from web.dependencies import SessionOfRequest
from web.engine import is_ready

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def show_health() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@router.get("/readyz")
def show_readiness(session: SessionOfRequest, response: Response) -> dict[str, Any]:
    """Say whether database, engine and action server answer."""
    session.execute(text("SELECT 1"))
    ready = is_ready()
    response.status_code = 200 if ready else 503
    return {"ready": ready}
