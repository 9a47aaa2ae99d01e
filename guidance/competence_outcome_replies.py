"""Home of what the assistant says about a competence outcome: words, picture, and one dated next step."""

from collections.abc import Sequence
from datetime import date

from guidance.bekwaamheden import Bekwaamheid, SelfSelection, Standing
from guidance.check_in_replies import too_few_reply
from guidance.competence_outcome import NO, YES, Cell, CompetenceOutcome
from guidance.competence_picture import competence_picture, competence_rows
from guidance.picture import as_data_url
from guidance.replies import Button, Reply, payload
from guidance.wording import render


def competence_replies(outcome: CompetenceOutcome, next_day: date) -> list[Reply]:
    """Tell what is clear, in doubt or not discussed, from which answers; then the picture and a next step."""
    if outcome.is_too_thin:
        return [too_few_reply(outcome.instrument, outcome.answered), _next_step("open", next_day)]
    picture = Reply(
        render("competence.picture"),
        image=as_data_url(competence_picture(outcome)),
        alt=render("competence.picture_alt"),
        table=competence_rows(outcome),
    )
    return [Reply(_words(outcome)), picture, _next_step(_topic(outcome), next_day)]


def cell_name(cell: Cell) -> str:
    """Return what a cell is about, as a part of a line."""
    return render("competence.cell", field=field_name(cell.bekwaamheid), asks=asks_name(cell.asks))


def field_name(field: Bekwaamheid) -> str:
    """Return a bekwaamheid in everyday words."""
    return render(f"competence.fields.{field}")


def asks_name(asks: SelfSelection) -> str:
    """Return a self-selection question in everyday words."""
    return render(f"competence.asks.{asks}")


def _words(outcome: CompetenceOutcome) -> str:
    return render(
        "competence.outcome",
        yes=_names(outcome.cells_that(Standing.CLEAR, YES)),
        no=_names(outcome.cells_that(Standing.CLEAR, NO)),
        doubt=_names(outcome.cells_that(Standing.DOUBT)),
        not_discussed=_names(outcome.cells_that(Standing.NOT_DISCUSSED)),
        words=[{"field": field_name(one.bekwaamheid), "text": one.text} for one in outcome.words],
    )


def _names(cells: Sequence[Cell]) -> list[str]:
    return [cell_name(cell) for cell in cells]


def _topic(outcome: CompetenceOutcome) -> str:
    if outcome.cells_that(Standing.DOUBT):
        return "doubt"
    return "open" if outcome.cells_that(Standing.NOT_DISCUSSED) else "clear"


def _next_step(topic: str, next_day: date) -> Reply:
    text = render(f"competence.next_step.{topic}", date=render("check_in.date", day=next_day))
    try_out = Button(render("competence.try_button"), payload("find_teaching_experience"))
    talk = Button(render("check_in.talk_button"), payload("request_talk"))
    return Reply(text, buttons=(talk, try_out))
