"""The career file on its page: read, added to, changed, undone, and of the pupil alone."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.career_file import CareerFileEntry, CareerFileLine
from guidance.models.safety import SafetyNotice
from guidance.services.talks import request_talk
from tests.people import BILALS_CODE, MONDAY, pupil
from tests.web.browser import Browser, Page
from tests.web.test_chat import HELP

FILE = "/leerling/loopbaandossier"
ADD = f"{FILE}/toevoegen"
DANGER = "ik wil niet meer leven"


def add(browser: Browser, text: str, section: str = "qualities") -> Page:
    """Send the form of a section."""
    page = browser.get(FILE)
    (form,) = page.all(f".//section[@id='{section}']//form[@action='{ADD}']")
    hidden = {
        field.get("name", ""): field.get("value", "") for field in form.iter("input") if field.get("name")
    }
    return browser.post(ADD, **hidden | {"text": text})


def section(page: Page, name: str) -> str:
    return " ".join(page.words_at(f".//section[@id='{name}']"))


def entries(session: Session) -> list[str]:
    found = list(session.scalars(select(CareerFileEntry.text).order_by(CareerFileEntry.id)))
    # A transaction that stays open would keep the pages waiting.
    session.rollback()
    return found


@pytest.fixture
def bilal(visit: object) -> Browser:
    browser: Browser = visit()  # type: ignore[operator]
    browser.send(browser.get("/"), "/gesprek", school="vechtdal", code=BILALS_CODE)
    return browser


@pytest.fixture
def entry(anna: Browser, session: Session) -> str:
    """Anna wrote a line; this is its place."""
    assert add(anna, "Ik kan goed luisteren.").status == 303
    found = session.scalars(select(CareerFileEntry.id)).one()
    session.rollback()
    return f"{FILE}/eigen/{found}"


class TestShow:
    def test_has_five_sections_each_with_what_would_fill_it(self, anna: Browser) -> None:
        page = anna.get(FILE)

        assert page.words_at(".//section/h2") == [
            "Motieven",
            "Kwaliteiten",
            "Werkexploratie",
            "Loopbaansturing",
            "Netwerken",
        ]
        assert "Doe de interessecheck, dan zie je wat jij leuk vindt." in section(page, "motives")
        assert "Vraag een gesprek aan" in section(page, "networking")
        assert page.all(".//section[@id='motives']//form[@action='/gesprek/berichten']")

    def test_says_who_sees_it_and_leads_on(self, anna: Browser) -> None:
        page = anna.get(FILE)

        assert "Alleen jij ziet dit dossier. Je decaan ziet het niet" in page.words
        page.find(f".//a[@href='{FILE}.pdf']")
        page.find(f".//a[@href='{FILE}/presentatie']")
        assert "Bereid een gesprek voor" in page.words

    def test_shows_lines_with_where_they_come_from(self, anna: Browser, session: Session) -> None:
        request = request_talk(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()

        page = anna.get(FILE)

        assert "Ik vroeg op 23 november 2026 een gesprek aan met De Vries." in section(page, "networking")
        assert page.all(f".//li[@data-source='talk_request:{request.id}']")

    @pytest.mark.parametrize("where", ["/leerling/gegevens", "/leerling/samenvatting"])
    def test_is_led_to_from_the_other_pages(self, anna: Browser, where: str) -> None:
        assert anna.get(where).all(f".//main//a[@href='{FILE}']")

    @pytest.mark.parametrize("end", ["", ".pdf", "/presentatie"])
    def test_sends_a_visitor_to_the_chat(self, browser: Browser, end: str) -> None:
        assert browser.get(FILE + end).location == "/"

    @pytest.mark.parametrize("end", ["", ".pdf", "/presentatie"])
    def test_asks_who_is_anonymous_to_sign_in(self, browser: Browser, end: str) -> None:
        browser.send(browser.get("/"), "/gesprek", school="vechtdal", anonymous="1")

        page = browser.get(FILE + end)

        assert page.status == 401
        assert "Log in op de startpagina met je code." in page.words

    def test_passes_over_an_address_that_was_made_up(self, anna: Browser) -> None:
        assert anna.get(f"{FILE}?done=nonsense&at=motives").status == 200


class TestAdd:
    def test_puts_a_line_in_its_section_and_says_so(self, anna: Browser) -> None:
        answer = add(anna, "Ik kan goed luisteren.")

        assert answer.location == f"{FILE}?done=added&at=qualities#qualities"
        words = section(anna.get(answer.location), "qualities")
        assert "Je regel staat erin." in words
        assert "Ik kan goed luisteren. Zelf geschreven, 23 november 2026." in words

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (" ", "Je schreef nog niets op. Er is niets veranderd."),
            ("a" * 501, "Maak het korter dan 500 tekens."),
        ],
        ids=["empty", "too long"],
    )
    def test_says_beside_the_form_what_is_wrong_and_keeps_what_was_typed(
        self, anna: Browser, session: Session, text: str, said: str
    ) -> None:
        page = add(anna, text)

        assert page.status == 422
        assert said in section(page, "qualities")
        assert page.find(".//textarea[@id='text-new-qualities']").text == text
        assert page.all(".//section[@id='qualities']/details[@open]")
        assert entries(session) == []

    def test_takes_a_form_that_was_sent_twice_once(self, anna: Browser, session: Session) -> None:
        page = anna.get(FILE)
        for _ in range(2):
            anna.send(page, ADD, text="Ik zwem.")

        assert entries(session) == ["Ik zwem."]

    @pytest.mark.parametrize("fields", [{"section": "nonsense", "form_id": "x"}, {"section": "motives"}])
    def test_refuses_a_form_that_is_not_whole(self, anna: Browser, fields: dict[str, str]) -> None:
        token = anna.get(FILE).find(".//input[@name='csrf']").get("value", "")

        assert anna.post(ADD, csrf=token, text="Ik zwem.", **fields).status == 422


class TestChange:
    def test_says_a_line_otherwise(self, anna: Browser, session: Session, entry: str) -> None:
        anna.send(anna.get(FILE), f"{entry}/veranderen", text="Ik luister goed.")

        assert entries(session) == ["Ik luister goed."]

    def test_keeps_the_line_when_the_new_words_are_empty(
        self, anna: Browser, session: Session, entry: str
    ) -> None:
        page = anna.send(anna.get(FILE), f"{entry}/veranderen", text="")

        assert page.status == 422
        assert entries(session) == ["Ik kan goed luisteren."]

    def test_takes_a_line_out_and_puts_it_back(self, anna: Browser, entry: str) -> None:
        removed = anna.get(anna.send(anna.get(FILE), f"{entry}/weghalen").location or "")
        back = anna.get(anna.send(removed, f"{entry}/terugzetten").location or "")

        assert removed.words_at(".//del") == ["Ik kan goed luisteren."]
        assert "Je kunt hem hieronder terugzetten of voorgoed wissen." in section(removed, "qualities")
        assert not back.all(".//del")

    def test_erases_a_line_that_was_taken_out(self, anna: Browser, session: Session, entry: str) -> None:
        removed = anna.get(anna.send(anna.get(FILE), f"{entry}/weghalen").location or "")
        erased = anna.get(anna.send(removed, f"{entry}/wissen").location or "")

        assert "De regel is voorgoed gewist." in section(erased, "qualities")
        assert not erased.all(".//del")
        assert entries(session) == []
        assert anna.send(removed, f"{entry}/wissen").status == 303

    def test_forgets_own_words_of_a_line_that_was_left_out(self, anna: Browser, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()
        line = {"key": "talk_request:1:asked"}
        token = {"csrf": anna.get(FILE).find(".//input[@name='csrf']").get("value", "")}
        anna.post(f"{FILE}/regel/veranderen", text="Ik praat met De Vries.", **line, **token)
        anna.post(f"{FILE}/regel/weglaten", **line, **token)
        (form,) = anna.get(FILE).all(
            f".//ul[@class='lines struck']//form[@action='{FILE}/regel/eerste-tekst']"
        )

        anna.post(form.get("action", ""), **line, **token)

        assert session.scalars(select(CareerFileLine.text)).all() == [None]
        session.rollback()
        assert len(anna.get(FILE).all(".//del")) == 1

    def test_says_leaves_out_and_puts_back_a_line_that_follows(self, anna: Browser, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()
        line = {"key": "talk_request:1:asked"}
        token = {"csrf": anna.get(FILE).find(".//input[@name='csrf']").get("value", "")}

        anna.post(f"{FILE}/regel/veranderen", text="Ik praat met De Vries.", **line, **token)
        said = section(anna.get(FILE), "networking")
        anna.post(f"{FILE}/regel/weglaten", **line, **token)
        left_out = anna.get(FILE).words_at(".//del")
        anna.post(f"{FILE}/regel/terugzetten", **line, **token)
        put_back = section(anna.get(FILE), "networking")
        anna.post(f"{FILE}/regel/eerste-tekst", **line, **token)

        assert "Ik praat met De Vries. In eigen woorden. Gesprekken op school." in said
        assert left_out == ["Ik praat met De Vries."]
        assert "Ik praat met De Vries." in put_back
        assert "Ik vroeg op 23 november 2026" in section(anna.get(FILE), "networking")
        assert anna.post(f"{FILE}/regel/weglaten", key="nonsense", **token).status == 404
        assert anna.post(f"{FILE}/regel/weglaten", key="non\0sense", **token).status == 422

    @pytest.mark.parametrize("end", ["veranderen", "weghalen", "terugzetten"])
    def test_is_not_for_another_pupil(
        self, anna: Browser, bilal: Browser, session: Session, entry: str, end: str
    ) -> None:
        token = bilal.get(FILE).find(".//input[@name='csrf']").get("value", "")

        assert bilal.post(f"{entry}/{end}", csrf=token, text="Nee.").status == 404
        assert "luisteren" not in bilal.get(FILE).text
        assert entries(session) == ["Ik kan goed luisteren."]

    @pytest.mark.parametrize(
        "end",
        [
            "toevoegen",
            "eigen/1/veranderen",
            "eigen/1/weghalen",
            "eigen/1/terugzetten",
            "eigen/1/wissen",
            "regel/veranderen",
            "regel/weglaten",
            "regel/terugzetten",
            "regel/eerste-tekst",
        ],
    )
    def test_refuses_a_form_of_another_site(self, anna: Browser, end: str) -> None:
        assert anna.post(f"{FILE}/{end}", text="x").status == 403


class TestDanger:
    @pytest.mark.parametrize("text", [DANGER, DANGER + " a" * 300], ids=["short", "too long"])
    def test_is_answered_first_told_to_the_contact_once_and_not_kept(
        self, anna: Browser, session: Session, text: str
    ) -> None:
        pages = [add(anna, text) for _ in range(2)]

        assert all(page.status == 200 and HELP in page.words and "Jansen" in page.words for page in pages)
        assert not pages[0].all(".//textarea")
        assert entries(session) == []
        assert len(session.scalars(select(SafetyNotice)).all()) == 1

    def test_is_heard_in_other_words_for_a_line_too(
        self, anna: Browser, session: Session, entry: str
    ) -> None:
        changed = anna.send(anna.get(FILE), f"{entry}/veranderen", text=DANGER)
        line = anna.send(anna.get(FILE), f"{FILE}/regel/veranderen", text=DANGER)

        assert HELP in changed.words
        assert HELP in line.words
        assert entries(session) == ["Ik kan goed luisteren."]
        assert session.scalars(select(CareerFileLine)).all() == []

    def test_is_answered_when_nobody_can_be_told(
        self, anna: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> None:
            raise OSError("disk")

        monkeypatch.setattr("web.danger.transaction", broken)

        page = add(anna, DANGER)

        assert HELP in page.words
        assert "Jansen" not in page.words
        assert session.scalars(select(SafetyNotice)).all() == []

    def test_is_answered_in_a_form_that_is_not_ours_as_of_nobody(
        self, anna: Browser, session: Session
    ) -> None:
        page = anna.post(ADD, text=DANGER)

        assert HELP in page.words
        assert session.scalars(select(SafetyNotice)).all() == []

    def test_that_is_veiled_brings_the_help_lines_and_keeps_the_line(
        self, anna: Browser, session: Session
    ) -> None:
        page = anna.get(add(anna, "ik zie het even niet meer zitten").location or "")

        assert HELP in page.words
        assert entries(session) == ["ik zie het even niet meer zitten"]
        assert session.scalars(select(SafetyNotice)).all() == []


class TestPdf:
    def test_is_a_file_to_keep_with_what_stands_on_the_page(self, anna: Browser, entry: str) -> None:
        answer = anna.client.get(f"{FILE}.pdf")

        text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        assert answer.headers["content-type"] == "application/pdf"
        assert 'filename="loopbaandossier.pdf"' in answer.headers["content-disposition"]
        assert "Anna" in text
        assert "Ik kan goed luisteren." in text


class TestPresentation:
    def test_has_six_slides_and_says_what_to_tell_without_points(self, anna: Browser, entry: str) -> None:
        page = anna.get(f"{FILE}/presentatie")

        assert len(page.all(".//ol/li/h2")) == 6
        assert "2. Waar ik goed in ben Ik kan goed luisteren." in page.words
        assert "Hierover staat nog niets in je dossier." in page.words


def test_a_dean_finds_no_career_file(signed_in: object, anna: Browser, entry: str, session: Session) -> None:
    dean: Browser = signed_in("devries")  # type: ignore[operator]
    anna_id = pupil(session, "Anna").id
    session.rollback()

    assert dean.get(FILE).location == "/"
    assert "luisteren" not in dean.get(f"/portaal/leerlingen/{anna_id}").text
    assert dean.get(f"/portaal/leerlingen/{anna_id}/loopbaandossier").status == 404
