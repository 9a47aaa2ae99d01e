"""How well the items of a field hang together, over the pupils of one school."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.instruments import Instrument, get_instrument
from guidance.models.accounts import DEAN, Staff
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.pupil import Pupil
from guidance.reliability import FEWEST_COMPLETE, cronbach_alpha

FEWEST_ITEMS = 2
# What and whom one would teach, and what one expects: these items are not meant to measure one thing.
NO_SCALE = {"teaching", "study", "job"}

Values = Mapping[str, int | None]


@dataclass(frozen=True)
class FieldReliability:
    """One field of one instrument version; the alpha is hidden under 30 complete answers.

    A pupil's answers are complete when every item of the field has a value: not unsure, not skipped.
    """

    field: str
    items: int
    complete: int
    alpha: Fraction | None

    @property
    def is_shown(self) -> bool:
        return self.complete >= FEWEST_COMPLETE


@dataclass(frozen=True)
class InstrumentReliability:
    """One instrument version and its fields, in the order of its items."""

    instrument: Instrument
    fields: tuple[FieldReliability, ...]


def list_reliability(session: Session, dean: Staff) -> list[InstrumentReliability]:
    """Return each version that pupils of the dean's school closed; anonymous visitors never count."""
    if dean.role != DEAN:
        raise NotFound(f"staff {dean.id} is no dean")
    by_version: dict[str, dict[int, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    # A correction is a later version of the answer, so the last one seen stays.
    for version, pupil, item, value in session.execute(_newest_answers(dean.school_id)):
        by_version[version][pupil][item] = value
    instruments = {version: get_instrument(version) for version in by_version}
    found = [
        InstrumentReliability(instrument, _fields_of(instrument, list(by_version[version].values())))
        for version, instrument in sorted(instruments.items(), key=lambda known: (known[1].name, known[0]))
    ]
    return [one for one in found if one.fields]


def _newest_answers(school_id: int) -> Select[str, int, str, int | None]:
    """Select the answers of each pupil's newest closed run of each version, corrections last."""
    place = func.row_number().over(
        partition_by=(CheckInRun.pupil_id, CheckInRun.version),
        order_by=(CheckInRun.closed_at.desc(), CheckInRun.id.desc()),
    )
    closed = (
        select(CheckInRun.id, place.label("place"))
        .join(Pupil, Pupil.id == CheckInRun.pupil_id)
        .where(
            Pupil.school_id == school_id,
            Pupil.code_digest.is_not(None),
            CheckInRun.closed_at.is_not(None),
            CheckInRun.dropped_at.is_(None),
        )
        .subquery()
    )
    return (
        select(CheckInRun.version, CheckInRun.pupil_id, Answer.item, Answer.value)
        .join(Answer, Answer.run_id == CheckInRun.id)
        .join(closed, closed.c.id == CheckInRun.id)
        .where(closed.c.place == 1)
        .order_by(Answer.version, Answer.id)
    )


def _fields_of(instrument: Instrument, runs: list[dict[str, int | None]]) -> tuple[FieldReliability, ...]:
    fields = dict.fromkeys(item.field for item in instrument.items if item.field not in NO_SCALE)
    measured = (_field_of(instrument, field, runs) for field in fields)
    return tuple(one for one in measured if one.items >= FEWEST_ITEMS)


def _field_of(instrument: Instrument, field: str, runs: list[dict[str, int | None]]) -> FieldReliability:
    items = [item.id for item in instrument.items_of(field) if not item.is_words]
    rows = [_values(run, items) for run in runs]
    complete = [row for row in rows if len(row) == len(items)]
    alpha = cronbach_alpha(complete) if len(complete) >= FEWEST_COMPLETE else None
    return FieldReliability(field, len(items), len(complete), alpha)


def _values(run: Values, items: list[str]) -> list[int]:
    return [value for item in items if (value := run.get(item)) is not None]
