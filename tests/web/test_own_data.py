import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from guidance.engine_store import EngineStore
from guidance.models.safety import SafetyNotice
from guidance.ratings import UNSURE, Rating
from guidance.services.check_in import record_answer
from guidance.services.check_in_runs import find_or_add_open_run
from guidance.services.privacy import own_data
from guidance.services.programmes import ProgrammeQuery
from guidance.services.saved_programmes import note_programme, save_programme
from guidance.services.talks import keep_talk_words, request_talk
from tests.people import MONDAY, pupil
from tests.web.browser import Browser

OWN_DATA = "/leerling/gegevens"
KPZ = "00ic-34808-zwolle"


@pytest.fixture(autouse=True)
def engine_without_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's own store is a file of this test."""
    monkeypatch.setattr("web.own_data.engine_store", lambda: EngineStore(tmp_path / "engine.sqlite"))


class TestOwnData:
    def test_shows_in_words_what_is_kept(self, anna: Browser, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()

        page = anna.get(OWN_DATA)

        assert "Voornaam Anna" in page.words
        assert "Gevraagd op 23 november 2026" in page.words
        assert "Gesprekken die je aanvroeg (1)" in page.words_at(".//summary")

    def test_shows_what_was_asked_and_answered_in_a_check_in(self, anna: Browser, session: Session) -> None:
        run = find_or_add_open_run(session, pupil(session, "Anna"), "competence", now=MONDAY)
        for number, rating in enumerate((Rating("words", words="Ik zwem."), Rating("value", 2), UNSURE)):
            record_answer(session, run, rating, message_id=f"m{number}", now=MONDAY)
        session.commit()

        page = anna.get(OWN_DATA).words

        assert "Check competentiecheck" in page
        assert "Hoe heb je dat geleerd?Soort in eigen woordenWoorden Ik zwem." in page
        assert "leren over een vak?Soort antwoordAntwoord Ik twijfel" in page
        assert "over jouw onderwerp?Soort weet ik niet" in page

    def test_shows_what_was_saved_and_where_was_searched(self, anna: Browser, session: Session) -> None:
        query = ProgrammeQuery(near="Ommen", kind="pabo", level="havo", radius_km=90)
        save_programme(session, pupil(session, "Anna"), KPZ, query=query, now=MONDAY)
        note_programme(session, pupil(session, "Anna"), KPZ, "dichtbij")
        session.commit()

        words = anna.get(OWN_DATA).words

        assert "Pabo, Hogeschool KPZ, Zwolle" in words
        assert "dichtbij" in words
        assert "Ommen, binnen 90 km (pabo, havo)" in words
        assert KPZ not in words

    def test_shows_what_a_talk_is_about_and_erases_it(self, anna: Browser, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        keep_talk_words(session, pupil(session, "Anna"), "over de pabo", message_id="m1")
        session.commit()
        assert "Woorden over de pabo" in anna.get(OWN_DATA).words
        assert "over de pabo" in anna.get(f"{OWN_DATA}.json").text

        anna.send(anna.get(f"{OWN_DATA}/wissen"), f"{OWN_DATA}/wissen")

        assert "over de pabo" not in str(own_data(session, pupil(session, "Anna")))

    def test_gives_everything_to_take_along(self, anna: Browser, session: Session) -> None:
        answer = anna.get(f"{OWN_DATA}.json")

        assert json.loads(answer.text) == own_data(session, pupil(session, "Anna")) | {"engine_event": []}
        assert "attachment" in answer.headers["content-disposition"]

    def test_shows_nothing_of_another_pupil(self, anna: Browser) -> None:
        assert "Bilal" not in anna.get(OWN_DATA).text + anna.get(f"{OWN_DATA}.json").text

    @pytest.mark.parametrize("end", ["", ".json", "/wissen"])
    def test_sends_a_visitor_to_the_chat(self, browser: Browser, end: str) -> None:
        assert browser.get(OWN_DATA + end).location == "/"


class TestErase:
    def test_asks_first(self, anna: Browser) -> None:
        page = anna.get(f"{OWN_DATA}/wissen")

        assert "Dit kun je niet terugdraaien." in page.words
        page.find(f".//a[@href='{OWN_DATA}']")

    def test_erases_and_signs_out(self, anna: Browser, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()

        page = anna.send(anna.get(f"{OWN_DATA}/wissen"), f"{OWN_DATA}/wissen")

        assert page.words_at(".//h1") == ["Gewist"]
        assert anna.get(OWN_DATA).location == "/"
        assert not own_data(session, pupil(session, "Anna"))["talk_request"]

    def test_says_that_an_open_notice_stays(self, anna: Browser, session: Session) -> None:
        session.add(SafetyNotice(pupil_id=pupil(session, "Anna").id, kind="abuse", created_at=MONDAY))
        session.commit()

        page = anna.send(anna.get(f"{OWN_DATA}/wissen"), f"{OWN_DATA}/wissen")

        assert "de melding bij de vertrouwenspersoon" in page.words

    def test_refuses_a_form_of_another_site(self, anna: Browser) -> None:
        assert anna.post(f"{OWN_DATA}/wissen").status == 403
