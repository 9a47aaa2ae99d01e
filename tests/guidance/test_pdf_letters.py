"""The letters of a PDF: names with any Latin letter stay, and what the font lacks is replaced."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import FOLDER
from guidance.pdf_letters import SIGN, WORDS, is_replaced, printable, register_fonts

LARGEST_FONTS = 400 * 1024


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Şükran Łuczak, Ağaoğlu, Noëlle, Loïs", "Şükran Łuczak, Ağaoğlu, Noëlle, Loïs"),
        ("Nguyễn Đặng", "Nguyễn Đặng"),
        ("Олена і Γιώργος", "Олена і Γιώργος"),
        ("s\u0327 wordt ş", "ş wordt ş"),
        ("leuk 😀😀 hoor", f"leuk {SIGN} hoor"),
        ("dit is محمد علي", f"dit is {WORDS} {WORDS}"),
        ("a\u200bb\u0007c", "abc"),
        ("€ 5 – “zo” … ja", "€ 5 – “zo” … ja"),
        ("", ""),
    ],
    ids=["dutch names", "vietnamese", "cyrillic", "composed", "emoji", "arabic", "hidden", "signs", "empty"],
)
def test_shows_what_the_font_has_and_a_sign_for_what_it_lacks(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_has_every_latin_letter_there_is_up_to_the_vietnamese_ones() -> None:
    latin = [chr(code) for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]]

    letters = [letter for letter in latin if unicodedata.category(letter)[0] == "L"]
    assert [letter for letter in letters if printable(letter) != letter] == []


@given(st.text())
def test_holds_only_signs_that_the_font_has(text: str) -> None:
    assert printable(printable(text)) == printable(text)


def test_tells_that_something_was_replaced() -> None:
    assert is_replaced("محمد")
    assert not is_replaced("Şeyma, […]")


def test_comes_with_small_fonts_and_their_licence() -> None:
    register_fonts()
    fonts = list((FOLDER / "fonts").glob("*.ttf"))

    assert sum(font.stat().st_size for font in fonts) < LARGEST_FONTS
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "fonts" / "OFL.txt").read_text()
