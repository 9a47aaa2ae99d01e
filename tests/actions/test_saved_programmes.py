"""Saved programmes in the chat: kept, shown, taken off, put back, and held beside each other."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from actions.programmes import FindProgrammes
from actions.saved_programmes import CompareProgrammes, SaveProgramme, ShowSavedProgrammes
from guidance.services.saved_programmes import list_saved_programmes
from tests.actions.programme_talk import Talk
from tests.people import pupil

KPZ = "00ic-34808-zwolle"
OFF = '/show_saved_programmes{"programme": "00ic-34808-zwolle", "about": "remove"}'


@pytest.fixture
def saved(session: Session) -> Callable[[], list[str]]:
    def keys() -> list[str]:
        found = [one.programme for one in list_saved_programmes(session, pupil(session, "Anna"))]
        # A transaction that stays open would keep the talk waiting.
        session.rollback()
        return found

    return keys


class TestSaveProgramme:
    async def test_saves_the_one_of_the_button(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        said = await talk.run(SaveProgramme(), programme="00ic-34808-zwolle")

        assert said["text"].startswith("Bewaard: Pabo, Hogeschool KPZ in Zwolle.")
        assert saved() == ["00ic-34808-zwolle"]

    @pytest.mark.parametrize(("ordinal", "at"), [("2", 1), ("last", -1)], ids=["second", "last"])
    async def test_saves_by_number(
        self, talk: Talk, saved: Callable[[], list[str]], ordinal: str, at: int
    ) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        await talk.run(SaveProgramme(), ordinal=ordinal)

        assert saved() == [talk.slots["shown_programmes"][at]]

    async def test_saves_by_name(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        await talk.run(SaveProgramme(), institution="Christelijke Hogeschool Windesheim")

        assert saved() == ["01vu-34808-zwolle"]

    async def test_asks_which_one(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(SaveProgramme(), "bewaar")

        assert said["text"] == "Welke opleiding wil je bewaren?"
        assert len(talk.payloads) == 5
        assert saved() == []

    async def test_offers_a_search_when_nothing_was_shown(self, talk: Talk) -> None:
        await talk.run(SaveProgramme(), ordinal="2")

        assert talk.payloads == ["/find_programmes"]

    async def test_refuses_a_key_that_does_not_exist(self, talk: Talk) -> None:
        said = await talk.run(SaveProgramme(), programme="made-up")

        assert said["text"] == "Dit bestaat niet, of het is niet voor jou."

    async def test_keeps_the_search_that_found_it(self, talk: Talk, session: Session) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        await talk.run(SaveProgramme(), ordinal="1")

        (one,) = list_saved_programmes(session, pupil(session, "Anna"))
        assert one.query == {"near": "Ommen", "kind": "pabo", "level": "havo"}
        assert len(one.known or []) == 6

    async def test_words_that_take_off_do_not_save(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        said = await talk.run(SaveProgramme(), "haal de eerste van mijn lijst", ordinal="1")

        assert "staat niet meer op je lijst" in said["text"]
        assert saved() == []


class TestShowSavedProgrammes:
    async def test_shows_what_was_saved(self, talk: Talk) -> None:
        await talk.run(SaveProgramme(), programme="00ic-34808-zwolle")
        said = await talk.run(ShowSavedProgrammes())

        assert [card["subtitle"] for card in said["cards"][:-1]] == ["Zwolle · voltijd, deeltijd"]
        assert said["cards"][-1]["url"] == "/leerling/opleidingen"
        assert talk.slots["shown_programmes"] == ["00ic-34808-zwolle"]

    async def test_offers_a_search_when_there_is_nothing(self, talk: Talk) -> None:
        await talk.run(ShowSavedProgrammes())

        assert talk.payloads == ["/find_programmes"]

    async def test_takes_one_off_and_puts_it_back(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        await talk.run(ShowSavedProgrammes())
        assert talk.said["cards"][0]["buttons"][0]["payload"] == OFF

        await talk.run(ShowSavedProgrammes(), programme=KPZ, about="remove")
        assert saved() == []
        assert talk.titles == ["Toch bewaren", "Laat mijn lijst zien"]

        await talk.run(ShowSavedProgrammes(), programme=KPZ, about="restore")
        assert saved() == [KPZ]

    async def test_taking_off_what_is_not_on_it_says_so(self, talk: Talk) -> None:
        said = await talk.run(ShowSavedProgrammes(), programme=KPZ, about="remove")

        assert said["text"] == "Dit bestaat niet, of het is niet voor jou."


class TestCompareProgrammes:
    async def test_shows_those_that_are_numbered_with_the_same_rows(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), ordinal=("1", "3"))

        first, second, page = said["cards"]
        assert [label for label, _ in first["rows"]] == [label for label, _ in second["rows"]]
        assert page["url"].startswith("/opleidingen/vergelijken?key=00ic-34808-zwolle&key=")
        assert page["url"].endswith("&near=Ommen&level=havo")

    async def test_shows_those_that_are_named_by_city(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), place=("Deventer", "Zwolle"))

        assert [card["rows"][0][1] for card in said["cards"][:-1]] == ["Deventer", "Zwolle"]

    async def test_takes_the_two_that_were_saved_when_nothing_else_is_there(self, talk: Talk) -> None:
        for key in (KPZ, "22hh-34808-zwolle"):
            await talk.run(SaveProgramme(), programme=key)
        said = await talk.run(CompareProgrammes(), "vergelijk ze")

        assert len(said["cards"]) == 3

    async def test_asks_which_ones_among_many(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), "vergelijk ze")

        assert said["text"].startswith("Welke opleidingen wil je vergelijken?")

    async def test_offers_a_search_without_any(self, talk: Talk) -> None:
        await talk.run(CompareProgrammes(), "vergelijk ze")

        assert talk.payloads == ["/find_programmes"]
