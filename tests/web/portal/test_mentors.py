"""Oud-leerlingen for the dean: the switch, the steps in their order, the VOG, and nobody of elsewhere."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.mentors import Mentor
from guidance.models.school import School
from guidance.services.mentors import AboutMentor, sign_up
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, staff
from tests.web.browser import Browser

PLACE = "/portaal/oud-leerlingen"
SignIn = Callable[[str], Browser]


@pytest.fixture
def cor(session: Session) -> int:
    """Cor signed up and confirmed the address."""
    open_contact(session)
    about = AboutMentor(
        "Cor", 2019, "Stages.", 2, programme_name="Pabo", institution="Windesheim", story="Zo."
    )
    mentor = sign_up(session, staff(session, "De Vries").school, "cor@post.example", about, now=MONDAY)
    mentor.mail_confirmed_at = MONDAY
    session.commit()
    return mentor.id


def state_of(session: Session) -> str:
    state = str(session.scalars(select(Mentor.state)).one())
    session.rollback()
    return state


def csrf_of(browser: Browser) -> str:
    return browser.get(PLACE).find(".//input[@name='csrf']").get("value", "")


class TestSwitch:
    def test_is_off_first_and_turned_on_and_off(self, signed_in: SignIn, session: Session) -> None:
        dean = signed_in("devries")
        assert "Contact staat uit" in dean.get(PLACE).words

        dean.send(dean.get(PLACE), f"{PLACE}/aan")
        assert "Contact staat aan" in dean.get(PLACE).words

        dean.send(dean.get(PLACE), f"{PLACE}/uit")
        assert session.scalars(select(School.mentors_on_at)).all() == [None, None]

    def test_needs_two_contacts(self, signed_in: SignIn, session: Session) -> None:
        staff(session, "Jansen").confirmed_at = None
        session.commit()
        dean = signed_in("devries")

        page = dean.send(dean.get(PLACE), f"{PLACE}/aan")

        assert page.status == 403
        assert "twee vertrouwenspersonen" in page.words


class TestSteps:
    def test_leads_from_sign_up_to_the_vog_in_order(
        self, signed_in: SignIn, session: Session, cor: int
    ) -> None:
        dean = signed_in("devries")
        for expected in ("alumnus_confirmed", "talk_held"):
            dean.send(dean.get(PLACE), f"{PLACE}/{cor}/stap")
            assert state_of(session) == expected

        dean.send(dean.get(PLACE), f"{PLACE}/{cor}/vog", seen_on="2026-11-20", expires_on="2028-11-20")
        assert state_of(session) == "vog_seen"
        assert "telt tot en met" in dean.get(PLACE).words

    def test_says_what_a_step_lacks(self, signed_in: SignIn, session: Session, cor: int) -> None:
        dean = signed_in("devries")

        page = dean.post(f"{PLACE}/{cor}/stap", csrf=csrf_of(dean), end="active")

        assert page.status == 409
        assert "Deze stap kan nu niet." in page.words
        assert state_of(session) == "signed_up"

    def test_a_vog_that_cannot_be_is_refused_in_words(self, signed_in: SignIn, session: Session) -> None:
        open_contact(session)
        mentor = add_mentor(session, "Cor")
        session.commit()
        dean = signed_in("devries")

        page = dean.post(
            f"{PLACE}/{mentor.id}/vog", csrf=csrf_of(dean), seen_on="2026-12-24", expires_on="2027-01-01"
        )

        assert page.status == 422
        assert "niet later zijn dan vandaag" in page.words

    def test_a_story_is_let_through(self, signed_in: SignIn, session: Session, cor: int) -> None:
        dean = signed_in("devries")

        dean.send(dean.get(PLACE), f"{PLACE}/{cor}/verhaal")

        assert "Leerlingen mogen dit lezen." in dean.get(PLACE).words

    def test_says_so_when_nobody_signed_up(self, signed_in: SignIn) -> None:
        assert "Er heeft zich nog niemand aangemeld" in signed_in("devries").get(PLACE).words


class TestOutsiders:
    def test_a_dean_of_another_school_sees_and_changes_nothing(
        self, signed_in: SignIn, session: Session, cor: int
    ) -> None:
        smit = signed_in("smit")
        assert "cor@post.example" not in smit.get(PLACE).words

        csrf = csrf_of(smit)
        answers = [
            smit.post(f"{PLACE}/{cor}/stap", csrf=csrf, end="alumnus_confirmed"),
            smit.post(f"{PLACE}/{cor}/vog", csrf=csrf, seen_on="2026-11-20", expires_on="2028-11-20"),
            smit.post(f"{PLACE}/{cor}/verhaal", csrf=csrf),
        ]

        assert [answer.status for answer in answers] == [404, 404, 404]
        assert state_of(session) == "signed_up"

    def test_a_safeguarding_contact_has_no_such_page(self, signed_in: SignIn) -> None:
        assert signed_in("jansen").get(PLACE).status == 404

    def test_a_visitor_signs_in_first(self, browser: Browser) -> None:
        assert browser.get(PLACE).status == 303

    def test_no_pupil_sees_the_mail_address(self, anna: Browser, cor: int) -> None:
        for place in ("/leerling/gegevens", "/", "/oud-leerling/aanmelden?school=vechtdal"):
            assert "cor@post.example" not in anna.get(place).words
