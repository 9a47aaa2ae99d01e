"""Saved programmes in the chat: kept, shown, taken off, put back, and held beside each other."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from actions.programmes import FindProgrammes
from actions.saved_programmes import CompareProgrammes, SaveProgramme, ShowSavedProgrammes
from guidance.models.programmes import SavedProgramme
from guidance.services.saved_programmes import list_saved_programmes
from tests.actions.programme_talk import Talk
from tests.people import MONDAY, pupil

KPZ, VIAA, SAXION = "00ic-34808-zwolle", "22hh-34808-zwolle", "23ah-34808-deventer"
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
        assert set(talk.slots["shown_programmes"]) < set(one.known or [])

    async def test_keeps_the_radius_that_was_asked_for(self, talk: Talk, session: Session) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo", radius_km="90")
        await talk.run(SaveProgramme(), ordinal="last")

        (one,) = list_saved_programmes(session, pupil(session, "Anna"))
        assert one.query == {"near": "Ommen", "kind": "pabo", "level": "havo", "radius_km": "90.0"}

    async def test_a_place_named_since_is_not_the_search_that_found_it(
        self, talk: Talk, session: Session
    ) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        talk.slots["place"] = "Vaals"
        await talk.run(SaveProgramme(), ordinal="1")

        (one,) = list_saved_programmes(session, pupil(session, "Anna"))
        assert (one.query or {})["near"] == "Ommen"

    async def test_leads_to_the_page_where_its_note_is_open(self, talk: Talk) -> None:
        said = await talk.run(SaveProgramme(), programme=KPZ)

        assert [card["url"] for card in said["cards"]] == [f"/leerling/opleidingen?key={KPZ}#{KPZ}"]

    async def test_tells_a_visitor_that_the_list_goes_with_the_talk(
        self, talk: Talk, session: Session
    ) -> None:
        pupil(session, "Anna").code_digest = None
        pupil(session, "Anna").first_name = None
        session.commit()

        said = await talk.run(SaveProgramme(), programme=KPZ)

        assert "Je lijst werkt dus alleen in dit gesprek." in said["text"]

    async def test_words_that_take_off_do_not_save(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        said = await talk.run(SaveProgramme(), "de eerste wil ik weg.", ordinal="1")

        assert "staat niet meer op je lijst" in said["text"]
        assert saved() == []

    async def test_no_longer_saving_takes_off(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        await talk.run(SaveProgramme(), "ik wil de eerste niet meer bewaren", ordinal="1")

        assert saved() == []

    async def test_speaking_of_a_note_leads_to_where_it_is_written(self, talk: Talk) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        said = await talk.run(SaveProgramme(), "zet er een notitie bij")

        assert said["text"].startswith("Bij welke wil je een notitie zetten?")
        assert said["cards"][0]["links"]

    async def test_words_that_say_both_save(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        await talk.run(SaveProgramme(), "bewaar de eerste, dat haal ik vast", ordinal="1")

        assert saved() == [KPZ]


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

    async def test_words_that_point_at_nothing_take_nothing_off(
        self, talk: Talk, saved: Callable[[], list[str]]
    ) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        await talk.run(ShowSavedProgrammes(), "help mijn lijst is weg")
        await talk.run(ShowSavedProgrammes(), "wat staat op mijn lijst, ik weet het niet meer")

        assert saved() == [KPZ]

    async def test_asks_which_one_to_take_off(self, talk: Talk, saved: Callable[[], list[str]]) -> None:
        for key in (KPZ, VIAA):
            await talk.run(SaveProgramme(), programme=key)
        said = await talk.run(ShowSavedProgrammes(), "haal er een weg")

        assert said["text"].startswith("Welke wil je van je lijst halen?")
        assert len(said["cards"]) == 3
        assert saved() == [KPZ, VIAA]

    async def test_a_number_means_the_same_one_whatever_left_the_catalogue(
        self, talk: Talk, session: Session
    ) -> None:
        left = {"programme": "gone", "name": "Pabo, Oude School, Ommen", "saved_at": MONDAY}
        session.add(SavedProgramme(pupil=pupil(session, "Anna"), **left))
        session.commit()
        for key in (KPZ, VIAA, SAXION):
            await talk.run(SaveProgramme(), programme=key)

        said = await talk.run(ShowSavedProgrammes())
        titles = [card["title"] for card in said["cards"]]
        assert titles[3] == "Pabo, Oude School, Ommen"

        said = await talk.run(CompareProgrammes(), ordinal=("1", "2"))
        assert [card["title"] for card in said["cards"][:2]] == titles[:2]

        said = await talk.run(ShowSavedProgrammes(), "haal de tweede weg", ordinal="2")
        assert said["text"].startswith("Pabo, Hogeschool Viaa")

    async def test_each_leads_to_its_note(self, talk: Talk) -> None:
        await talk.run(SaveProgramme(), programme=KPZ)
        said = await talk.run(ShowSavedProgrammes())

        assert said["cards"][0]["links"] == (
            ("Zet er een notitie bij", f"/leerling/opleidingen?key={KPZ}#{KPZ}"),
        )

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

    async def test_asks_which_of_several_in_a_city(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), place=("Zwolle", "Deventer"), kind=("pabo", "pabo"))

        assert said["text"].startswith("Ik zie er meer die je kunt bedoelen.")
        assert talk.titles == [
            "Hogeschool KPZ en Saxion Hogeschool",
            "Christelijke Hogeschool Windesheim en Saxion Hogeschool",
            "Hogeschool Viaa en Saxion Hogeschool",
        ]

        said = await talk.run(CompareProgrammes(), programme=(KPZ, SAXION))
        assert [card["rows"][0][1] for card in said["cards"][:-1]] == ["Zwolle", "Deventer"]

    @pytest.mark.parametrize(
        ("text", "at"),
        [("vergelijk 1 en 3", [0, 2]), ("vergelijk 2, 1 en 3", [1, 0, 2])],
        ids=["two", "three"],
    )
    async def test_reads_bare_numbers(self, talk: Talk, text: str, at: list[int]) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        titles = [card["title"] for card in talk.said["cards"]]
        said = await talk.run(CompareProgrammes(), text)

        assert [card["title"] for card in said["cards"][:-1]] == [titles[one] for one in at]

    async def test_a_number_alone_counts_those_on_the_screen(self, talk: Talk) -> None:
        for key in (KPZ, VIAA):
            await talk.run(SaveProgramme(), programme=key)
        said = await talk.run(CompareProgrammes(), "vergelijk deze 2")

        assert len(said["cards"]) == 3

    async def test_a_number_that_is_not_there_is_asked_about(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), ordinal=("1", "2", "8"))

        assert said["text"].startswith("Welke opleidingen wil je vergelijken?")
        assert talk.titles == ["De eerste twee", "De eerste drie"]

    async def test_finds_a_saved_one_beside_one_on_the_screen(self, talk: Talk) -> None:
        await talk.run(SaveProgramme(), programme="25ba-34808-ede")
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), ordinal="1", place="Ede")

        assert [card["rows"][0][1] for card in said["cards"][:-1]] == ["Zwolle", "Ede"]

    async def test_takes_the_list_when_the_words_say_so(self, talk: Talk) -> None:
        for key in (KPZ, "25ba-34808-ede"):
            await talk.run(SaveProgramme(), programme=key)
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(CompareProgrammes(), "vergelijk mijn bewaarde opleidingen")

        assert [card["rows"][0][1] for card in said["cards"][:-1]] == ["Zwolle", "Ede"]

    async def test_shows_the_list_when_it_is_too_long_to_take_whole(self, talk: Talk) -> None:
        for key in (KPZ, VIAA, SAXION, "25ba-34808-ede"):
            await talk.run(SaveProgramme(), programme=key)
        said = await talk.run(CompareProgrammes(), "vergelijk ze")

        assert [card["url"] for card in said["cards"]][-1] == "/leerling/opleidingen"
        assert len(said["cards"]) == 5

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
