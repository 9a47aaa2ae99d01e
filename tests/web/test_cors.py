"""Which other sites may read the answers of the API."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from guidance.services.accounts import get_school
from tests.web.browser import Browser

API = "/api/v1/conversations"
SCHOOL_SITE = "https://www.vechtdal.example"
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
ALLOW = "access-control-allow-origin"


@pytest.fixture(autouse=True)
def _school_site(session: Session) -> None:
    get_school(session, "vechtdal").origins = f"http://127.0.0.1:9000 {SCHOOL_SITE}"
    session.commit()


def start_from(browser: Browser, site: str) -> Any:
    body = {"school": "vechtdal", "pupil_code": None}
    return browser.client.post(API, json=body, headers={"Origin": site})


class TestSchoolSite:
    def test_may_read_answers_and_failures(self, browser: Browser) -> None:
        started = start_from(browser, SCHOOL_SITE)
        failed = browser.client.post(API, json={}, headers={"Origin": SCHOOL_SITE})

        assert (started.status_code, failed.status_code) == (201, 422)
        for answer in (started, failed):
            assert answer.headers[ALLOW] == SCHOOL_SITE
            assert answer.headers["vary"] == "Origin"
            assert "access-control-allow-credentials" not in answer.headers

    def test_may_ask_first(self, browser: Browser) -> None:
        answer = browser.client.options(f"{API}/x/messages", headers={"Origin": SCHOOL_SITE, **ASKS})

        assert answer.status_code == 204
        assert answer.headers[ALLOW] == SCHOOL_SITE
        assert answer.headers["access-control-allow-methods"] == "GET, POST"
        assert answer.headers["access-control-allow-headers"] == "authorization, content-type"

    def test_reads_no_pages(self, browser: Browser) -> None:
        assert ALLOW not in browser.get("/", headers={"Origin": SCHOOL_SITE}).headers


@pytest.mark.parametrize(
    "site",
    ["https://elders.example", "https://www.vechtdal.example.elders.example", "https://www", "null"],
)
class TestOtherSite:
    def test_may_read_nothing(self, browser: Browser, site: str) -> None:
        assert not any(name.startswith("access-control") for name in start_from(browser, site).headers)

    def test_asks_in_vain(self, browser: Browser, site: str) -> None:
        answer = browser.client.options(API, headers={"Origin": site, **ASKS})

        assert not any(name.startswith("access-control") for name in answer.headers)
        assert answer.headers["vary"] == "Origin"
