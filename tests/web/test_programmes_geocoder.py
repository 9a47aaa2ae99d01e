"""Programmes nearby with PDOK switched on: page and API, and what parents are told."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event

from tests.pdok import PdokServer, ommen, reply_with
from tests.readability import longest_sentence, reading_ease
from tests.web.browser import Browser, words_of

API = "/api/v1/programmes"


@pytest.fixture
def open_transactions(engine: Engine) -> Callable[[], int]:
    """Return how many transactions are open on the database of the service."""
    changes: list[int] = []
    event.listen(engine, "begin", lambda connection: changes.append(1))
    for end in ("commit", "rollback"):
        event.listen(engine, end, lambda connection: changes.append(-1))
    return lambda: sum(changes)


class TestSearchProgrammes:
    def test_measures_from_where_pdok_has_the_place(self, browser: Browser, pdok: PdokServer) -> None:
        pdok.rows = [ommen()]

        body = browser.get(f"{API}?near=Ommen&kind=pabo").response.json()

        assert (body["place"], body["radius_km"]) == ("Ommen", 50)
        assert body["programmes"][0]["distance_km"] == 22.8

    @pytest.mark.parametrize("status", [429, 500])
    def test_answers_from_the_tables_when_pdok_fails(
        self, browser: Browser, pdok: PdokServer, status: int
    ) -> None:
        pdok.reply = reply_with(b"oops", status=status)

        answer = browser.get(f"{API}?near=Ommen&kind=pabo")

        assert answer.response.json()["programmes"][0]["distance_km"] == 22.1
        assert pdok.asked

    @pytest.mark.parametrize(("near", "status"), [("zwole", 404), ("Bergen", 300)])
    def test_asks_back_by_itself(self, browser: Browser, pdok: PdokServer, near: str, status: int) -> None:
        assert browser.get(f"{API}?near={near}").status == status
        assert pdok.asked == []

    @pytest.mark.parametrize("address", [API, "/opleidingen"])
    def test_has_no_transaction_open_while_it_asks(
        self, anna: Browser, pdok: PdokServer, open_transactions: Callable[[], int], address: str
    ) -> None:
        pdok.watch = open_transactions

        assert anna.get(f"{address}?near=Ommen").status == 200
        assert pdok.seen == [0]


class TestAbout:
    def test_says_that_nothing_goes_to_pdok_while_it_is_off(self, browser: Browser) -> None:
        assert "Dit staat hier uit." in browser.get("/over").words

    def test_says_what_goes_to_pdok_when_it_is_on(self, browser: Browser, pdok: PdokServer) -> None:
        page = browser.get("/over")

        assert "Dit staat hier aan." in page.words
        texts = [words_of(one) for one in page.find(".//main").iter("p")]
        assert [text for text in texts if longest_sentence(text) > 15] == []
        assert reading_ease("\n".join(texts)) >= 65
