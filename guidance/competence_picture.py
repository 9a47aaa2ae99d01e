"""Home of the picture of a competence outcome: nine boxes as SVG, and the same in rows of a table."""

from html import escape

from guidance.bekwaamheden import Bekwaamheid, SelfSelection, Standing
from guidance.competence_outcome import NO, Cell, CompetenceOutcome
from guidance.picture import BAR, EDGE, INK, LETTERS, MARGIN, TRACK, WIDTH, text_at
from guidance.wording import render

# Sizes in pixels, as wide as the picture of the interests.
TOP = 52
LABEL_HEIGHT = 24
BOX_HEIGHT = 44
ROW_HEIGHT = LABEL_HEIGHT + BOX_HEIGHT + 10
GAP = 6
BOX_WIDTH = (WIDTH - 2 * GAP - 2 * MARGIN) // 3
HATCHED = "url(#doubt)"
WHITE = "#ffffff"
FILLS = {"clear_yes": BAR, "clear_no": INK, "doubt": HATCHED, "not_discussed": WHITE}


def competence_rows(outcome: CompetenceOutcome) -> tuple[tuple[str, str], ...]:
    """Return label and standing in words of each cell, in the order of the picture."""
    return tuple((_label(cell), standing_name(cell)) for cell in outcome.cells)


def standing_name(cell: Cell) -> str:
    """Return where a pupil stands with a cell, in words; a clear one says yes or no."""
    return render(f"competence.standings.{_key_of(cell)}")


def competence_picture(outcome: CompetenceOutcome) -> str:
    """Return an SVG of three rows of three boxes that also says itself in words."""
    title = render("competence.picture_title")
    words = " ".join(f"{label}: {standing}." for label, standing in competence_rows(outcome))
    height = TOP + ROW_HEIGHT * len(Bekwaamheid)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title words" font-family="{LETTERS}">',
        f'<title id="title">{escape(title)}</title><desc id="words">{escape(words)}</desc>',
        '<defs><pattern id="doubt" width="8" height="8" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="8" height="8" fill="{TRACK}"/>'
        f'<line x1="0" y1="0" x2="0" y2="8" stroke="{EDGE}" stroke-width="2"/></pattern></defs>',
        f'<rect width="{WIDTH}" height="{height}" fill="{WHITE}"/>',
        text_at(MARGIN, 20, title, size=16, weight="bold"),
        *(_heading(column, asks) for column, asks in enumerate(SelfSelection)),
        *(_row(outcome, row, field) for row, field in enumerate(Bekwaamheid)),
        "</svg>",
    ]
    return "".join(parts)


def _label(cell: Cell) -> str:
    field, asks = (
        render(f"competence.fields.{cell.bekwaamheid}"),
        render(f"competence.asks.{cell.asks}"),
    )
    return render("competence.row_label", field=field, asks=asks)


def _heading(column: int, asks: SelfSelection) -> str:
    return text_at(
        _middle_of(column), TOP - 8, render(f"competence.columns.{asks}"), size=13, anchor="middle"
    )


def _row(outcome: CompetenceOutcome, row: int, field: Bekwaamheid) -> str:
    top = TOP + row * ROW_HEIGHT
    label = render("check_in.row_label", label=render(f"competence.fields.{field}"))
    cells = [cell for cell in outcome.cells if cell.bekwaamheid == field]
    boxes = [_box(column, top + LABEL_HEIGHT, cell) for column, cell in enumerate(cells)]
    return text_at(MARGIN, top + LABEL_HEIGHT - 7, label, size=14) + "".join(boxes)


def _box(column: int, top: int, cell: Cell) -> str:
    left = _left_of(column)
    box = (
        f'<rect x="{left}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="4"'
        f' fill="{FILLS[_key_of(cell)]}" stroke="{EDGE}"/>'
    )
    fill = WHITE if cell.standing == Standing.CLEAR else INK
    words = text_at(_middle_of(column), top + 27, _short(cell), size=13, anchor="middle", fill=fill)
    # A doubtful box is hatched: its words stand on a plain strip, so that they can be read.
    strip = (
        f'<rect x="{left + 8}" y="{top + 11}" width="{BOX_WIDTH - 16}" height="22" rx="3" fill="{WHITE}"/>'
    )
    return box + (strip if cell.standing == Standing.DOUBT else "") + words


def _short(cell: Cell) -> str:
    return render(f"competence.short.{_key_of(cell)}")


def _key_of(cell: Cell) -> str:
    """Return the key of where a cell stands; a clear one says yes or no."""
    return cell.standing.value if cell.value is None else "clear_no" if cell.value == NO else "clear_yes"


def _left_of(column: int) -> int:
    return MARGIN + column * (BOX_WIDTH + GAP)


def _middle_of(column: int) -> int:
    return _left_of(column) + BOX_WIDTH // 2
