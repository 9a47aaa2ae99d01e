"""What an address answers that no page of ours has."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from guidance.services.accounts import get_school
from tests.web.browser import Browser

TOO_LARGE = 9999999999999999999999999
NUMBERS = [TOO_LARGE, 2**31, 0, "vijf"]


def test_of_a_pupil_that_no_database_can_hold_is_not_found(signed_in: Callable[[str], Browser]) -> None:
    dean = signed_in("devries")

    for number in NUMBERS:
        page = dean.get(f"/portaal/leerlingen/{number}")
        assert (page.status, page.words_at(".//h1")) == (404, ["Niet gevonden"])


@pytest.mark.parametrize("number", NUMBERS)
def test_of_a_row_to_change_that_no_database_can_hold_is_not_found(
    signed_in: Callable[[str], Browser], anna: Browser, number: int | str
) -> None:
    dean, contact = signed_in("devries"), signed_in("jansen")

    for visitor, start, address in [
        (dean, "/portaal/", f"/portaal/leerlingen/{number}/besproken"),
        (contact, "/portaal/meldingen", f"/portaal/meldingen/{number}/gezien"),
        (anna, "/", f"/leerling/samenvatting/{number}/weglaten"),
        (anna, "/", f"/leerling/samenvatting/{number}/terugzetten"),
    ]:
        csrf = visitor.get(start).find(".//input[@name='csrf']").get("value", "")
        assert visitor.post(address, csrf=csrf).status == 404


def test_that_only_takes_a_form_says_what_to_do(browser: Browser) -> None:
    page = browser.get("/gesprek")

    assert page.status == 405
    assert "Ga terug en probeer het opnieuw." in page.words
    assert "bewaard" not in page.words


def test_of_a_talk_that_is_over_promises_an_anonymous_visitor_nothing(browser: Browser) -> None:
    answer = browser.client.get("/api/v1/conversations/x/messages")

    assert answer.json()["message"] == "Je bent uitgelogd. Log opnieuw in om verder te gaan."


def test_of_the_demo_site_names_an_icon_that_is_there(browser: Browser, session: Session) -> None:
    get_school(session, "vechtdal").is_made_up = True
    session.commit()

    icon = browser.get("/dev/school").find(".//link[@rel='icon']").get("href", "")

    assert browser.client.get(icon).status_code == 200
