"""A service on the test's own database, at a fixed moment, and the browsers that visit it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock, database
from tests.people import ANNAS_CODE, MONDAY, OTP_SECRET, PASSWORD
from tests.web.browser import Browser
from tests.web.check_in_engine import CheckInEngine
from tests.web.check_in_pupil import Pupil
from tests.web.crashes import counted_commits
from tests.web.engine import FakeEngine
from web.app import make_app
from web.pace import forget_tries

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
    forget_tries()
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


@pytest.fixture
def anna(visit: Callable[[], Browser]) -> Browser:
    """Anna's own browser, signed in with her code."""
    browser = visit()
    answer = browser.send(browser.get("/"), "/gesprek", school="vechtdal", code=ANNAS_CODE)
    assert answer.status in (200, 303)
    return browser


@pytest.fixture
def engine_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """A Rasa server that says what a test lays ready."""
    fake = FakeEngine()
    with httpx.Client(base_url=fake.url, trust_env=False) as client:
        monkeypatch.setattr("web.engine._client", lambda: client)
        yield fake
    fake.stop()


@pytest.fixture
def arrive(
    session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Pupil]]:
    """Return how someone comes to the chat for the first time, on Monday; a second goes by at every look."""
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    engines = []

    def come() -> Pupil:
        seconds = count()
        monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(seconds=next(seconds)))
        engine = CheckInEngine(commits)
        engines.append(engine)
        client = httpx.Client(base_url="http://engine", transport=engine)
        monkeypatch.setattr("web.engine._client", lambda: client)
        someone = Pupil(sessions, engine)
        someone.arrive()
        return someone

    with counted_commits(sessions) as commits:
        yield come
    for engine in engines:
        engine.stop()
