"""An oud-leerling on the pages: signing up, the links in the mail, the own page, and leaving."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.mentor_vetting import State
from guidance.models.mail import OutboxMail
from guidance.models.mentors import Mentor
from guidance.services.mentors import ask_sign_in_link
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY
from tests.web.browser import Browser, Page

SIGN_UP = "/oud-leerling/aanmelden"
OF_SCHOOL = f"{SIGN_UP}?school=vechtdal"
TOLD = {
    "first_name": "Cor",
    "exam_year": "2019",
    "programme_name": "Pabo",
    "institution": "Hogeschool Windesheim",
    "topics": "Hoe de pabo is.",
    "capacity": "3",
    "mail": "cor@post.example",
}


@pytest.fixture
def opened(browser: Browser, session: Session) -> Browser:
    """A visitor, while Anna's school asks for oud-leerlingen."""
    open_contact(session)
    session.commit()
    return browser


def mails(session: Session) -> list[str]:
    found = list(session.scalars(select(OutboxMail.body).order_by(OutboxMail.id)))
    # A transaction that stays open would keep the pages waiting.
    session.rollback()
    return found


def link_in(body: str) -> str:
    found = re.search(r"(/oud-leerling/\w+/[\w-]+)", body)
    assert found
    return found[1]


def kept(session: Session) -> list[tuple[str, str]]:
    found = [(one.first_name, str(one.state)) for one in session.scalars(select(Mentor).order_by(Mentor.id))]
    session.rollback()
    return found


def sign_up(browser: Browser, **changes: str) -> Page:
    return browser.send(browser.get(OF_SCHOOL), SIGN_UP, **TOLD | changes)


class TestSignUp:
    def test_asks_which_school_without_one(self, browser: Browser) -> None:
        assert "Schoolcode" in browser.get(SIGN_UP).words

    @pytest.mark.parametrize(
        ("school", "status", "words"),
        [("vechtdal", 403, "vraagt nu geen oud-leerlingen"), ("nergens", 404, "schoolcode kennen we niet")],
        ids=["switched off", "unknown"],
    )
    def test_says_when_a_school_does_not_ask(
        self, browser: Browser, school: str, status: int, words: str
    ) -> None:
        page = browser.get(f"{SIGN_UP}?school={school}")

        assert page.status == status
        assert words in page.words

    def test_goes_from_the_form_to_a_confirmed_address(self, opened: Browser, session: Session) -> None:
        assert "Kijk in uw mail" in sign_up(opened).words
        link = link_in(mails(session)[-1])

        page = opened.get(link)
        assert "Klopt dit mailadres?" in page.words
        assert "neemt contact met u op" in opened.send(page, link).words

        assert kept(session) == [("Cor", "signed_up")]
        assert opened.get(link).status == 404
        assert opened.send(page, link).status == 404

    def test_opening_the_link_confirms_nothing(self, opened: Browser, session: Session) -> None:
        sign_up(opened)
        opened.get(link_in(mails(session)[-1]))

        assert session.scalars(select(Mentor.mail_confirmed_at)).all() == [None]

    def test_says_the_same_for_an_address_that_is_known(self, opened: Browser, session: Session) -> None:
        first = sign_up(opened)
        opened.send(opened.get(link_in(mails(session)[-1])), link_in(mails(session)[-1]))

        again = sign_up(opened)

        assert again.words == first.words
        assert link_in(mails(session)[-1]).startswith("/oud-leerling/pagina/")

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"first_name": "Cor Jansen"}, "Vul alleen uw voornaam in"),
            ({"exam_year": "ooit"}, "Vul het jaar van uw examen in"),
            ({"mail": "geen adres"}, "Dit is geen mailadres."),
            ({"topics": "x" * 301}, "Dat is te lang."),
            ({"story": "ik wil niet meer leven"}, "gaat over gevaar"),
        ],
        ids=["two names", "no year", "no address", "too long", "danger"],
    )
    def test_keeps_what_was_typed_when_something_is_wrong(
        self, opened: Browser, session: Session, changes: dict[str, str], words: str
    ) -> None:
        page = sign_up(opened, **changes)

        assert page.status == 422
        assert words in page.words
        assert page.find(".//input[@name='institution']").get("value") == "Hogeschool Windesheim"
        assert kept(session) == []

    def test_a_form_of_another_site_is_refused(self, opened: Browser) -> None:
        assert opened.post(SIGN_UP, school="vechtdal", **TOLD).status == 403

    def test_asking_for_a_link_tells_nothing_about_an_address(
        self, opened: Browser, session: Session
    ) -> None:
        page = opened.send(opened.get(OF_SCHOOL), "/oud-leerling/link", mail="nobody@post.example")

        assert "Kijk in uw mail" in page.words
        assert mails(session) == []


@pytest.fixture
def own_page(opened: Browser, session: Session) -> Callable[[State], str]:
    """Return the own page of Cor, who stands in a state."""

    def place(state: State = State.ACTIVE) -> str:
        mentor = add_mentor(session, "Cor")
        mentor.state = state
        session.flush()
        ask_sign_in_link(session, mentor.school, mentor.mail, now=MONDAY)
        session.commit()
        return link_in(mails(session)[-1])

    return place


class TestOwnPage:
    def test_an_unknown_link_says_what_to_do(self, browser: Browser) -> None:
        page = browser.get("/oud-leerling/pagina/abc")

        assert page.status == 404
        assert "Vraag een nieuwe aan" in page.words

    def test_the_code_of_conduct_is_agreed_once_the_vog_was_seen(
        self, opened: Browser, session: Session, own_page: Callable[[State], str]
    ) -> None:
        here = own_page(State.VOG_SEEN)
        page = opened.get(here)
        assert "Ik schrijf alleen hier met leerlingen." in page.words

        opened.send(page, f"{here}/stap")

        assert kept(session) == [("Cor", "conduct_agreed")]

    def test_pauses_and_goes_on(self, opened: Browser, session: Session, own_page: Callable[[], str]) -> None:
        here = own_page()
        opened.send(opened.get(here), f"{here}/stap")
        assert kept(session) == [("Cor", "paused")]

        opened.send(opened.get(here), f"{here}/stap")
        assert kept(session) == [("Cor", "active")]

    @pytest.mark.parametrize("end", ["active", "suspended", "alumnus_confirmed", "withdrawn"])
    def test_takes_no_step_that_is_not_theirs(
        self, opened: Browser, session: Session, own_page: Callable[[State], str], end: str
    ) -> None:
        here = own_page(State.CONDUCT_AGREED)

        page = opened.send(opened.get(here), f"{here}/gegevens", **TOLD)
        csrf = opened.get(here).find(".//input[@name='csrf']").get("value", "")
        page = opened.post(f"{here}/stap", csrf=csrf, end=end)

        assert page.status == 409
        assert kept(session) == [("Cor", "conduct_agreed")]

    def test_who_is_held_cannot_go_on(
        self, opened: Browser, session: Session, own_page: Callable[[State], str]
    ) -> None:
        here = own_page(State.PAUSED)
        session.scalars(select(Mentor)).one().held_at = MONDAY
        session.commit()

        assert "De decaan kijkt eerst" in opened.get(here).words
        csrf = opened.get(here).find(".//input[@name='csrf']").get("value", "")
        page = opened.post(f"{here}/stap", csrf=csrf, end="active")
        assert page.status == 409
        assert "De decaan moet eerst beslissen." in page.words

    def test_changes_what_was_told(
        self, opened: Browser, session: Session, own_page: Callable[[], str]
    ) -> None:
        here = own_page()

        opened.send(opened.get(here), f"{here}/gegevens", **TOLD | {"topics": "Stages."})

        assert "Stages." in opened.get(here).words

    def test_leaving_erases_what_was_told_and_closes_the_link(
        self, opened: Browser, session: Session, own_page: Callable[[], str]
    ) -> None:
        here = own_page()

        assert "U bent gestopt" in opened.send(opened.get(here), f"{here}/stoppen").words

        left = session.scalars(select(Mentor)).one()
        values = (left.first_name, left.topics, left.institution, left.story, str(left.state))
        session.rollback()
        assert values == ("", "", "", None, "withdrawn")
        assert opened.get(here).status == 404
