"""The list of saved programmes on its page, and programmes beside each other."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.programmes import SavedProgramme
from guidance.models.safety import SafetyNotice
from guidance.services.programmes import ProgrammeQuery
from guidance.services.saved_programmes import list_saved_programmes, save_programme
from tests.people import ANNAS_CODE, BILALS_CODE, MONDAY, pupil
from tests.web.browser import Browser

LIST = "/leerling/opleidingen"
KPZ, VIAA, SAXION = "00ic-34808-zwolle", "22hh-34808-zwolle", "23ah-34808-deventer"
NEAR_OMMEN = ProgrammeQuery(near="Ommen", kind="pabo", level="havo")
BESIDE = f"/opleidingen/vergelijken?key={KPZ}&key={VIAA}"


@pytest.fixture
def two_saved(anna: Browser, session: Session) -> Browser:
    for key in (KPZ, VIAA):
        save_programme(session, pupil(session, "Anna"), key, now=MONDAY)
    session.commit()
    return anna


def notes(session: Session) -> list[str | None]:
    found = list(session.scalars(select(SavedProgramme.note).order_by(SavedProgramme.id)))
    session.rollback()
    return found


def press(browser: Browser, place: str, key: str, **fields: str) -> str:
    """Send the form for this programme, and return where it leads."""
    page = browser.get(LIST)
    forms = page.all(f".//form[@action='{LIST}/{place}']")
    hidden = [{one.get("name", ""): one.get("value", "") for one in form.iter("input")} for form in forms]
    (own,) = [one for one in hidden if one["key"] == key]
    answer = browser.post(f"{LIST}/{place}", **own | fields)
    assert answer.status == 303
    return str(answer.response.headers["location"])


class TestList:
    def test_says_what_to_do_while_it_is_empty(self, anna: Browser) -> None:
        assert "Je hebt nog geen opleiding bewaard." in anna.get(LIST).words

    def test_a_visitor_is_sent_to_the_start(self, browser: Browser) -> None:
        assert browser.get(LIST).status == 303

    def test_a_visitor_without_a_name_has_a_list_of_this_talk(
        self, visit: Callable[[], Browser], session: Session
    ) -> None:
        nameless = visit()
        csrf = nameless.get("/").find(".//input[@name='csrf']").get("value", "")
        nameless.post("/gesprek", csrf=csrf, anonymous="1", school="vechtdal")
        csrf = nameless.get(LIST).find(".//input[@name='csrf']").get("value", "")

        nameless.post(f"{LIST}/bewaren", csrf=csrf, key=KPZ)

        page = nameless.get(LIST)
        assert "Deze lijst werkt dus alleen in dit gesprek." in page.words
        assert "decaan" not in page.words_at(".//article")[0]
        assert list_saved_programmes(session, pupil(session, "Anna")) == []

    def test_a_link_of_the_chat_opens_the_note_of_one(self, two_saved: Browser) -> None:
        page = two_saved.get(f"{LIST}?key={VIAA}")

        (opened,) = page.all(".//details[@open]")
        assert opened.find(".//input[@name='key']").get("value") == VIAA
        assert page.all(f".//article[@id='{VIAA}']")

    def test_a_note_is_kept_and_shown(self, two_saved: Browser, session: Session) -> None:
        page = two_saved.get(press(two_saved, "notitie", KPZ, text="lekker dichtbij"))

        assert "Je notitie is bewaard." in page.words
        assert "lekker dichtbij" in page.words
        assert notes(session) == ["lekker dichtbij", None]

    def test_a_note_that_is_too_long_stays_in_its_field(self, two_saved: Browser, session: Session) -> None:
        page = two_saved.get(LIST)
        csrf = page.find(".//input[@name='csrf']").get("value", "")
        answer = two_saved.post(f"{LIST}/notitie", csrf=csrf, key=KPZ, text="x" * 301)

        assert answer.status == 422
        assert "Dat is te lang." in answer.words
        assert "x" * 301 in answer.words
        assert notes(session) == [None, None]

    def test_danger_in_a_note_is_answered_first_and_not_kept(
        self, two_saved: Browser, session: Session
    ) -> None:
        page = two_saved.get(LIST)
        csrf = page.find(".//input[@name='csrf']").get("value", "")
        answer = two_saved.post(f"{LIST}/notitie", csrf=csrf, key=KPZ, text="ik wil niet meer leven")

        assert "113" in answer.words
        assert notes(session) == [None, None]
        assert len(session.scalars(select(SafetyNotice)).all()) == 1

    def test_taken_off_it_can_be_put_back(self, two_saved: Browser) -> None:
        page = two_saved.get(press(two_saved, "weghalen", KPZ))
        assert "staat niet meer op je lijst" in page.words
        assert len(page.all(".//article")) == 1

        page = two_saved.send(page, f"{LIST}/terugzetten", key=KPZ)
        assert len(two_saved.get(LIST).all(".//article")) == 2

    @pytest.mark.parametrize("place", ["notitie", "weghalen", "terugzetten"])
    def test_another_pupil_changes_nothing(
        self, two_saved: Browser, visit: Callable[[], Browser], session: Session, place: str
    ) -> None:
        bilal = visit()
        bilal.send(bilal.get("/"), "/gesprek", school="vechtdal", code=BILALS_CODE)
        csrf = bilal.get(LIST).find(".//input[@name='csrf']").get("value", "")

        answer = bilal.post(f"{LIST}/{place}", csrf=csrf, key=KPZ, text="van mij")

        assert answer.status == 404
        assert notes(session) == [None, None]

    def test_a_form_of_another_site_is_refused(self, two_saved: Browser) -> None:
        assert two_saved.post(f"{LIST}/weghalen", key=KPZ).status == 403

    def test_one_that_left_the_catalogue_is_told_and_can_be_taken_off(
        self, anna: Browser, session: Session
    ) -> None:
        session.add(
            SavedProgramme(
                pupil=pupil(session, "Anna"),
                programme="gone",
                name="Pabo, Oude School, Ommen",
                saved_at=MONDAY,
            )
        )
        session.commit()

        first = anna.get(LIST)
        assert (
            "Pabo, Oude School, Ommen staat niet meer in onze lijst."
            in first.words_at(".//*[@role='status']")[0]
        )
        assert anna.get(LIST).words_at(".//*[@role='status']") == []
        press(anna, "weghalen", "gone")


class TestNews:
    def test_a_new_one_can_be_looked_at_and_saved_and_is_told_once(
        self, anna: Browser, session: Session
    ) -> None:
        # Of what the search finds the pupil knows nothing but this one.
        saved = save_programme(session, pupil(session, "Anna"), KPZ, query=NEAR_OMMEN, now=MONDAY)
        everything = saved.known or []
        saved.known = [one for one in everything if one != SAXION]
        session.commit()

        page = anna.get(LIST)
        assert "Er is een opleiding bij" in page.words_at(".//*[@role='status']")[0]
        (form,) = page.all(".//*[@role='status']//form")
        (link,) = page.all(".//*[@role='status']//a")
        assert "Saxion" in anna.get(link.get("href", "")).words
        anna.post(
            form.get("action", ""),
            **{one.get("name", ""): one.get("value", "") for one in form.iter("input")},
        )

        assert anna.get(LIST).words_at(".//*[@role='status']") == []
        kept = {one.programme: one.query for one in session.scalars(select(SavedProgramme))}
        session.rollback()
        assert kept[SAXION] == kept[KPZ] == {"near": "Ommen", "kind": "pabo", "level": "havo"}

    def test_a_talk_begins_with_what_left_and_offers_to_take_it_off(
        self, browser: Browser, session: Session
    ) -> None:
        def first_messages() -> list[dict[str, Any]]:
            who = {"school": "vechtdal", "pupil_code": ANNAS_CODE}
            found: list[dict[str, Any]] = browser.client.post("/api/v1/conversations", json=who).json()[
                "messages"
            ]
            return found

        left = {"programme": "gone", "name": "Pabo, Oude School, Ommen", "saved_at": MONDAY}
        session.add(SavedProgramme(pupil=pupil(session, "Anna"), **left))
        session.commit()

        (card,) = first_messages()[1]["cards"]
        assert card["title"] == "Pabo, Oude School, Ommen"
        assert [one["title"] for one in card["buttons"]] == ["Haal van mijn lijst"]
        assert len(first_messages()) == 2


class TestSavingOnTheSearchPage:
    SEARCH = "/opleidingen?near=Ommen&kind=pabo"

    def test_a_pupil_saves_with_the_search_that_found_it(self, anna: Browser, session: Session) -> None:
        page = anna.get(self.SEARCH)
        (form, *_) = page.all(f".//form[@action='{LIST}/bewaren']")
        hidden = {one.get("name", ""): one.get("value", "") for one in form.iter("input")}

        answer = anna.post(f"{LIST}/bewaren", **hidden)

        assert "Bewaard: Pabo, Hogeschool KPZ, Zwolle." in anna.get(answer.response.headers["location"]).words
        kept = [(one.programme, one.query) for one in session.scalars(select(SavedProgramme))]
        session.rollback()
        assert kept == [(KPZ, {"near": "Ommen", "kind": "pabo"})]
        assert "Staat op je lijst" in anna.get(self.SEARCH).words

    def test_a_visitor_is_offered_nothing_to_save(self, browser: Browser) -> None:
        assert browser.get(self.SEARCH).all(f".//form[@action='{LIST}/bewaren']") == []

    def test_a_radius_that_is_no_number_is_left_out(self, anna: Browser, session: Session) -> None:
        csrf = anna.get(LIST).find(".//input[@name='csrf']").get("value", "")

        anna.post(f"{LIST}/bewaren", csrf=csrf, key=KPZ, search="near=Ommen&radius_km=ver&vreemd=x")

        (one,) = session.scalars(select(SavedProgramme)).all()
        assert one.query == {"near": "Ommen"}


class TestComparison:
    def test_shows_a_column_each(self, browser: Browser) -> None:
        page = browser.get(f"{BESIDE}&near=Ommen&level=havo")

        assert page.status == 200
        assert page.words_at(".//thead//th") == ["Pabo, Hogeschool KPZ", "Pabo, Hogeschool Viaa"]
        assert page.words_at(".//tbody//th")[:3] == ["Plaats", "Afstand", "Vorm"]
        assert "22,1 km" in page.words

    @pytest.mark.parametrize(
        ("asked", "status", "words"),
        [
            ("", 422, "Kies twee of drie opleidingen"),
            (f"?key={KPZ}", 422, "Je koos er 1."),
            (f"?key={KPZ}&key={VIAA}&key=01vu-34808-zwolle&key=01vu-34808-almere", 422, "Je koos er 4."),
            (f"?key={KPZ}&key=made-up", 404, "Dit bestaat niet"),
        ],
        ids=["none", "one", "four", "unknown"],
    )
    def test_refuses_in_words(self, browser: Browser, asked: str, status: int, words: str) -> None:
        page = browser.get(f"/opleidingen/vergelijken{asked}")

        assert page.status == status
        assert words in page.words

    @pytest.mark.parametrize(
        ("asked", "status", "words"),
        [
            ("&near=Ommen&level=vwo", 200, "22,1 km"),
            ("&near=Verdwenen%20Dorp", 200, "Onbekend"),
            ("&near=Bergen", 200, "Onbekend"),
            ("&level=brugklas", 422, "brugklas"),
        ],
        ids=["known", "unknown place", "place of two", "unknown level"],
    )
    def test_says_what_it_cannot_tell(self, browser: Browser, asked: str, status: int, words: str) -> None:
        page = browser.get(BESIDE + asked)

        assert page.status == status
        assert words.casefold() in page.words.casefold()

    def test_tells_two_places_of_one_school_apart(self, browser: Browser) -> None:
        page = browser.get("/opleidingen/vergelijken?key=25kb-34808-arnhem&key=25kb-34808-nijmegen")

        assert [name.split(", ")[-1] for name in page.words_at(".//thead//th")] == ["Arnhem", "Nijmegen"]

    @pytest.mark.parametrize("asked", [f"?key={KPZ}", f"?key={KPZ}&key={VIAA}"], ids=["refused", "shown"])
    def test_leads_a_pupil_back_to_the_list(self, anna: Browser, browser: Browser, asked: str) -> None:
        address = f"/opleidingen/vergelijken{asked}"

        assert "Mijn opleidingen" in anna.get(address).words
        assert "Mijn opleidingen" not in browser.get(address).words

    def test_the_list_passes_on_where_and_by_whom_was_searched(self, anna: Browser, session: Session) -> None:
        for key in (KPZ, VIAA):
            save_programme(session, pupil(session, "Anna"), key, query=NEAR_OMMEN, now=MONDAY)
        session.commit()

        hidden = anna.get(LIST).all(".//form[@id='vergelijk']//input")

        assert [(one.get("name"), one.get("value")) for one in hidden] == [
            ("near", "Ommen"),
            ("level", "havo"),
        ]

    def test_the_list_leads_there_without_script(self, two_saved: Browser) -> None:
        page = two_saved.get(LIST)

        boxes = page.all(".//input[@type='checkbox']")
        assert [box.get("value") for box in boxes] == [KPZ, VIAA]
        assert {box.get("form") for box in boxes} == {"vergelijk"}
        assert page.find(".//form[@id='vergelijk']").get("action") == "/opleidingen/vergelijken"
