"""Home of what changed between two check-ins of one kind: told in words, and after the newest one only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.competence_outcome import Cell, competence_outcome
from guidance.competence_outcome_replies import cell_name
from guidance.competence_picture import standing_name
from guidance.expectation_outcome import expectation_outcome
from guidance.expectation_outcome_replies import statements
from guidance.instruments import Instrument
from guidance.interest_outcome import interest_outcome
from guidance.ratings import Rating
from guidance.riasec import InterestType
from guidance.wording import render

Values = dict[str, Any]


@dataclass(frozen=True)
class ClosedCheckIn:
    """A check-in that was closed with an outcome: what was asked and answered, and the level of the pupil."""

    instrument: Instrument
    answers: Mapping[str, Rating]
    day: date
    level: str | None = None


def change_in_words(newest: ClosedCheckIn, earlier: ClosedCheckIn) -> str:
    """Return what changed since an earlier check-in; other versions of the questions are named as such."""
    kind = newest.instrument.name
    return render(
        f"check_in_progress.{kind}",
        day=render("check_in_progress.day", day=earlier.day),
        other_version=newest.instrument.version != earlier.instrument.version,
        **CHANGES[kind](newest, earlier),
    )


def interest_change(newest: ClosedCheckIn, earlier: ClosedCheckIn) -> Values:
    """Return the fields that stood out both times, that came, and that went, in words."""
    now, then = _standing_out(newest), _standing_out(earlier)
    return {
        "kept": _field_names([field for field in now if field in then]),
        "added": _field_names([field for field in now if field not in then]),
        "gone": _field_names([field for field in then if field not in now]),
    }


def _standing_out(closed: ClosedCheckIn) -> list[InterestType]:
    outcome = interest_outcome(closed.instrument, closed.answers, closed.level)
    return [field for group in outcome.standing_out for field in group.types]


def _field_names(fields: list[InterestType]) -> str:
    names = [render(f"check_in.fields.{field}") for field in fields]
    return render("check_in.listed", names=names) if names else ""


def _of_competence(newest: ClosedCheckIn, earlier: ClosedCheckIn) -> Values:
    then = {(cell.bekwaamheid, cell.asks): cell for cell in _cells(earlier)}
    pairs = [(then[cell.bekwaamheid, cell.asks], cell) for cell in _cells(newest)]
    return {
        "changed": [
            {"name": cell_name(cell), "then": standing_name(before), "now": standing_name(cell)}
            for before, cell in pairs
            if standing_name(before) != standing_name(cell)
        ]
    }


def _cells(closed: ClosedCheckIn) -> tuple[Cell, ...]:
    return competence_outcome(closed.instrument, closed.answers).cells


def _of_expectation(newest: ClosedCheckIn, earlier: ClosedCheckIn) -> Values:
    now = expectation_outcome(newest.instrument, newest.answers)
    then = expectation_outcome(earlier.instrument, earlier.answers)
    learned = [item for item in now.expected if item in {*then.surprises, *then.unsure}]
    return {
        "learned": statements(newest.instrument, learned),
        "still": statements(newest.instrument, [item for item in now.surprises if item in then.surprises]),
    }


CHANGES: Mapping[str, Callable[[ClosedCheckIn, ClosedCheckIn], Values]] = {
    "interest": interest_change,
    "competence": _of_competence,
    "expectation": _of_expectation,
}
