"""The teacher's link: what it shows, that opening it changes nothing, and that it answers once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.database import Base
from guidance.models.experiences import LINK_LIVES, Experience
from guidance.models.guidance_log import GuidanceMoment
from guidance.models.mail import OutboxMail
from guidance.services.experiences import ask_experience
from tests.guidance.services.test_experience_offers import HOMEWORK, add
from tests.people import MONDAY, pupil
from tests.web.browser import Browser, Page

Ask = Callable[..., str]


@pytest.fixture
def ask(session: Session) -> Ask:
    """Return how Anna asks, which gives the address in the mail."""

    def asked(*, is_done: bool = True) -> str:
        anna, offer = pupil(session, "Anna"), add(session)
        ask_experience(session, anna, offer.id, is_done=is_done, message_id="m1", now=MONDAY)
        body = session.scalars(select(OutboxMail.body)).one()
        session.commit()
        found = re.search(r"/ervaring/\S+", body)
        assert found
        return found[0]

    return asked


@pytest.fixture
def link(ask: Ask) -> str:
    return ask()


def stored(session: Session) -> Experience:
    found = session.scalars(select(Experience).execution_options(populate_existing=True)).one()
    session.commit()
    return found


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    tables = Base.metadata.sorted_tables
    found = {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}
    session.commit()
    return found


def moments(session: Session) -> int:
    count = session.scalar(select(func.count()).select_from(GuidanceMoment)) or 0
    session.commit()
    return count


def confirm(browser: Browser, link: str, compliment: str = "") -> Page:
    return browser.send(browser.get(link), link, compliment=compliment)


class TestTheQuestion:
    def test_shows_first_name_class_and_what_was_asked_and_nothing_else(
        self, browser: Browser, link: str
    ) -> None:
        page = browser.get(link)

        assert page.words_at(".//dl") == [f"Voornaam Anna Klas h3a Gedaan {HOMEWORK['title']}"]
        assert not any(word in page.text for word in ("Achternaam", "havo", "Bilal", "vechtdal.example"))

    def test_says_that_a_wish_may_still_wait(self, browser: Browser, ask: Ask) -> None:
        page = browser.get(ask(is_done=False))

        assert "Een leerling wil meedoen" in page.words
        assert "de link werkt tot maandag 7 december om 10.00 uur" in page.words

    def test_opened_changes_nothing(self, browser: Browser, link: str, session: Session) -> None:
        before = everything(session)

        for _ in range(3):
            assert browser.get(link).status == 200

        assert everything(session) == before

    def test_takes_no_form_of_another_page(self, browser: Browser, link: str, session: Session) -> None:
        assert browser.post(link, compliment="x").status == 403
        assert browser.post(f"{link}/klopt-niet").status == 403
        assert stored(session).confirmed_at is stored(session).declined_at is None


class TestConfirming:
    def test_thanks_and_logs_it(self, browser: Browser, link: str, session: Session) -> None:
        page = confirm(browser, link, "Legt goed uit.")

        assert (page.status, page.words_at(".//h1")) == (200, ["Bedankt"])
        assert (stored(session).compliment, moments(session)) == ("Legt goed uit.", 1)
        assert "Anna" not in page.text

    def test_sent_twice_is_confirmed_once(self, browser: Browser, link: str, session: Session) -> None:
        question = browser.get(link)
        browser.send(question, link, compliment="Legt goed uit.")

        again = browser.send(question, link, compliment="Legt goed uit.")
        other = browser.send(question, link, compliment="Iets anders.")

        assert again.words_at(".//h1") == ["Bedankt"]
        assert other.words_at(".//h1") == ["Deze link werkt niet meer"]
        assert (stored(session).compliment, moments(session)) == ("Legt goed uit.", 1)

    def test_shows_a_script_as_text(self, browser: Browser, link: str, anna: Browser) -> None:
        script = "<script>alert(1)</script>"
        too_long = confirm(browser, link, script + "a" * 300)
        confirm(browser, link, script)

        own = anna.get("/leerling/gegevens")

        assert script not in too_long.text + own.text
        assert too_long.find(".//textarea").text == script + "a" * 300
        assert f"Compliment {script}" in own.words

    def test_says_what_is_too_long_and_keeps_it_typed(
        self, browser: Browser, link: str, session: Session
    ) -> None:
        page = confirm(browser, link, "a" * 301)

        assert (page.status, "Maak het korter dan 300 tekens." in page.words) == (422, True)
        assert page.find(".//textarea").text == "a" * 301
        assert stored(session).confirmed_at is None

    def test_answers_explicit_danger_and_keeps_nothing(
        self, browser: Browser, link: str, session: Session
    ) -> None:
        page = confirm(browser, link, "Anna zei: ik wil niet meer leven")

        assert page.status == 422
        assert "112" in page.words
        assert "vertrouwenspersoon" in page.words
        assert (stored(session).compliment, stored(session).confirmed_at) == (None, None)

    def test_names_who_can_help_at_a_hint_of_danger(self, browser: Browser, link: str) -> None:
        page = confirm(browser, link, "Ze voelt zich de laatste tijd heel somber en alleen")

        assert "Maakt u zich zorgen over een leerling?" in page.words

    def test_says_nothing_of_worries_without_one(self, browser: Browser, link: str) -> None:
        assert "zorgen" not in confirm(browser, link, "Legt goed uit.").words


class TestDeclining:
    def test_is_noted_and_not_logged(self, browser: Browser, link: str, session: Session) -> None:
        page = browser.send(browser.get(link), f"{link}/klopt-niet")

        assert page.words_at(".//h1") == ["Bedankt"]
        assert stored(session).declined_at == MONDAY
        assert moments(session) == 0

    def test_cannot_take_back_a_yes(self, browser: Browser, link: str, session: Session) -> None:
        question = browser.get(link)
        browser.send(question, link)

        assert browser.send(question, f"{link}/klopt-niet").status == 404
        assert stored(session).declined_at is None


class TestALinkThatWorksNoMore:
    def closed(self, page: Page) -> None:
        assert page.status == 404
        assert page.words_at(".//h1") == ["Deze link werkt niet meer"]
        assert not any(word in page.text for word in ("Anna", "h3a", HOMEWORK["title"], "Jansen"))

    def test_was_used(self, browser: Browser, link: str) -> None:
        confirm(browser, link)

        self.closed(browser.get(link))

    def test_is_old(
        self, browser: Browser, link: str, monkeypatch: pytest.MonkeyPatch, session: Session
    ) -> None:
        question = browser.get(link)
        monkeypatch.setattr(clock, "now", lambda: MONDAY + LINK_LIVES + timedelta(seconds=1))

        self.closed(browser.get(link))
        self.closed(browser.send(question, link))
        assert stored(session).confirmed_at is None

    @pytest.mark.parametrize("token", ["unknown", "a" * 400, "%3Cscript%3E", "é"])
    def test_is_unknown(self, browser: Browser, link: str, token: str) -> None:
        self.closed(browser.get(f"/ervaring/{token}"))

    def test_looks_the_same_whatever_is_wrong(self, browser: Browser, link: str) -> None:
        confirm(browser, link)

        assert browser.get(link).words == browser.get("/ervaring/unknown").words
