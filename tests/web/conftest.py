"""A service on the test's own database, at a fixed moment, and the browsers that visit it."""

from collections.abc import Callable

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock, database
from tests.people import MONDAY, OTP_SECRET, PASSWORD
from tests.web.browser import Browser
from web.app import make_app
from web.portal.pace import pace

CODE = pyotp.TOTP(OTP_SECRET).at(MONDAY)


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return make_app()


@pytest.fixture
def visit(
    app: FastAPI, sessions: sessionmaker[Session], session: Session, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Browser]:
    """Return how a new visitor comes to the service; it is Monday there."""
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    pace.cache_clear()
    return lambda: Browser(TestClient(app, follow_redirects=False))


@pytest.fixture
def browser(visit: Callable[[], Browser]) -> Browser:
    """A visitor who is not signed in."""
    return visit()


@pytest.fixture
def signed_in(visit: Callable[[], Browser]) -> Callable[[str], Browser]:
    """Return how a member of staff comes in, by user name."""

    def sign_in(username: str) -> Browser:
        browser = visit()
        answer = browser.send(
            browser.get("/inloggen"), "/inloggen", username=username, password=PASSWORD, code=CODE
        )
        assert answer.status == 303
        return browser

    return sign_in
