"""What an address answers that no page of ours has."""

from collections.abc import Callable

import pytest

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
