import time
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.people import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import CODE
from web.dependencies import STAFF_COOKIE
from web.pace import FREE_STAFF_MISTAKES, SECONDS_A_TRY

A_MISTAKE = "Deze gegevens kloppen niet samen. Controleer naam, wachtwoord en code."


class TestSignIn:
    @pytest.mark.parametrize(
        ("username", "home"),
        [("devries", "/portaal/"), ("jansen", "/portaal/meldingen")],
        ids=["dean", "safeguarding contact"],
    )
    def test_shows_everyone_the_page_of_their_role(self, browser: Browser, username: str, home: str) -> None:
        answer = browser.send(
            browser.get("/inloggen"), "/inloggen", username=username, password=PASSWORD, code=CODE
        )

        assert (answer.status, answer.location) == (303, home)
        assert browser.get(home).status == 200

    @pytest.mark.parametrize(
        ("username", "password", "code"),
        [
            ("devries", "fout", CODE),
            ("devries", PASSWORD, "000000"),
            ("niemand", PASSWORD, CODE),
            ("", "", ""),
        ],
        ids=["wrong password", "wrong code", "unknown name", "nothing"],
    )
    def test_says_the_same_for_any_mistake(
        self, browser: Browser, username: str, password: str, code: str
    ) -> None:
        answer = browser.send(
            browser.get("/inloggen"), "/inloggen", username=username, password=password, code=code
        )

        assert answer.status == 401
        assert answer.words_at(".//*[@role='alert']") == [A_MISTAKE]
        assert STAFF_COOKIE not in browser.client.cookies

    def test_never_gives_the_password_back(self, browser: Browser) -> None:
        answer = browser.send(
            browser.get("/inloggen"), "/inloggen", username="devries", password="geheim", code="1"
        )

        assert "geheim" not in answer.text

    def test_refuses_a_form_of_another_site(self, browser: Browser) -> None:
        answer = browser.post("/inloggen", username="devries", password=PASSWORD, code=CODE)

        assert answer.status == 403

    def test_sets_a_cookie_that_scripts_cannot_read(self, browser: Browser) -> None:
        answer = browser.send(
            browser.get("/inloggen"), "/inloggen", username="devries", password=PASSWORD, code=CODE
        )

        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=lax" in answer.headers["set-cookie"]

    def test_is_slower_after_many_mistakes_and_never_blocked(self, browser: Browser) -> None:
        page = browser.get("/inloggen")
        for _ in range(FREE_STAFF_MISTAKES + 1):
            browser.send(page, "/inloggen", username="devries", password="fout", code="1")

        began = time.monotonic()
        answer = browser.send(page, "/inloggen", username="devries", password=PASSWORD, code=CODE)

        assert answer.status == 303
        assert time.monotonic() - began >= SECONDS_A_TRY


class TestSignOut:
    def test_closes_the_portal(self, signed_in: Callable[[str], Browser]) -> None:
        browser = signed_in("devries")
        token = browser.client.cookies[STAFF_COOKIE]

        answer = browser.send(browser.get("/portaal/"), "/portaal/uitloggen")
        with TestClient(browser.client.app, cookies={STAFF_COOKIE: token}) as thief:
            after = thief.get("/portaal/", follow_redirects=False)

        assert answer.location == "/inloggen"
        assert after.headers["location"] == "/inloggen"


class TestPortal:
    @pytest.mark.parametrize(
        "address", ["/portaal/", "/portaal/leerlingen", "/portaal/leerlingen/1", "/portaal/meldingen"]
    )
    def test_sends_a_visitor_to_the_sign_in_page(self, browser: Browser, address: str) -> None:
        assert browser.get(address).location == "/inloggen"
