"""A question from a pupil to an oud-leerling and back, on the pages of everyone around it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import MentorThread
from guidance.models.mentors import Mentor
from guidance.models.safety import SafetyNotice
from guidance.services.mentors import ask_sign_in_link
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import BILALS_CODE, MONDAY, pupil
from tests.web.browser import Browser, Page

PLACE = "/leerling/oud-leerling"
DEAN, CONTACT = "/portaal/oud-leerlingen", "/portaal/meldingen"
ASKED = "Hoe zwaar is de pabo?"


@pytest.fixture
def cor(session: Session) -> str:
    """Cor is active; this is the own page."""
    open_contact(session)
    pupil(session, "Bilal").under_16_until = clock.school_day(MONDAY - timedelta(days=1))
    mentor = add_mentor(session, "Cor")
    ask_sign_in_link(session, mentor.school, mentor.mail, now=MONDAY)
    session.commit()
    return newest_link(session)


def newest_link(session: Session) -> str:
    body = session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first() or ""
    session.rollback()
    found = re.search(r"(/oud-leerling/pagina/[\w-]+)", body)
    assert found
    return found[1]


@pytest.fixture
def bilal(cor: str, visit: Callable[[], Browser]) -> Browser:
    """Bilal is over 16 and signed in."""
    browser = visit()
    browser.send(browser.get("/"), "/gesprek", school="vechtdal", code=BILALS_CODE)
    return browser


def ask(browser: Browser, text: str = ASKED) -> Page:
    browser.send(browser.get(PLACE), f"{PLACE}/concept", text=text)
    page = browser.get(PLACE)
    (choice, *_) = page.all(".//select[@id='to']/option")
    browser.send(page, f"{PLACE}/versturen", to=choice.get("value", ""))
    return browser.get(PLACE)


def form_ending(page: Page, end: str) -> str:
    """Return where the first form leads whose place ends so; numbers stand for themselves."""
    places = [form.get("action", "") for form in page.all(".//form")]
    (found, *_) = [place for place in places if re.search(rf"{end}$", place)]
    return found


def state_of(session: Session) -> str:
    state = str(session.scalars(select(MentorThread.state)).one())
    session.rollback()
    return state


class TestWayOfAQuestion:
    def test_goes_from_pupil_to_answer_and_back(
        self, bilal: Browser, browser: Browser, session: Session, cor: str
    ) -> None:
        assert "Klopt je vraag zo?" not in bilal.get(PLACE).words
        page = ask(bilal)
        assert "Je vraag ligt bij Cor." in page.words

        theirs = browser.get(cor)
        assert ASKED in theirs.words
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Best zwaar, maar leuk.")

        page = bilal.get(PLACE)
        assert "Best zwaar, maar leuk." in page.words
        bilal.send(page, form_ending(page, "/schrijven"), text="Dank je wel.")
        assert "Dank je wel." in browser.get(cor).words

        bilal.send(bilal.get(PLACE), form_ending(bilal.get(PLACE), "/sluiten"))
        assert state_of(session) == "closed"
        for page in (bilal.get(PLACE), browser.get(cor)):
            assert "Eerdere vragen" in page.words
            assert "Best zwaar, maar leuk." in page.words

    def test_under_16_the_dean_looks_first(
        self, cor: str, anna: Browser, browser: Browser, signed_in: Callable[[str], Browser], session: Session
    ) -> None:
        assert "Daarom kijkt je decaan eerst." in anna.get(PLACE).words
        assert "Je decaan kijkt eerst" in ask(anna).words
        assert ASKED not in browser.get(cor).words

        dean = signed_in("devries")
        page = dean.get(DEAN)
        assert ASKED in page.words
        dean.send(page, form_ending(page, "/door"))

        assert ASKED in browser.get(cor).words

    def test_a_mail_holds_neither_words_nor_name(self, bilal: Browser, session: Session) -> None:
        ask(bilal)

        to_cor = session.scalars(select(OutboxMail.body).where(OutboxMail.recipient == "cor@post.example"))
        assert all("Bilal" not in body and ASKED not in body for body in to_cor)


class TestWhatAPupilHears:
    def test_an_answer_is_told_on_the_page_once(self, bilal: Browser, browser: Browser, cor: str) -> None:
        ask(bilal)
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Leuk.")

        assert "Cor gaf antwoord op je vraag." in bilal.get(PLACE).words
        assert "Cor gaf antwoord op je vraag." not in bilal.get(PLACE).words

    def test_a_pause_is_told_and_nothing_can_be_written(
        self, bilal: Browser, browser: Browser, cor: str
    ) -> None:
        ask(bilal)
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Leuk.")
        browser.send(browser.get(cor), f"{cor}/stap")

        page = bilal.get(PLACE)
        assert "Cor is nu even weg. Je kunt nu niet terugschrijven." in page.words
        assert page.all(".//textarea") == []

    def test_whom_was_tapped_in_the_chat_is_chosen(self, bilal: Browser, session: Session, cor: str) -> None:
        add_mentor(session, "Noor")
        session.commit()
        number = session.scalars(select(Mentor.id).where(Mentor.first_name == "Noor")).one()
        session.rollback()

        page = bilal.send(bilal.get(f"{PLACE}?aan={number}"), f"{PLACE}/concept", text=ASKED)

        chosen = bilal.get(page.location or "").find(".//select[@id='to']/option[@selected]")
        assert (chosen.text or "").startswith("Noor")


class TestHeldBack:
    def test_a_number_of_a_pupil_is_held_and_the_pupil_is_told(
        self, bilal: Browser, browser: Browser, cor: str
    ) -> None:
        bilal.send(bilal.get(PLACE), f"{PLACE}/concept", text="App me op 06-12345678")
        page = bilal.get(PLACE)
        assert "dan kijkt je decaan eerst" in page.words

        bilal.send(page, f"{PLACE}/versturen")
        assert "06-12345678" not in bilal.get(PLACE).words + browser.get(cor).words

    def test_who_asks_for_a_number_is_paused_and_the_pupil_sees_nothing_of_it(
        self, bilal: Browser, browser: Browser, session: Session, cor: str
    ) -> None:
        ask(bilal)
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Wat is je nummer?")

        assert "De decaan kijkt eerst" in browser.get(cor).words
        assert "Wat is je nummer?" not in bilal.get(PLACE).words
        assert session.scalars(select(Mentor.state)).all() == ["paused"]

    def test_danger_is_answered_first_and_goes_to_nobody_but_the_contact(
        self, bilal: Browser, session: Session
    ) -> None:
        page = bilal.send(bilal.get(PLACE), f"{PLACE}/concept", text="ik wil niet meer leven")

        assert "113" in page.words
        assert session.scalars(select(MentorThread)).all() == []
        assert len(session.scalars(select(SafetyNotice)).all()) == 1


class TestReport:
    def test_one_step_hides_it_for_both_and_only_the_contact_reads_it(
        self,
        bilal: Browser,
        browser: Browser,
        signed_in: Callable[[str], Browser],
        session: Session,
        cor: str,
    ) -> None:
        ask(bilal)
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Raar antwoord.")

        page = bilal.get(PLACE)
        told = bilal.send(page, form_ending(page, r"/melden/\d+"))
        assert "0900 111 3 111" in told.words

        dean = signed_in("devries")
        for place in (bilal.get(PLACE), browser.get(cor), dean.get(DEAN)):
            assert "Raar antwoord." not in place.words
        contact = signed_in("jansen")
        page = contact.get(CONTACT)
        assert "Gemeld gesprek van Bilal" in page.words
        assert "geen meldingen" not in page.words
        read = contact.send(page, form_ending(page, r"/gesprek/\d+"))
        assert "Raar antwoord." in read.words
        assert "dit is gemeld" in read.words
        assert session.scalars(select(Mentor.state)).all() == ["paused"]
        session.rollback()

        contact.send(read, form_ending(read, "/terug"))
        assert "Raar antwoord." in bilal.get(PLACE).words

    def test_a_closed_question_can_still_be_reported_by_either(
        self, bilal: Browser, browser: Browser, signed_in: Callable[[str], Browser], cor: str
    ) -> None:
        ask(bilal)
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Raar antwoord.")
        bilal.send(bilal.get(PLACE), form_ending(bilal.get(PLACE), "/sluiten"))

        assert form_ending(browser.get(cor), r"/melden/\d+")
        bilal.send(bilal.get(PLACE), form_ending(bilal.get(PLACE), r"/melden/\d+"))

        assert "Raar antwoord." not in bilal.get(PLACE).words + browser.get(cor).words
        assert "Gemeld gesprek van Bilal" in signed_in("jansen").get(CONTACT).words

    def test_a_dean_reads_no_report(self, bilal: Browser, signed_in: Callable[[str], Browser]) -> None:
        assert signed_in("devries").get(CONTACT).status == 404

    def test_a_block_hides_both_ways(self, bilal: Browser, browser: Browser, cor: str) -> None:
        ask(bilal)
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Hoi.")

        bilal.send(bilal.get(PLACE), form_ending(bilal.get(PLACE), "/blokkeren"))

        assert "Hoi." not in bilal.get(PLACE).words
        assert ASKED not in browser.get(cor).words


class TestWhatAnOudLeerlingSees:
    def test_never_a_surname_class_code_or_contact_data(
        self, bilal: Browser, browser: Browser, session: Session, cor: str
    ) -> None:
        ask(bilal, f"Ik ben Bilal Achternaam uit v5a, code {BILALS_CODE}. Hoe is de pabo?")
        theirs = browser.get(cor)
        browser.send(theirs, form_ending(theirs, r"/vraag/\d+"), text="Leuk.")
        shown = theirs.response.text + browser.get(cor).response.text

        someone = pupil(session, "Bilal")
        assert "Bilal" in shown
        for secret in (someone.surname, someone.class_name, BILALS_CODE):
            assert str(secret) not in shown


class TestRefusals:
    def test_switched_off_says_so(self, anna: Browser) -> None:
        assert "nog niet aangezet" in anna.get(PLACE).words

    def test_another_pupil_finds_nothing(self, bilal: Browser, anna: Browser, session: Session) -> None:
        ask(bilal)
        number = session.scalars(select(MentorThread.id)).one()
        session.rollback()
        csrf = anna.get(PLACE).find(".//input[@name='csrf']").get("value", "")

        for end in ("sluiten", "blokkeren", "melden/1", "schrijven"):
            answer = anna.post(f"{PLACE}/{number}/{end}", csrf=csrf, text="hoi", form_id="x")
            assert answer.status == 404
        assert state_of(session) == "offered"

    def test_an_empty_question_is_told(self, bilal: Browser) -> None:
        page = bilal.send(bilal.get(PLACE), f"{PLACE}/concept", text="  ")

        assert page.status == 422
        assert "Je schreef nog niets op." in page.words
