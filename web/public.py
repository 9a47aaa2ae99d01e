"""Pages for parents and visitors, which anyone may read."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from guidance.content import read_content
from web.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/over")
def show_about(request: Request) -> Response:
    return page(request, "public/about.html", sources=sources_of(read_content("facts")))


@router.get("/toegankelijkheid")
def show_accessibility(request: Request) -> Response:
    return page(request, "public/accessibility.html")


def sources_of(facts: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, int]]:
    """Return who the facts come from and the newest year of each, by name."""
    newest: dict[str, int] = {}
    for edition in (edition for editions in facts.values() for edition in editions):
        if publisher := edition["publisher"]:
            newest[publisher] = max(edition["year"], newest.get(publisher, 0))
    return sorted(newest.items(), key=lambda source: source[0].casefold())
