from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.pupil import Pupil
from guidance.models.roster import RosterImport
from guidance.roster_csv import MOST_BYTES
from tests.guidance.services.test_roster import LIST
from tests.web.browser import Browser, Page

SignIn = Callable[[str], Browser]
PAGE = "/portaal/leerlingenlijst"


def upload(dean: Browser, content: str | bytes) -> Page:
    csrf = dean.get(PAGE).find(f".//form[@action='{PAGE}']/input[@name='csrf']").get("value", "")
    raw = content.encode() if isinstance(content, str) else content
    answer = dean.client.post(PAGE, data={"csrf": csrf}, files={"file": ("lijst.csv", raw, "text/csv")})
    return Page(answer)


def confirm(dean: Browser, preview: Page) -> Page:
    action = preview.find(".//main//form").get("action", "")
    return dean.send(preview, action)


def keys(session: Session) -> list[str]:
    found = session.scalars(select(Pupil.roster_key).where(Pupil.roster_key.is_not(None))).all()
    session.commit()
    return [key for key in found if key]


def test_is_found_in_the_menu(signed_in: SignIn) -> None:
    page = signed_in("devries").get("/portaal/leerlingen")

    assert page.find(f".//nav/a[@href='{PAGE}']").text == "Lijst inlezen"


def test_shows_what_changes_and_takes_it_over_once(signed_in: SignIn, session: Session) -> None:
    dean = signed_in("devries")

    preview = upload(dean, LIST)

    assert preview.words_at(".//h2") == ["Nieuw: 2", "Veranderd: 0", "Niet in het bestand: 2"]
    assert "Cem Kaya, h3a" in preview.words
    assert "Anna Achternaam" in preview.words
    assert preview.words_at(".//main//button") == ["Lees in: 2 nieuw, 0 veranderd"]
    assert keys(session) == []

    done = confirm(dean, preview)
    assert (done.status, "2 leerlingen nieuw" in done.words) == (200, True)
    assert keys(session) == ["1", "2"]
    assert session.scalars(select(RosterImport.text)).all() == [None]
    session.commit()

    again = confirm(dean, preview)
    assert (again.status, "Deze lijst is al ingelezen of te oud." in again.words) == (409, True)


def test_says_which_fields_change(signed_in: SignIn) -> None:
    dean = signed_in("devries")
    confirm(dean, upload(dean, LIST))

    assert "Cem Kaya, h3b klas" in upload(dean, LIST.replace("h3a", "h3b")).words


def test_names_wrong_lines_and_stores_nothing(signed_in: SignIn, session: Session) -> None:
    page = upload(signed_in("devries"), LIST + "3;A;B;x;mavo;3;\n4;;B;x;havo;3;\n")

    assert page.status == 422
    assert page.words_at(".//main//li") == [
        "Regel 4: Het niveau moet havo of vwo zijn.",
        "Regel 5: De voornaam ontbreekt of is te lang.",
    ]
    assert keys(session) == []


def test_names_columns_that_it_does_not_know(signed_in: SignIn) -> None:
    page = upload(signed_in("devries"), LIST.replace("profiel", "BSN"))

    assert "Deze kolommen gebruiken wij niet: BSN." in page.words


@pytest.mark.parametrize(
    ("size", "status"), [(100 * 1024, 422), (MOST_BYTES + 1, 422), (6 * 1024 * 1024, 413)]
)
def test_takes_files_up_to_five_megabytes(signed_in: SignIn, size: int, status: int) -> None:
    assert upload(signed_in("devries"), b"x" * size).status == status


def test_takes_no_large_body_elsewhere(signed_in: SignIn) -> None:
    assert signed_in("devries").post(f"{PAGE}/codes", class_name="x" * 100_000).status == 413


def test_says_that_no_file_was_chosen(signed_in: SignIn) -> None:
    dean = signed_in("devries")

    assert dean.send(dean.get(PAGE), PAGE).status == 422


def test_hides_a_list_from_another_school(signed_in: SignIn) -> None:
    preview = upload(signed_in("devries"), LIST)
    action = preview.find(".//main//form").get("action", "")
    smit = signed_in("smit")
    csrf = smit.get(PAGE).find(".//input[@name='csrf']").get("value", "")

    assert smit.post(action, csrf=csrf).status == 404


def test_gives_a_template(signed_in: SignIn) -> None:
    answer = signed_in("devries").get(f"{PAGE}/voorbeeld.csv")

    assert answer.text.removeprefix("\ufeff").startswith("leerlingnummer;voornaam;")
    assert "attachment" in answer.headers["content-disposition"]


def test_gives_cards_of_a_class_once(signed_in: SignIn) -> None:
    dean = signed_in("devries")
    confirm(dean, upload(dean, LIST))

    answer = dean.send(dean.get(PAGE), f"{PAGE}/codes", class_name="v4b", whom="without")
    words = PdfReader(BytesIO(answer.response.content)).pages[0].extract_text()

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "Dewi" in words
    again = dean.send(dean.get(PAGE), f"{PAGE}/codes", class_name="v4b", whom="without")
    assert (again.status, "heeft iedereen al een code" in again.words) == (422, True)
