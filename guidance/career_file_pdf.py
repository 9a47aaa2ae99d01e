"""Home of the career file as a PDF: five sections, sources small, and the picture of interests."""

from collections.abc import Iterator
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from guidance.career_competencies import CareerCompetency
from guidance.career_file import CareerFile, FileSection
from guidance.career_lines import day_in_words
from guidance.clock import school_day
from guidance.interest_outcome import InterestOutcome
from guidance.pdf_letters import BOLD, REGULAR, WORDS, is_replaced, printable, register_fonts
from guidance.pdf_pages import MARGIN, SOFT, WIDTH, Cover, made_pdf
from guidance.picture import BAR, EDGE, INK, TRACK, interest_bars
from guidance.wording import render

ROW_HEIGHT, LABEL_WIDTH, FIGURE_WIDTH, BAR_HEIGHT = 17, 140, 30, 9
Told = tuple[str, str]


def career_file_pdf(file: CareerFile, *, name: str, class_name: str | None = None) -> bytes:
    """Return the career file as a PDF, ready to keep or to hand in."""
    register_fonts()
    story = [part for section in file.sections for part in _section(section, file.interests)]
    if any(is_replaced(text) for section in file.sections for told in _lines(section) for text in told):
        story.append(_words(render("career_file.pdf.unknown_signs", sign=WORDS), "small"))
    return made_pdf(story, _cover(file, name, class_name))


def _cover(file: CareerFile, name: str, class_name: str | None) -> Cover:
    made_on = render("career_file.pdf.made_on", day=day_in_words(file.today))
    class_words = render("career_file.pdf.class_name", class_name=class_name) if class_name else ""
    return Cover(
        title=render("career_file.pdf.title"),
        name=printable(name),
        under=printable("  ·  ".join(filter(None, (class_words, made_on)))),
        foot=printable(render("career_file.pdf.own", name=name)),
    )


def _section(section: FileSection, interests: InterestOutcome | None) -> Iterator[Flowable]:
    key = f"career_file.sections.{section.competency}"
    told = [_line(*one) for one in _lines(section)] or [[_words(render("career_file.pdf.empty"), "soft")]]
    heading = [_words(render(f"{key}.title"), "heading"), _words(render(f"{key}.asks"), "soft")]
    # A heading never stands alone at the foot of a page.
    yield KeepTogether([*heading, Spacer(0, 6), *told[0]])
    yield from map(KeepTogether, told[1:])
    if section.competency == CareerCompetency.MOTIVES and interests is not None and interests.scores:
        yield _picture(interests)
    yield Spacer(0, 14)


def _lines(section: FileSection) -> Iterator[Told]:
    """Yield each line with where it comes from."""
    for one in section.lines:
        yield one.text, one.origin
    for entry in section.entries:
        day = day_in_words(school_day(entry.written_at))
        yield entry.text, render("career_file.origins.own", day=day)


def _line(text: str, origin: str) -> list[Flowable]:
    return [_words(text, "line", bullet="•"), _words(origin, "source")]


def _words(text: str, style: str, *, bullet: str | None = None) -> Paragraph:
    return Paragraph(escape(printable(text)), STYLES[style], bulletText=bullet)


def _style(name: str, size: float, *, font: str = REGULAR, color: str = INK, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.4,
        textColor=HexColor(color),
        bulletFontName=REGULAR,
        **more,
    )


STYLES = {
    "heading": _style("heading", 15, font=BOLD, color=BAR),
    "picture": _style("picture", 10.5, font=BOLD, spaceBefore=8, spaceAfter=4),
    "line": _style("line", 10.5, leftIndent=12, bulletIndent=0),
    "source": _style("source", 7.5, color=SOFT, leftIndent=12, spaceAfter=6),
    "soft": _style("soft", 10, color=SOFT),
    "small": _style("small", 8, color=SOFT),
}


def _picture(outcome: InterestOutcome) -> Flowable:
    """Draw the same bars as in the chat, with the figures beside them."""
    highest = outcome.instrument.scale[-1][0]
    note = render("career_file.pdf.picture_note", highest=highest)
    return KeepTogether(
        [
            _words(render("career_file.pdf.picture_title"), "picture"),
            _bars(outcome),
            _words(note, "small"),
        ]
    )


def _bars(outcome: InterestOutcome) -> Drawing:
    bars = interest_bars(outcome)
    drawing = Drawing(WIDTH - 2 * MARGIN, ROW_HEIGHT * len(bars))
    room = drawing.width - LABEL_WIDTH - FIGURE_WIDTH
    for number, bar in enumerate(reversed(bars)):
        low = number * ROW_HEIGHT + 4
        drawing.add(_string(0, low + 1, bar.label))
        drawing.add(_rect(low, room, fill=TRACK, stroke=EDGE))
        if bar.share is not None:
            drawing.add(_rect(low, room * bar.share, fill=BAR, stroke=BAR))
        drawing.add(_string(drawing.width, low + 1, bar.figure, anchor="end"))
    return drawing


def _rect(low: float, width: float, *, fill: str, stroke: str) -> Rect:
    looks: dict[str, Any] = {"fillColor": HexColor(fill), "strokeColor": HexColor(stroke), "strokeWidth": 0.5}
    return Rect(LABEL_WIDTH, low, width, BAR_HEIGHT, **looks)


def _string(x: float, y: float, words: str, *, anchor: Literal["start", "end"] = "start") -> String:
    looks: dict[str, Any] = {"fontName": REGULAR, "fontSize": 9.5, "fillColor": HexColor(INK)}
    return String(x, y, printable(words), textAnchor=anchor, **looks)
