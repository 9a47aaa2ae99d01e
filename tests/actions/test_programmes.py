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


class TestWhetherThisPupilMayEnter:
    async def test_follows_from_the_level_of_the_roster(self, talk: Talk) -> None:
        await talk.hear(FindProgrammes(), "pabo bij ommen", kind=("pabo", "pabo"), place=("ommen", "Ommen"))

        assert "een toets voor aardrijkskunde, geschiedenis, en natuur en techniek." in talk.admissions[0]

    async def test_follows_from_profile_and_exam_subjects_of_the_message(self, talk: Talk) -> None:
        await talk.hear(
            FindProgrammes(),
            "ik doe NG met aardrijkskunde, welke pabo kan ik doen bij Ommen",
            profile=("NG", "NG"),
            subject=("aardrijkskunde", "aardrijkskunde"),
            kind=("pabo", "pabo"),
            place=("Ommen", "Ommen"),
        )

        assert "Ik zocht op: pabo, met havo." in talk.said["text"]
        assert "een toets voor geschiedenis." in talk.admissions[0]
        assert (talk.slots["profile"], talk.slots["exam_subjects"]) == ("NG", "aardrijkskunde")

    async def test_remembers_what_was_said_before(self, talk: Talk) -> None:
        await talk.hear(UseDetail(), "ik heb NG", profile=("NG", "NG"))
        await talk.hear(UseDetail(), "ik heb wiskunde B", subject=("wiskunde", "wiskunde"))
        await talk.hear(UseDetail(), "ik heb ook biologie", subject=("biologie", "biologie"))
        await talk.hear(
            FindProgrammes(),
            "leraar wiskunde in Zwolle",
            subject=("wiskunde", "wiskunde"),
            place=("Zwolle", "Zwolle"),
        )

        assert talk.slots["exam_subjects"] == "biologie, wiskunde B"
        assert talk.admissions[0].startswith("Met havo en NG mag je beginnen.")
        assert talk.said["cards"][0]["title"].startswith("Leraar wiskunde")

    async def test_offers_another_way_to_who_misses_something(self, talk: Talk) -> None:
        await talk.hear(
            FindProgrammes(),
            "ik doe CM, kan ik in Zwolle leraar natuurkunde worden",
            profile=("CM", "CM"),
            subject=("natuurkunde", "natuurkunde"),
            place=("Zwolle", "Zwolle"),
        )

        assert talk.admissions[0].startswith("Volgens de regels van 2015 mist nog: ")
        card = talk.said["cards"][0]
        assert card["url"]
        assert card["buttons"][1]["payload"] == '/ask_routes{"subject": "natuurkunde"}'

    async def test_of_a_later_step_is_told_for_this_level(self, talk: Talk) -> None:
        await talk.hear(
            FindProgrammes(),
            "academische pabo in Utrecht",
            kind=("academische pabo", "academische_pabo"),
            place=("Utrecht", "Utrecht"),
        )

        assert "mist nog: een diploma van het vwo" in talk.admissions[0]
        assert "die kan met havo" in talk.admissions[0]

    async def test_takes_no_profile_along_to_another_level(self, talk: Talk) -> None:
        talk.slots["profile"] = "NT"
        await talk.hear(
            FindProgrammes(),
            "pabo in Zwolle met mbo",
            kind=("pabo", "pabo"),
            place=("Zwolle", "Zwolle"),
            level=("mbo", "mbo4"),
        )

        assert all(one.startswith("Met mbo niveau 4") for one in talk.admissions)

    async def test_stands_in_the_details_of_one_programme_too(self, talk: Talk) -> None:
        talk.slots |= {"profile": "NT", "exam_subjects": "geschiedenis"}
        await talk.run(ShowProgramme(), programme="00ic-34808-zwolle")

        assert "een toets voor aardrijkskunde." in talk.admissions[0]

    async def test_goes_along_to_the_page_with_all_results(self, talk: Talk) -> None:
        talk.slots |= {"profile": "NT", "exam_subjects": "geschiedenis, nlt"}
        said = await talk.run(FindProgrammes(), place="Ommen", kind="pabo")

        assert said["cards"][-1]["url"] == (
            "/opleidingen?near=Ommen&kind=pabo&level=havo&profile=NT&exam_subjects=geschiedenis%2Cnlt"
        )


class TestCombinations:
    async def test_part_time_pabo_within_so_many_km(self, talk: Talk) -> None:
        said = await talk.hear(
            FindProgrammes(),
            "deeltijd pabo binnen 40 km van Goirle",
            form=("deeltijd", "deeltijd"),
            kind=("pabo", "pabo"),
            distance=("40 km", "40"),
            place=("Goirle", "Goirle"),
        )

        assert said["text"].startswith("Ik vond 2 opleidingen binnen 40 km van Goirle.")
        assert [card["subtitle"].split(" · ")[0] for card in said["cards"]] == ["Tilburg", "Breda"]

    async def test_where_to_become_a_teacher_of_spanish(self, talk: Talk) -> None:
        said = await talk.hear(
            FindProgrammes(), "waar kan ik docent Spaans worden", subject=("Spaans", "Spaans")
        )
        assert said["text"].startswith("Waar woon je?")

        said = await talk.hear(UseDetail(), "Goirle", place=("Goirle", "Goirle"))
        assert [card["title"] for card in said["cards"]] == [
            "Leraar Spaans (tweedegraads), Fontys Hogeschool"
        ]

    async def test_a_degree_is_wider_than_the_kind_that_is_called_so(self, talk: Talk) -> None:
        said = await talk.hear(
            FindProgrammes(),
            "eerstegraads wiskunde in Utrecht",
            kind=("eerstegraads", "wo_eerstegraads"),
            subject=("wiskunde", "wiskunde"),
            place=("Utrecht", "Utrecht"),
        )

        assert "Ik zocht op: eerstegraads, wiskunde." in said["text"]
        assert {card["title"].split(":")[0] for card in said["cards"]} >= {"Hbo-master"}
        assert talk.slots["degree"] == "eerstegraads"
        assert talk.slots["kind"] is None

    async def test_a_master_by_its_word_alone(self, talk: Talk) -> None:
        said = await talk.hear(
            FindProgrammes(),
            "een master Nederlands in Groningen",
            subject=("Nederlands", "Nederlands"),
            place=("Groningen", "Groningen"),
        )

        assert "Ik zocht op: master, Nederlands." in said["text"]

    async def test_a_kind_with_the_word_master_in_it_stays_that_kind(self, talk: Talk) -> None:
        await talk.hear(
            FindProgrammes(),
            "educatieve master in Groningen",
            kind=("educatieve master", "educatieve_master"),
            place=("Groningen", "Groningen"),
        )

        assert (talk.slots["kind"], talk.slots["degree"]) == ("educatieve_master", None)

    async def test_a_wider_circle_keeps_the_degree(self, talk: Talk) -> None:
        await talk.hear(
            FindProgrammes(), "bachelor Fries bij Vaals", subject=("Fries", "Fries"), place=("Vaals", "Vaals")
        )

        assert talk.payloads
        assert all('"degree": "bachelor"' in payload for payload in talk.payloads)
        said = await talk.run(
            FindProgrammes(), place="Vaals", subject="Fries", degree="bachelor", radius_km="350"
        )
        assert len(said["cards"]) == 1


class TestUseDetail:
    async def test_takes_a_short_message_as_the_place(self, talk: Talk) -> None:
        said = await talk.run(UseDetail(), "Zwole")

        assert talk.payloads == ['/find_programmes{"place": "Zwolle"}']
        assert "Bedoel je Zwolle?" in said["text"]

    async def test_hears_a_degree_that_stands_alone(self, talk: Talk) -> None:
        await talk.run(FindProgrammes(), place="Utrecht", subject="wiskunde")
        said = await talk.hear(UseDetail(), "een master")

        assert "Ik zocht op: master, wiskunde." in said["text"]

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
