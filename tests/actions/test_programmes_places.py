"""The table of places in the chat: the same places, choices and near spellings as page and API."""

from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from actions.programmes import FindProgrammes, UseDetail
from guidance.places import find_place
from guidance.settings import ROOT
from tests.actions.chat import Chat

TABLE: dict[str, list[list[Any]]] = yaml.safe_load(
    (ROOT / "tests" / "guidance" / "place_spellings.yml").read_text(encoding="utf-8")
)
SEARCH = '/find_programmes{{"place": "{}"}}'


@pytest.fixture
def chat(people: Session) -> Chat:
    return Chat()


def places_offered(chat: Chat) -> list[str]:
    return [button["title"] for button in chat.messages[0]["custom"]["buttons"]]


class TestUseDetail:
    """What is typed after "Waar woon je?", where the engine recognised no name."""

    async def test_finds_what_the_table_finds(self, chat: Chat) -> None:
        for typed, name, _, _ in TABLE["found"]:
            await chat.hear(UseDetail(), typed)

            assert f" van {name}" in chat.texts[0], typed

    async def test_asks_back_with_the_same_choices(self, chat: Chat) -> None:
        for typed, choices in TABLE["asked_back"]:
            await chat.hear(UseDetail(), typed)

            assert places_offered(chat) == choices, typed

    async def test_offers_the_same_near_spellings(self, chat: Chat) -> None:
        for typed, suggestions in TABLE["unknown"]:
            if typed:
                await chat.hear(UseDetail(), typed)

                assert places_offered(chat) == suggestions, typed
                assert chat.texts[0].startswith("Ik ken die plaats niet.")

    async def test_asks_again_when_near_me_is_not_known(self, chat: Chat) -> None:
        await chat.hear(UseDetail(), "bij mij")

        assert chat.texts[0].startswith("Waar woon je?")


class TestFindProgrammes:
    async def test_shows_what_it_guesses_only_where_page_and_api_would_offer_it(self, chat: Chat) -> None:
        for typed, value, is_shown in [
            ("zwole", "Zwolle", True),
            ("rosendaal", "Roosendaal", True),
            ("zwole", "Ommen", False),
        ]:
            misspelt = {"entity": "place", "value": value, "typed": typed, "confidence_entity": 0.8}
            await chat.hear(FindProgrammes(), f"pabo in {typed}", entities=[misspelt])

            assert chat.texts[0].startswith(f"Bedoel je {value}? Dit vond ik daar.") is is_shown
            assert is_shown or places_offered(chat) == ["Zwolle"]

    async def test_asks_back_what_is_spelled_right_whatever_was_guessed(self, chat: Chat) -> None:
        misspelt = {"entity": "place", "value": "Bergeijk", "typed": "Bergen", "confidence_entity": 0.8}

        await chat.hear(FindProgrammes(), "pabo in Bergen", entities=[misspelt])

        assert places_offered(chat) == ["Bergen (Noord-Holland)", "Bergen (Limburg)"]

    async def test_searches_near_me_when_that_is_known_and_asks_if_not(self, chat: Chat) -> None:
        await chat.hear(FindProgrammes(), "welke pabo zit er bij mij in de buurt", named={"kind": "pabo"})
        assert chat.texts[0].startswith("Waar woon je?")
        assert chat.payloads == [SEARCH.format("Ommen")]

        chat.slots["place"] = "Urk"
        await chat.hear(FindProgrammes(), "welke pabo zit er bij mij in de buurt", named={"kind": "pabo"})

        assert f"van {find_place('urk')}" in chat.texts[0]

    async def test_searches_near_the_school_without_naming_it(self, chat: Chat) -> None:
        await chat.hear(FindProgrammes(), "pabo bij school", named={"kind": "pabo"})

        assert "van Ommen" in chat.texts[0]
