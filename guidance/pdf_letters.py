"""Home of the letters of a PDF: the fonts that come with us, and what stands for a sign they lack."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from guidance.content import FOLDER

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
# For signs such as emoji, and for words in a script that the font lacks.
SIGN, WORDS = "•", "[…]"


def register_fonts() -> None:
    """Make the fonts known to the library; safe to repeat."""
    for name in (REGULAR, BOLD):
        _font(name)


@cache
def _font(name: str) -> TTFont:
    font = TTFont(name, FOLDER / "fonts" / f"{name}.ttf")
    pdfmetrics.registerFont(font)
    return font


def printable(text: str) -> str:
    """Return a text with letters that the font has; what it lacks is replaced, never dropped unseen."""
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    # A sign that goes may leave two spaces.
    return " ".join("".join(_pieces(shown)).split())


def is_replaced(text: str) -> bool:
    """Say whether a printable text holds something that the font lacks."""
    return WORDS in printable(text) and WORDS not in text


def _pieces(text: str) -> Iterator[str]:
    for stand_in, signs in groupby(text, key=_stand_in):
        yield "".join(signs) if stand_in is None else stand_in


def _stand_in(sign: str) -> str | None:
    """Return what stands for a run of signs like this one; nothing for a sign that the font has."""
    if ord(sign) in _font(REGULAR).face.charToGlyph:
        return None
    if unicodedata.category(sign)[0] in "MC":
        # A mark or a hidden sign belongs to the letter before it.
        return ""
    return WORDS if unicodedata.category(sign)[0] in "LN" else SIGN
