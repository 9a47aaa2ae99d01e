import pytest

from tests.readability import longest_sentence, reading_ease
from tests.web.browser import Browser, words_of
from web.public import sources_of

PAGES = ["/over", "/toegankelijkheid"]


@pytest.mark.parametrize("address", PAGES)
class TestPublicPages:
    def test_are_open_to_anyone(self, browser: Browser, address: str) -> None:
        assert browser.get(address).status == 200

    def test_read_easily(self, browser: Browser, address: str) -> None:
        main = browser.get(address).find(".//main")
        texts = [words_of(element) for tag in ("p", "li") for element in main.iter(tag)]

        assert [text for text in texts if longest_sentence(text) > 15] == []
        assert reading_ease("\n".join(texts)) >= 65


class TestAbout:
    def test_says_that_it_is_a_computer_program(self, browser: Browser) -> None:
        assert "Klaskompas is een computerprogramma en geen mens." in browser.get("/over").words

    @pytest.mark.parametrize("credit", ["DUO Open Onderwijsdata (CC BY)", "GeoNames (CC BY 4.0)"])
    def test_credits_where_the_facts_come_from(self, browser: Browser, credit: str) -> None:
        assert credit in browser.get("/over").words

    def test_names_each_source_once_with_its_newest_year(self) -> None:
        facts = {
            "a": [{"publisher": "DUO", "year": 2024}, {"publisher": "DUO", "year": 2026}],
            "b": [{"publisher": "Centerdata", "year": 2025}, {"publisher": None, "year": 2026}],
        }

        assert sources_of(facts) == [("Centerdata", 2025), ("DUO", 2026)]
