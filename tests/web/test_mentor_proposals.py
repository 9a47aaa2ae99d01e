"""An oud-leerling asks the school for something or offers it, on the own page."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.mentor_proposals import MOST_WAITING
from guidance.mentor_vetting import State
from guidance.models.mail import OutboxMail
from guidance.models.mentors import Mentor, MentorProposal
from guidance.services.mentor_proposals import decide
from guidance.services.mentors import ask_sign_in_link, turn_mentors_off
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, staff
from tests.readability import longest_sentence, reading_ease
from tests.web.browser import Browser, Page
from tests.web.test_mentors import link_in

WORDS = "Ik vertel graag over de pabo."
TELLING = {"kind": "evening", "text": WORDS}


@pytest.fixture
def here(session: Session) -> str:
    """The own page of Cor, who is active."""
    open_contact(session)
    mentor = add_mentor(session, "Cor")
    ask_sign_in_link(session, mentor.school, mentor.mail, now=MONDAY)
    found = link_in(session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first() or "")
    session.commit()
    return found


def send(browser: Browser, here: str, **fields: str) -> Page:
    return browser.send(browser.get(here), f"{here}/aanbod", **fields)


def kept(session: Session) -> list[tuple[str, str]]:
    found = [(str(one.kind), one.words) for one in session.scalars(select(MentorProposal))]
    session.rollback()
    return found


class TestPropose:
    def test_lies_with_the_school_and_shows_what_comes_of_it(
        self, browser: Browser, session: Session, here: str
    ) -> None:
        answer = send(browser, here, **TELLING)
        page = browser.get(answer.location or "")
        assert "Het ligt bij de school." in page.words
        assert f"23 november 2026, vertellen op een avond {WORDS} de school kijkt nog" in page.words

        (proposal,) = session.scalars(select(MentorProposal)).all()
        decide(session, staff(session, "De Vries"), proposal.id, came=True, now=MONDAY)
        session.commit()

        assert "het is gelukt" in browser.get(here).words

    def test_sent_twice_is_one(self, browser: Browser, session: Session, here: str) -> None:
        page = browser.get(here)
        for _ in range(2):
            assert browser.send(page, f"{here}/aanbod", **TELLING).status == 303

        assert kept(session) == [("evening", WORDS)]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"kind": ""}, "Kies waar het om gaat."),
            ({"kind": "money"}, "Kies waar het om gaat."),
            ({"text": " "}, "Schrijf eerst iets op."),
            ({"text": "x" * 301}, "Maak het korter dan 300 tekens."),
            ({"text": "ik wil niet meer leven"}, "gaat over gevaar"),
        ],
        ids=["no kind", "unknown kind", "empty", "too long", "danger"],
    )
    def test_keeps_what_was_typed_when_something_is_wrong(
        self, browser: Browser, session: Session, here: str, changes: dict[str, str], words: str
    ) -> None:
        told = TELLING | changes

        page = send(browser, here, **told)

        assert page.status == 422
        assert words in page.words
        assert page.find(".//textarea[@id='aanbod-tekst']").text == (told["text"] or None)
        chosen = [one.get("value") for one in page.all(".//select[@id='aanbod-soort']/option[@selected]")]
        assert chosen == [told["kind"]] * (told["kind"] == "evening")
        assert page.all(".//details[@open]//textarea[@aria-invalid]") or changes.keys() == {"kind"}
        assert kept(session) == []

    def test_a_form_that_is_not_ours_is_refused(self, browser: Browser, here: str) -> None:
        assert browser.post(f"{here}/aanbod", form_id="x", **TELLING).status == 403

    def test_no_more_wait_than_may(self, browser: Browser, session: Session, here: str) -> None:
        before = browser.get(here)
        for _ in range(MOST_WAITING):
            send(browser, here, **TELLING)

        page = browser.get(here)
        assert "Er wachten er nu 3." in page.words
        assert page.all(".//select[@id='aanbod-soort']") == []
        late = browser.send(before, f"{here}/aanbod", **TELLING)
        assert late.status == 409
        assert "Er wachten er al 3 op de school." in late.words
        assert late.find(".//textarea[@id='aanbod-tekst']").text == WORDS

    def test_the_address_of_another_page_opens_nothing(self, browser: Browser, here: str) -> None:
        csrf = browser.get(here).find(".//input[@name='csrf']").get("value", "")

        answer = browser.post("/oud-leerling/pagina/abc/aanbod", csrf=csrf, form_id="x", **TELLING)

        assert answer.status == 404


class TestWhoMay:
    def stop(self, session: Session) -> None:
        session.scalars(select(Mentor)).one().state = State.SUSPENDED

    def turn_off(self, session: Session) -> None:
        turn_mentors_off(staff(session, "De Vries"))

    @pytest.mark.parametrize(
        ("change", "words"),
        [(stop, "Uw deelname is gestopt."), (turn_off, "vraagt nu geen oud-leerlingen")],
        ids=["suspended", "switched off"],
    )
    def test_shows_no_form_and_says_why_one_from_before_is_refused(
        self,
        browser: Browser,
        session: Session,
        here: str,
        change: Callable[["TestWhoMay", Session], None],
        words: str,
    ) -> None:
        before = browser.get(here)
        change(self, session)
        session.commit()

        assert "Iets vragen of aanbieden" not in browser.get(here).words
        page = browser.send(before, f"{here}/aanbod", **TELLING)
        assert page.status == 403
        assert words in page.words
        assert kept(session) == []


def test_reads_easily(browser: Browser, here: str) -> None:
    send(browser, here, **TELLING)
    page = browser.get(f"{here}?done=proposed")

    texts = page.words_at(".//section[@aria-labelledby='aanbod']//p")
    assert len(texts) > 3
    assert [text for text in texts if longest_sentence(text) > 15] == []
    assert reading_ease("\n".join(texts)) >= 65
