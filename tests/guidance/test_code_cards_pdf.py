"""The cards with codes, read back as a pupil and a printer meet them."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from guidance.code_cards_pdf import code_cards_pdf
from guidance.personal_codes import CodeOfPupil, SignInPage

CODE = "ABCD-EFGH-JKLM-NPQR-STUV"
PAGE = SignInPage("Vechtdal College", "vechtdal", "https://kompas.example")


def read(*cards: CodeOfPupil) -> PdfReader:
    return PdfReader(BytesIO(code_cards_pdf(cards, page=PAGE, class_name="h3a")))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_tells_whose_it_is_and_where_it_opens() -> None:
    text = words(read(CodeOfPupil("Şeyma <3", CODE)))

    assert "Persoonlijke codes Vechtdal College Klas h3a, 1 kaartje" in text
    assert f"Vechtdal College Şeyma <3 {CODE}" in text
    assert "kompas.example/?school=vechtdal" in text


@pytest.mark.slow
def test_holds_a_whole_class() -> None:
    reader = read(*(CodeOfPupil(f"Leerling{number}", CODE) for number in range(31)))

    assert len(reader.pages) > 2
    assert all(f"Leerling{number} " in words(reader) for number in range(31))


def test_keeps_the_code_out_of_what_a_server_sees() -> None:
    assert PAGE.address_with(CODE) == f"https://kompas.example/?school=vechtdal#{CODE}"


def test_takes_names_of_any_length() -> None:
    assert read(CodeOfPupil("W" * 60, CODE)).pages
    assert read(CodeOfPupil("🙂", CODE)).pages
