"""How a page is made: one set of templates, one way to set cookies."""

from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from guidance.dutch_dates import FILTERS
from guidance.settings import ROOT, get_settings
from web.dependencies import FORM_COOKIE, form_seed, form_token


@cache
def templates() -> Jinja2Templates:
    """Return the templates; every value in them is escaped."""
    found = Jinja2Templates(directory=ROOT / "web" / "templates")
    found.env.filters.update(FILTERS, query=query)
    return found


def page(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page from its template; `csrf` is the token for its forms."""
    values |= {"csrf": form_token(request), "settings": get_settings(), "new_id": uuid4}
    response = templates().TemplateResponse(request, name, values, status_code=status)
    if FORM_COOKIE not in request.cookies:
        set_cookie(response, FORM_COOKIE, form_seed(request))
    return response


def query(values: dict[str, str]) -> str:
    """Return the filled-in values as the end of an address, after its question mark."""
    return urlencode({name: value for name, value in values.items() if value})


def words(macro: str, value: object) -> str:
    """Return the label that pages show for a status or a column, from templates/_words.html."""
    module = templates().get_template("_words.html").module
    return unescape(str(getattr(module, macro)(value))).strip()


def set_cookie(response: Response, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read, that lives until the browser closes."""
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=get_settings().secure_cookies)
