"""Home of the pages of a PDF: A4, a band on the first one, and page numbers on all."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from guidance.pdf_letters import BOLD, REGULAR, register_fonts
from guidance.picture import BAR
from guidance.wording import render

LANGUAGE = "nl"
WIDTH, HEIGHT = A4
MARGIN, BAND, FOOT = 20 * mm, 44 * mm, 24 * mm
SOFT = "#4d5a5f"


@dataclass(frozen=True)
class Cover:
    """What stands in the band of the first page and at the foot of every one; all of it printable."""

    title: str
    name: str
    under: str
    foot: str


class NumberedCanvas(Canvas):
    """A canvas that says on each page how many there are, which is known at the end only."""

    def __init__(self, *values: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802  the library's name
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        for number, state in enumerate(self._pages, start=1):
            self.__dict__.update(state)
            self.setFont(REGULAR, 8)
            self.setFillColor(HexColor(SOFT))
            words = render("career_file.pdf.page", number=number, total=len(self._pages))
            self.drawRightString(WIDTH - MARGIN, FOOT - 10 * mm, words)
            super().showPage()
        super().save()


def made_pdf(story: Sequence[Flowable], cover: Cover) -> bytes:
    """Return the pages as a file, with page numbers, a title and its language."""
    register_fonts()
    made = BytesIO()
    first, later = _frame(HEIGHT - BAND - FOOT - 6 * mm), _frame(HEIGHT - FOOT - MARGIN)
    document = BaseDocTemplate(
        made,
        pagesize=A4,
        title=cover.title,
        author=cover.name,
        subject=cover.title,
        lang=LANGUAGE,
        # A reader names the window after the title, not after the file.
        displayDocTitle=True,
        creator="Klaskompas",
        pageTemplates=[
            PageTemplate("first", [first], onPage=lambda canvas, _: _draw_first(canvas, cover)),
            PageTemplate("later", [later], onPage=lambda canvas, _: _draw_foot(canvas, cover)),
        ],
    )
    document.build([NextPageTemplate("later"), *story], canvasmaker=NumberedCanvas)
    return made.getvalue()


def _frame(height: float) -> Frame:
    return Frame(
        MARGIN,
        FOOT,
        WIDTH - 2 * MARGIN,
        height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


def _draw_first(canvas: Canvas, cover: Cover) -> None:
    canvas.setFillColor(HexColor(BAR))
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    canvas.setFillColor(white)
    for words, font, size, up in (
        (cover.title, BOLD, 24, 20),
        (cover.name, REGULAR, 13, 33),
        (cover.under, REGULAR, 10, 39),
    ):
        canvas.setFont(font, size)
        canvas.drawString(MARGIN, HEIGHT - up * mm, words)
    _draw_foot(canvas, cover)


def _draw_foot(canvas: Canvas, cover: Cover) -> None:
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(HexColor(SOFT))
    canvas.drawString(MARGIN, FOOT - 10 * mm, cover.foot)
