"""Home of the picture of an interest outcome: a bar chart as SVG, and the same figures as rows of a table."""

import base64
from fractions import Fraction
from html import escape
from typing import NamedTuple

from guidance.interest_outcome import InterestOutcome
from guidance.riasec import InterestType
from guidance.wording import render

# Sizes in pixels of a drawing as wide as a message on a small phone, so that its words stay readable there.
WIDTH = 290
MARGIN = 2
TITLE_HEIGHT = 40
ROW_HEIGHT = 46
BAR_TOP = 22
BAR_HEIGHT = 14
FIGURE_WIDTH = 40
BAR_WIDTH = WIDTH - 2 * MARGIN - FIGURE_WIDTH

# The colours and letters of the pages. On white: ink 14 to 1, bar 8 to 1, the edge of the track 3 to 1.
INK = "#1f2a2e"
BAR = "#12565c"
TRACK = "#e3eeee"
EDGE = "#7c878b"
LETTERS = "system-ui, 'Segoe UI', Roboto, Oxygen, Ubuntu, Cantarell, Helvetica, Arial, sans-serif"


class FieldBar(NamedTuple):
    """One field in a drawing: its name, the part of the bar that is filled, and the figure beside it."""

    label: str
    share: float | None
    figure: str


def interest_rows(outcome: InterestOutcome) -> tuple[tuple[str, str], ...]:
    """Return label and figure in words of each field, strongest first."""
    return tuple((field_label(field), _mean_in_words(outcome, field)) for field in _fields(outcome))


def field_label(field: InterestType) -> str:
    """Return the name of a field, as the beginning of a line."""
    return render("check_in.row_label", label=render(f"check_in.fields.{field}"))


def interest_bars(outcome: InterestOutcome) -> tuple[FieldBar, ...]:
    """Return a bar for each field, strongest first, for whoever draws them."""
    highest = outcome.instrument.scale[-1][0]
    bars = ((field_label(field), outcome.scores.get(field)) for field in _fields(outcome))
    return tuple(
        FieldBar(label, float(score.mean) / highest, decimal(score.mean))
        if score
        else FieldBar(label, None, "–")
        for label, score in bars
    )


def interest_picture(outcome: InterestOutcome) -> str:
    """Return an SVG bar chart of the fields, strongest first, that also says itself in words."""
    title = render("check_in.picture_title")
    rows = [
        render("check_in.picture_row", label=label, words=words) for label, words in interest_rows(outcome)
    ]
    height = TITLE_HEIGHT + ROW_HEIGHT * len(InterestType) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title words" font-family="{LETTERS}">',
        f'<title id="title">{escape(title)}</title><desc id="words">{escape(" ".join(rows))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text_at(MARGIN, 26, title, size=16, weight="bold"),
        *(_row(bar, number) for number, bar in enumerate(interest_bars(outcome))),
        "</svg>",
    ]
    return "".join(parts)


def as_data_url(svg: str) -> str:
    """Return the drawing as an address that holds it whole."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _fields(outcome: InterestOutcome) -> list[InterestType]:
    scored = [field for group in outcome.groups for field in group.types]
    return scored + [field for field in InterestType if field not in scored]


def _mean_in_words(outcome: InterestOutcome, field: InterestType) -> str:
    score = outcome.scores.get(field)
    if score is None:
        return render("check_in.row_empty")
    highest = outcome.instrument.scale[-1][0]
    mean = decimal(score.mean)
    return render("check_in.row_mean", mean=mean, highest=highest, rated=score.rated, total=score.total)


def decimal(mean: Fraction) -> str:
    """Return a mean with one decimal, as it is written in Dutch."""
    return render("check_in.decimal", number=float(mean))


def _row(bar: FieldBar, number: int) -> str:
    top = TITLE_HEIGHT + number * ROW_HEIGHT
    track = _bar(top + BAR_TOP, BAR_WIDTH, fill=TRACK, stroke=EDGE)
    label = text_at(MARGIN, top + BAR_TOP - 7, bar.label, size=14)
    figure = text_at(WIDTH - MARGIN, top + BAR_TOP + 12, bar.figure, size=14, anchor="end")
    if bar.share is None:
        return label + track + figure
    return label + track + _bar(top + BAR_TOP, round(BAR_WIDTH * bar.share), fill=BAR, stroke=BAR) + figure


def _bar(top: int, width: int, *, fill: str, stroke: str) -> str:
    return (
        f'<rect x="{MARGIN}" y="{top}" width="{width}" height="{BAR_HEIGHT}" rx="3"'
        f' fill="{fill}" stroke="{stroke}"/>'
    )


def text_at(  # noqa: PLR0913  a text in a drawing is what it is
    x: int, y: int, words: str, *, size: int, weight: str = "normal", anchor: str = "start", fill: str = INK
) -> str:
    """Return words at a place of a drawing, in pixels."""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
        f' fill="{fill}">{escape(words)}</text>'
    )
