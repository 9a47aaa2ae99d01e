from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.consents import Basis, Decision, Purpose
from guidance.models.pupil import Pupil
from guidance.models.school import ConsentBasis
from guidance.services.consents import note_basis
from guidance.services.mentor_questions import draft_question, submit_question
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil, staff
from tests.readability import longest_sentence, reading_ease
from tests.web.browser import Browser
from tests.web.portal.test_pupils import refusals

SignIn = Callable[[str], Browser]
PAGE, ONE_PUPIL = "/portaal/onder-16", "/portaal/onder-16/leerling"
BY_BOARD = {"purpose": "mail", "decided_on": "2026-11-02", "decided_by": "Het bestuur"}
BY_PARENT = {"purpose": "mail", "basis": "parent", "decided_on": "2026-11-02", "decided_by": "Moeder"}


def noted(session: Session, purpose: str = "mail") -> list[tuple[str, str, int | None]]:
    """Return what is noted at both schools for a purpose: ground, who decided, which pupil."""
    session.rollback()
    of_purpose = select(ConsentBasis).where(ConsentBasis.purpose == purpose).order_by(ConsentBasis.id)
    found = [(one.basis, one.decided_by, one.pupil_id) for one in session.scalars(of_purpose)]
    session.rollback()
    return found


def number_of(session: Session, name: str) -> int:
    number = pupil(session, name).id
    # A session that reads holds SQLite's only transaction, and the page needs it.
    session.rollback()
    return number


def note_for(session: Session, name: str, purpose: Purpose = Purpose.MAIL) -> int:
    """Note a parent's word for one pupil, and return its number."""
    decision = Decision(Basis.PARENT, MONDAY.date(), "Moeder")
    dean, someone = staff(session, "De Vries"), pupil(session, name)
    basis = note_basis(session, dean, purpose, decision, pupil_id=someone.id, now=MONDAY)
    session.commit()
    return basis.id


def token_of(browser: Browser, address: str = PAGE) -> str:
    return browser.get(address).find(".//input[@name='csrf']").get("value", "")


class TestWholeSchool:
    def test_is_found_in_the_navigation(self, signed_in: SignIn) -> None:
        link = signed_in("devries").get("/portaal/leerlingen").find(f".//nav/a[@href='{PAGE}']")

        assert link.text == "Onder de 16"

    def test_says_of_each_purpose_whether_it_is_on_since_when_and_by_whom(self, signed_in: SignIn) -> None:
        page = signed_in("devries").get(PAGE)

        assert page.words_at(".//section/h2")[:3] == [
            "Samenvatting voor de decaan aan",
            "Contact met een oud-leerling uit",
            "Mail aan de leerling uit",
        ]
        assert page.words_at(".//section[@id='summary']/dl/dd") == [
            "de hele school",
            "taak van de school",
            "1 augustus 2026",
            "Bestuur",
        ]
        assert "Op uw school staat dit contact nog uit voor iedereen." in page.words

    def test_turns_a_purpose_on(self, signed_in: SignIn, session: Session) -> None:
        dean = signed_in("devries")

        answer = dean.send(dean.get(PAGE), PAGE, **BY_BOARD)

        assert (answer.status, answer.location) == (303, f"{PAGE}#mail")
        assert noted(session) == [("task", "Het bestuur", None)]
        assert dean.get(PAGE).words_at(".//section[@id='mail']/h2") == ["Mail aan de leerling aan"]

    def test_changes_a_decision(self, signed_in: SignIn, session: Session) -> None:
        dean = signed_in("devries")

        for decided_by in ("Het bestuur", "De schoolleiding"):
            dean.send(dean.get(PAGE), PAGE, **BY_BOARD | {"decided_by": decided_by})

        assert noted(session) == [("task", "De schoolleiding", None)]

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("decided_on", "", "Vul de dag van het besluit in"),
            ("decided_on", "gisteren", "Vul de dag van het besluit in"),
            ("decided_on", "2026-11-24", "kan niet na vandaag zijn"),
            ("decided_by", " ", "Vul in wie het besloot, in hooguit 80 tekens."),
            ("decided_by", "a" * 81, "Vul in wie het besloot"),
            ("purpose", "cooking", "Kies waarvoor het besluit is."),
        ],
    )
    def test_says_what_is_wrong(
        self, signed_in: SignIn, session: Session, field: str, value: str, said: str
    ) -> None:
        dean = signed_in("devries")

        page = dean.send(dean.get(PAGE), PAGE, **BY_BOARD | {field: value})

        assert (page.status, said in page.words_at(".//p[@role='alert']")[0]) == (422, True)
        assert noted(session) == []

    def test_keeps_what_was_typed_and_leads_to_the_field(self, signed_in: SignIn) -> None:
        dean = signed_in("devries")

        page = dean.send(dean.get(PAGE), PAGE, **BY_BOARD | {"decided_on": ""})

        assert page.find(".//p[@id='mistake']/a").get("href") == "#decided_on-mail"
        assert page.find(".//input[@id='decided_on-mail']").get("aria-invalid") == "true"
        assert page.find(".//input[@id='decided_by-mail']").get("value") == "Het bestuur"
        (opened,) = page.all(".//section/details[@open]/..")
        assert opened.get("id") == "mail"

    def test_shows_what_was_typed_as_text(self, signed_in: SignIn) -> None:
        dean, script = signed_in("devries"), "<script>alert(1)</script>"

        dean.send(dean.get(PAGE), PAGE, **BY_BOARD | {"decided_by": script})

        page = dean.get(PAGE)
        assert (script in page.text, script in page.words) == (False, True)


class TestOnePupil:
    def test_says_so_when_there_is_none(self, signed_in: SignIn) -> None:
        assert "Er is nog geen besluit voor één leerling." in signed_in("devries").get(PAGE).words

    def test_lets_the_dean_choose_who_is_under_16_with_the_class(
        self, signed_in: SignIn, session: Session
    ) -> None:
        pupil(session, "Bilal").under_16_until = MONDAY.date() - timedelta(days=1)
        session.commit()

        page = signed_in("devries").get(PAGE)

        options = page.words_at(".//select[@name='pupil']/option")
        assert options == ["Kies een leerling", "Anna Achternaam, h3a"]
        assert "Nu telt 1 leerling als onder de 16." in page.words

    def test_offers_no_form_without_a_pupil_under_16(self, signed_in: SignIn) -> None:
        page = signed_in("smit").get(PAGE)

        assert "Er zijn nu geen leerlingen onder de 16." in page.words
        assert page.all(".//select") == []

    def test_notes_a_parents_word(self, signed_in: SignIn, session: Session) -> None:
        anna, dean = number_of(session, "Anna"), signed_in("devries")

        answer = dean.send(dean.get(PAGE), ONE_PUPIL, pupil=str(anna), **BY_PARENT)

        assert answer.location == f"{PAGE}#leerling"
        assert noted(session) == [("parent", "Moeder", anna)]
        page = dean.get(PAGE)
        assert page.words_at(".//tbody/tr") == [
            "Anna Achternaam h3a Mail aan de leerling toestemming van een ouder "
            "2 november 2026, door Moeder Trek in: Mail aan de leerling, Anna Achternaam"
        ]
        assert "Alleen wie hieronder een eigen besluit heeft, mag het wel." in page.words

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("pupil", "", "Kies een leerling onder de 16 uit de lijst."),
            ("pupil", "anna", "Kies een leerling onder de 16 uit de lijst."),
            ("pupil", "99999999999", "Kies een leerling onder de 16 uit de lijst."),
            ("purpose", "", "Kies waarvoor het besluit is."),
            ("basis", "", "Kies de grond"),
            ("decided_by", "", "Vul in wie het besloot"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest(
        self, signed_in: SignIn, session: Session, field: str, value: str, said: str
    ) -> None:
        anna, dean = str(number_of(session, "Anna")), signed_in("devries")
        filled_in = {"pupil": anna, **BY_PARENT, field: value}

        page = dean.send(dean.get(PAGE), ONE_PUPIL, **filled_in)

        assert (page.status, said in page.words_at(".//p[@role='alert']")[0]) == (422, True)
        assert page.find(f".//*[@id='{field}-leerling']").get("aria-invalid") == "true"
        chosen = {one.get("value") for one in page.all(".//option[@selected]")}
        assert chosen == {filled_in[name] for name in ("pupil", "purpose", "basis") if name != field}
        assert noted(session) == []

    def test_takes_no_pupil_who_turned_16_since_the_page_was_opened(
        self, signed_in: SignIn, session: Session
    ) -> None:
        anna, dean = number_of(session, "Anna"), signed_in("devries")
        page = dean.get(PAGE)
        pupil(session, "Anna").under_16_until = MONDAY.date() - timedelta(days=1)
        session.commit()

        assert dean.send(page, ONE_PUPIL, pupil=str(anna), **BY_PARENT).status == 422
        assert noted(session) == []


class TestWithdraw:
    def test_says_what_stops_and_turns_it_off_at_once(self, signed_in: SignIn, session: Session) -> None:
        dean = signed_in("devries")
        dean.send(dean.get(PAGE), PAGE, **BY_BOARD)
        page = dean.get(PAGE)
        action = page.find(".//section[@id='mail']/form").get("action", "")
        assert "Dan krijgt niemand onder de 16 later mail." in page.words

        # Twice, as a double click does.
        answers = [dean.send(page, action) for _ in range(2)]

        assert [answer.location for answer in answers] == [PAGE, PAGE]
        assert noted(session) == []
        assert dean.get(PAGE).words_at(".//section[@id='mail']/h2") == ["Mail aan de leerling uit"]

    def test_of_a_question_that_waits_is_told_at_the_oud_leerlingen(
        self, signed_in: SignIn, session: Session
    ) -> None:
        open_contact(session)
        add_mentor(session, "Cor")
        anna: Pupil = pupil(session, "Anna")
        draft_question(session, anna, "Hoe is de pabo?", form_id="q", now=MONDAY)
        thread = submit_question(session, anna, now=MONDAY)
        session.commit()
        dean, mentors = signed_in("devries"), "/portaal/oud-leerlingen"
        waiting = dean.get(mentors)
        page = dean.get(PAGE)
        dean.send(page, page.find(".//section[@id='mentor_contact']/form").get("action", ""))

        refused = dean.send(waiting, f"{mentors}/vraag/{thread.id}/door")

        assert refused.status == 403
        assert "Deze leerling is nog geen 16." in refused.words


class TestOthers:
    def test_a_dean_of_another_school_sees_and_changes_nothing(
        self, signed_in: SignIn, session: Session
    ) -> None:
        basis_id, anna = note_for(session, "Anna"), number_of(session, "Anna")
        smit = signed_in("smit")
        page, form = smit.get(PAGE), token_of(smit)

        answers = [
            smit.post(f"{PAGE}/{basis_id}/intrekken", csrf=form),
            smit.post(ONE_PUPIL, csrf=form, pupil=str(anna), **BY_PARENT | {"purpose": "summary"}),
        ]

        assert [answer.status for answer in answers] == [404, 404]
        assert ("Anna" in page.text, "Moeder" in page.text) == (False, False)
        assert noted(session) == [("parent", "Moeder", anna)]
        assert refusals(session) == [
            ("smit", f"POST {PAGE}/{basis_id}/intrekken"),
            ("smit", f"POST {ONE_PUPIL}"),
        ]

    def test_a_safeguarding_contact_is_refused(self, signed_in: SignIn, session: Session) -> None:
        basis_id, contact = note_for(session, "Anna"), signed_in("jansen")
        form = token_of(contact, "/inloggen")

        answers = [
            contact.get(PAGE),
            contact.post(PAGE, csrf=form, **BY_BOARD),
            contact.post(f"{PAGE}/{basis_id}/intrekken", csrf=form),
        ]

        assert [answer.status for answer in answers] == [404, 404, 404]
        assert len(noted(session)) == 1

    def test_a_visitor_signs_in_first(self, browser: Browser) -> None:
        assert browser.get(PAGE).location == "/inloggen"

    @pytest.mark.parametrize("end", ["", "/leerling", "/1/intrekken"])
    def test_a_form_of_another_site_is_refused(self, signed_in: SignIn, end: str) -> None:
        assert signed_in("devries").post(f"{PAGE}{end}", **BY_BOARD).status == 403


class TestOwnData:
    def test_tell_a_pupil_what_was_decided(self, anna: Browser, session: Session) -> None:
        note_for(session, "Anna", Purpose.MENTOR_CONTACT)

        words = anna.get("/leerling/gegevens").words

        assert "contact met een oud-leerling" in words
        assert "toestemming van een ouder" in words


def test_reads_easily_with_everything_on_it(signed_in: SignIn, session: Session) -> None:
    for name in ("Anna", "Bilal"):
        note_for(session, name)
    dean = signed_in("devries")
    dean.send(dean.get(PAGE), PAGE, **BY_BOARD)

    said = dean.get(PAGE).words_at(".//main//p")

    assert len(said) > 8
    assert reading_ease("\n".join(said)) >= 65
    assert longest_sentence("\n".join(said)) <= 15
    assert "!" not in "".join(said)
