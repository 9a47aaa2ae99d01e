"""Home of the cards with personal codes: ten to a page, to cut loose and hand out."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table

from guidance.pdf_letters import BOLD, REGULAR, printable, register_fonts
from guidance.pdf_pages import MARGIN, SOFT, WIDTH, Cover, made_pdf
from guidance.personal_codes import CodeOfPupil, SignInPage
from guidance.wording import render

COLUMNS = 2
CARD = (WIDTH - 2 * MARGIN) / COLUMNS
QR = 27 * mm
HIGH = 42 * mm


def code_cards_pdf(cards: Sequence[CodeOfPupil], *, page: SignInPage, class_name: str) -> bytes:
    """Return the cards of a class as a file."""
    register_fonts()
    shown = [_card(card, page) for card in cards]
    rows = [shown[first : first + COLUMNS] for first in range(0, len(shown), COLUMNS)]
    # The last row of an odd class has one card.
    cells: list[list[Flowable | str]] = [[*row, *[""] * (COLUMNS - len(row))] for row in rows]
    under = render("roster.cards.under", class_name=class_name, count=len(cards))
    cover = Cover(
        printable(render("roster.cards.title")),
        printable(page.school),
        printable(under),
        printable(render("roster.cards.foot")),
    )
    table = Table(cells, colWidths=CARD, rowHeights=HIGH)
    table.setStyle(
        [("INNERGRID", (0, 0), (-1, -1), 0.5, HexColor(SOFT)), ("BOX", (0, 0), (-1, -1), 0.5, HexColor(SOFT))]
    )
    return made_pdf([table], cover)


def _card(card: CodeOfPupil, page: SignInPage) -> Flowable:
    address = page.address.partition("//")[2]
    words = [
        _line(page.school, 8),
        _line(card.first_name, 13, BOLD),
        _line(card.code, 8, BOLD),
        _line(render("roster.cards.how", address=address), 7),
        _line(render("roster.cards.keep"), 7),
    ]
    return Table([[_qr(page.address_with(card.code)), words]], colWidths=[QR, CARD - QR - 5 * mm])


def _line(text: str, size: float, font: str = REGULAR) -> Paragraph:
    style = ParagraphStyle("card", fontName=font, fontSize=size, leading=size * 1.35, splitLongWords=True)
    return Paragraph(escape(printable(text)), style)


def _qr(address: str) -> Drawing:
    widget = QrCodeWidget(address, barLevel="M", barWidth=QR, barHeight=QR)
    drawing = Drawing(QR, QR)
    drawing.add(widget)
    return drawing
