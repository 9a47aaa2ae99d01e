"""Open days on the page and as files for an agenda."""

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from guidance import clock
from guidance.open_days_replies import open_days_reply
from guidance.services.open_days import find_open_days, import_open_days
from guidance.services.programmes import ProgrammeQuery
from tests.open_days import SATURDAY, institution, open_day
from tests.people import MONDAY
from tests.web.browser import Browser, words_of
from tests.web.engine import FakeEngine


@pytest.fixture
def announced(session: Session) -> None:
    days = [open_day(), open_day("2", title="Proef <b>avond</b>", place=None, city=None, is_online=True)]
    import_open_days(session, institution(), days, source="proef.csv", now=MONDAY)
    session.commit()


@pytest.mark.usefixtures("announced")
class TestShowOpenDays:
    def test_shows_the_days_with_hours_distance_and_links(self, browser: Browser) -> None:
        page = browser.get("/opendagen?near=Ommen&kind=pabo")

        assert page.status == 200
        assert "2 open dagen binnen 50 km van Ommen" in page.words
        assert "22,1 km · zaterdag 23 januari 2027, 10.00 tot 14.00 uur" in page.words
        assert "Hogeschool KPZ, ingelezen op 23 november 2026." in page.words
        assert "Proef <b>avond</b>, Hogeschool KPZ" in page.words
        links = {link.get("href") for link in page.all(".//article//a")}
        assert "https://www.kpz.nl" in links
        assert any(one.startswith("/opendagen/") and one.endswith(".ics") for one in links)
        assert "Van deze scholen kennen we geen data" in page.words

    def test_forgets_a_day_while_it_is_read(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        page = browser.get("/opendagen?near=Ommen")
        files = [one for link in page.all(".//a") if (one := link.get("href")).endswith(".ics")]
        assert [browser.get(one).status for one in files] == [200, 200]

        monkeypatch.setattr(clock, "now", lambda: open_day().ends_at)
        assert [browser.get(one).status for one in files] == [404, 404]
        assert browser.get("/opendagen?near=Ommen").all(".//article") == []

    @pytest.mark.parametrize(
        ("asked", "status", "words"),
        [
            ("", 200, "2 open dagen in heel Nederland"),
            ("near=zwole", 404, "Zwolle"),
            ("near=Bergen", 200, "Bergen (Limburg)"),
            ("near=Ommen&kind=kapper", 422, "kapper"),
            ("near=Ommen&radius_km=ver", 422, "ver"),
            ("near=Maastricht", 200, "Verder weg wel: 2"),
            ("near=Ommen&kind=alo", 200, "Kijk hier zelf"),
        ],
        ids=["nothing asked", "unknown place", "ambiguous", "kind", "radius", "wider", "schools"],
    )
    def test_leaves_no_dead_end(self, browser: Browser, asked: str, status: int, words: str) -> None:
        page = browser.get(f"/opendagen?{asked}")

        assert page.status == status
        assert words in page.words


def test_says_so_when_nothing_is_known(browser: Browser) -> None:
    page = browser.get("/opendagen")

    assert "Nog geen data" in page.words
    assert page.all(".//article") == []
    near = browser.get("/opendagen?near=Ommen&kind=pabo")
    assert "Hogeschool KPZ" in near.words
    assert near.all(".//article") == []


def test_is_linked_from_the_programmes_that_were_found(browser: Browser) -> None:
    page = browser.get("/opleidingen?near=Ommen&kind=pabo")

    assert "/opendagen?near=Ommen&kind=pabo" in {link.get("href") for link in page.all(".//a")}


@pytest.mark.usefixtures("announced")
def test_the_chat_links_a_card_to_the_agenda(
    anna: Browser, engine_server: FakeEngine, session: Session
) -> None:
    query = ProgrammeQuery(near="Ommen")
    reply = open_days_reply(find_open_days(session, query, now=MONDAY), query)
    session.rollback()
    engine_server.answers = [{"custom": reply.as_message()}]

    anna.send(anna.get("/"), "/gesprek/berichten", message_id="m1", text="open dagen")

    links = anna.get("/").all(".//article//a")
    agenda = [link.get("href") for link in links if words_of(link) == "Zet in mijn agenda"]
    assert [anna.get(one).status for one in agenda] == [200, 200]


@pytest.mark.usefixtures("announced")
class TestSendOpenDays:
    def test_sends_a_search_as_one_calendar(self, browser: Browser) -> None:
        answer = browser.get("/opendagen.ics?near=Ommen").response

        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        first, second = sorted(Calendar.from_ical(answer.content).walk("VEVENT"), key=lambda one: one["UID"])
        assert (first["UID"], second["UID"]) == ("1@kpz.nl", "2")
        assert first["DTSTART"].dt == SATURDAY
        assert answer.content == browser.get("/opendagen.ics?near=Ommen").response.content

    @pytest.mark.parametrize(
        ("asked", "status"),
        [("?near=zwole", 404), ("?near=Bergen", 300), ("?kind=kapper", 422), ("/bestaat-niet", 404)],
    )
    def test_refuses_what_it_cannot_find(self, browser: Browser, asked: str, status: int) -> None:
        address = f"/opendagen.ics{asked}" if asked[0] == "?" else f"/opendagen{asked}.ics"

        assert browser.get(address).status == status

    def test_sends_an_empty_calendar_where_there_is_none(self, browser: Browser) -> None:
        answer = browser.get("/opendagen.ics?near=Maastricht").response

        assert Calendar.from_ical(answer.content).walk("VEVENT") == []
