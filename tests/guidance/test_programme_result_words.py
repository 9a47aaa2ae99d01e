"""The words for a search are the same in the chat and on the page, and easy to read."""

import pytest

from guidance.programme_replies import found_reply
from guidance.programme_result_words import (
    cycling_in_words,
    none_in_words,
    radius_in_words,
    wider_in_words,
)
from guidance.services.programmes import ProgrammeQuery, ProgrammeResults, find_programmes
from tests.readability import longest_sentence, reading_ease

READS_EASILY, LONGEST = 65, 15
LONG_NAME = "'s-Hertogenbosch"


def found(**asked: object) -> ProgrammeResults:
    return find_programmes(ProgrammeQuery(**asked))  # type: ignore[arg-type]


class TestRadiusInWords:
    @pytest.mark.parametrize(
        ("near", "words"),
        [
            (LONG_NAME, f"{LONG_NAME} is een grote stad, dus ik keek binnen 15 km."),
            ("Gouda", "Gouda is een middelgrote plaats, dus ik keek binnen 30 km."),
            ("Ommen", "Ommen is een kleine plaats, dus ik keek binnen 50 km."),
            ("Drenthe", "Een provincie is groot, dus ik keek binnen 50 km."),
            ("8011", "Zwolle is een grote stad, dus ik keek binnen 15 km."),
        ],
        ids=["city", "town", "countryside", "province", "postcode"],
    )
    def test_names_the_kind_of_place(self, near: str, words: str) -> None:
        assert radius_in_words(found(near=near)) == words
        assert longest_sentence(words) <= LONGEST
        assert reading_ease(words) >= READS_EASILY

    def test_says_so_when_the_size_is_not_known(self) -> None:
        words = radius_in_words(found(near="Heeten"))

        assert words == "Hoe groot Heeten is, weet ik niet. Daarom keek ik binnen 50 km."

    def test_says_nothing_of_a_radius_that_was_asked_for(self) -> None:
        assert radius_in_words(found(near="Ommen", radius_km=40)) == ""
        assert radius_in_words(found(kind="alo")) == ""


class TestNothingFound:
    def test_chat_and_page_offer_the_same_circles(self) -> None:
        results = found(near="Urk", subject="Spaans")
        reply = found_reply(results, ProgrammeQuery(near="Urk", subject="Spaans"), {"place": "Urk"})

        assert reply.text == none_in_words(results)
        assert [button.title for button in reply.buttons] == [wider_in_words(one) for one in results.wider]
        assert results.wider


class TestCyclingInWords:
    def test_says_that_it_is_an_estimate(self) -> None:
        near, *_, far = found(near="Waddinxveen", kind="tweedegraads").programmes

        assert cycling_in_words(near) == "Ongeveer 25 minuten (schatting)"
        assert cycling_in_words(far) == ""
