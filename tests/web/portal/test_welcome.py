from collections.abc import Callable

from tests.web.browser import Browser

SignIn = Callable[[str], Browser]


def test_tells_a_role_without_pages_that_there_is_none_yet(signed_in: SignIn) -> None:
    page = signed_in("postma").get("/portaal/welkom")

    assert "U bent ingelogd als docent van Vechtdal College." in page.words
    assert [link.get("href") for link in page.all(".//nav[@aria-label='Portaal']/a")] == []


def test_brings_others_to_their_own_page(signed_in: SignIn) -> None:
    assert signed_in("jansen").get("/portaal/welkom").location == "/portaal/meldingen"


def test_is_where_a_page_that_is_not_theirs_leads(signed_in: SignIn) -> None:
    refused = signed_in("jansen").get("/portaal/")

    refused.find(".//main//a[@href='/portaal/welkom']")


def test_asks_a_visitor_to_sign_in(browser: Browser) -> None:
    assert browser.get("/portaal/welkom").location == "/inloggen"
