"""Programmes in the chat: what is said, what is remembered, what is stored."""

import pytest

from actions.programmes import FindProgrammes, ShowProgramme, UseDetail
from tests.actions.programme_talk import Talk


class TestFindProgrammes:
    async def test_shows_the_nearest_as_cards(self, talk: Talk) -> None:
        said = await talk.run(FindProgrammes(), place="Ommen", kind="pabo")

        assert said["text"].startswith("Ik vond 6 opleidingen binnen 50 km van Ommen.")
        assert "Ik zocht op: pabo, met havo." in said["text"]
        first, *_, last = said["cards"]
        assert (first["title"], first["distance_km"]) == ("Pabo, Hogeschool KPZ", 22.1)
        assert first["buttons"][0]["payload"] == '/save_programme{"programme": "00ic-34808-zwolle"}'
        assert last["url"] == "/opleidingen?near=Ommen&kind=pabo&level=havo"
        assert len(talk.slots["shown_programmes"]) == 5

    async def test_asks_for_the_place_and_goes_on_when_it_comes(self, talk: Talk) -> None:
        asked = await talk.run(FindProgrammes(), "waar kan ik docent duits worden", subject="Duits")
        assert asked["text"].startswith("Waar woon je?")
        assert talk.payloads == ['/find_programmes{"place": "Ommen"}']

        said = await talk.run(UseDetail(), "goirle", place="Goirle")

        assert [card["title"] for card in said["cards"]] == ["Leraar Duits (tweedegraads), Fontys Hogeschool"]

    async def test_confirms_a_misspelt_place(self, talk: Talk) -> None:
        said = await talk.run(FindProgrammes(), "pabo in omen")

        assert "Bedoel je Ommen" in said["text"]
        assert talk.payloads[0] == '/find_programmes{"place": "Ommen"}'

    async def test_asks_whether_a_misspelt_place_that_it_knows_is_meant(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), "pabo bij omen", kind="pabo", place="Ommen", sureness=0.8)
        assert talk.said["text"].startswith("Bedoel je Ommen?")
        assert talk.said["cards"]

        await talk.run(FindProgrammes(), "pabo bij ommen", kind="pabo", place="Ommen")
        assert "Bedoel je" not in talk.said["text"]

    async def test_asks_back_which_of_two_places(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Bergen", kind="pabo")

        assert talk.titles == ["Bergen (Noord-Holland)", "Bergen (Limburg)"]
        said = await talk.run(UseDetail(), place="Bergen (Limburg)")
        assert "van Bergen" in said["text"]

    @pytest.mark.parametrize(("place", "province"), [("Hengelo", "Gelderland"), ("Beek", "Limburg")])
    async def test_asks_back_with_the_province(self, talk: Talk, place: str, province: str) -> None:
        said = await talk.run(FindProgrammes(), place=place, kind="pabo")

        assert "Welke bedoel je" in said["text"]
        assert all(title.startswith(place) for title in talk.titles)
        assert any(province in title for title in talk.titles)

    async def test_offers_wider_circles_with_their_count(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Urk", subject="Spaans")

        assert talk.titles == ["75 km (1)", "150 km (2)"]
        said = await talk.run(FindProgrammes(), place="Urk", subject="Spaans", radius_km="150")
        assert len(said["cards"]) == 2

    async def test_searches_near_the_school(self, talk: Talk) -> None:
        said = await talk.run(FindProgrammes(), "welke pabo zit er bij mijn school", kind="pabo")

        assert "van Ommen" in said["text"]

    async def test_another_kind_is_another_question(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Zwolle", subject="wiskunde")
        said = await talk.run(FindProgrammes(), "en de pabo?", kind="pabo")

        assert {card["title"].split(",")[0] for card in said["cards"]} == {"Pabo"}

    async def test_refuses_a_filter_it_cannot_use(self, talk: Talk) -> None:
        said = await talk.run(FindProgrammes(), place="Ommen", distance="9000")

        assert said["text"] == "Met '9000 km' kan ik niet zoeken."

    async def test_shows_a_master_that_a_pupil_asks_for(self, talk: Talk) -> None:
        said = await talk.run(FindProgrammes(), place="Zwolle", kind="hbo_master", distance="100")

        assert said["cards"]


class TestUseDetail:
    async def test_takes_a_short_message_as_the_place(self, talk: Talk) -> None:
        said = await talk.run(UseDetail(), "Zwole")

        assert talk.payloads == ['/find_programmes{"place": "Zwolle"}']
        assert "Bedoel je Zwolle?" in said["text"]

    async def test_keeps_a_level_and_offers_to_search(self, talk: Talk) -> None:
        await talk.run(UseDetail(), "ik doe vwo", level="vwo")

        assert talk.slots["level"] == "vwo"
        assert talk.payloads == ["/find_programmes"]


class TestShowProgramme:
    async def test_shows_what_the_catalogue_holds(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(ShowProgramme(), ordinal="1")

        (card,) = said["cards"]
        assert (card["title"], card["distance_km"]) == ("Pabo, Hogeschool KPZ", 22.1)
        assert card["subtitle"] == "Zwolle · voltijd, deeltijd"
        assert card["url"].startswith("http")
        assert card["buttons"][0]["payload"] == '/save_programme{"programme": "00ic-34808-zwolle"}'
        rows = dict(card["rows"])
        assert rows["Toelating"].startswith("Met havo")
        assert "DUO" in rows["Bron"]
        assert "Waarom zie ik dit?" not in rows

    async def test_asks_which_one(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Ommen", kind="pabo")
        said = await talk.run(ShowProgramme(), "vertel meer")

        assert said["text"] == "Over welke opleiding wil je meer weten?"
        assert all(payload.startswith("/ask_programme_details") for payload in talk.payloads)

    async def test_shows_the_one_of_the_button_without_a_place(self, talk: Talk) -> None:
        said = await talk.run(ShowProgramme(), programme="00ic-34808-zwolle")

        assert said["cards"][0]["distance_km"] is None

    async def test_gives_no_distance_from_a_place_that_is_not_clear(self, talk: Talk) -> None:
        talk.slots["place"] = "Bergen"
        said = await talk.run(ShowProgramme(), programme="00ic-34808-zwolle")

        assert said["cards"][0]["distance_km"] is None

    async def test_offers_a_search_when_nothing_was_shown(self, talk: Talk) -> None:
        await talk.run(ShowProgramme(), ordinal="2")

        assert talk.payloads == ["/find_programmes"]
