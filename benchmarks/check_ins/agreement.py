"""Home of what it means that a shorter form names the same fields as the full one."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from guidance.instruments import Instrument
from guidance.interest_outcome import InterestGroup, InterestOutcome
from guidance.ratings import Rating
from guidance.riasec import FIELDS_NAMED, InterestType, Score, cut_after, interest_scores, strongest_interests

Answers = Mapping[str, Rating]
Three = frozenset[InterestType]


@dataclass(frozen=True)
class Agreement:
    """How one pupil's shorter form and full form agree.

    A tie at the cut allows more than one top three. `same_three`: each that the shorter form allows is one
    that the full form allows. `a_three_shared`: at least one is, which is kinder to a form with many ties.
    `near`: each is one of the full form or would be if means shifted by one step of one answer (1/6 point).
    `same_standing_out`: the outcome names exactly the same fields, whatever their number.
    """

    same_three: bool
    a_three_shared: bool
    near: bool
    same_standing_out: bool


@dataclass(frozen=True)
class Named:
    """What the answers of one form name: its scores, the top threes it allows, and what stands out."""

    scores: Mapping[InterestType, Score]
    threes: frozenset[Three]
    standing_out: frozenset[InterestType]


def named_by(form: Instrument, answers: Answers) -> Named:
    """Return what these answers name, by the rules of the outcome."""
    scores = interest_scores(form, answers)
    groups = strongest_interests(scores)
    outcome = InterestOutcome(
        instrument=form,
        values={},
        scores=scores,
        groups=tuple(InterestGroup(types, scores[types[0]].mean, ()) for types in groups),
        routes=(),
        answered=len(answers),
        total=len(form.items),
    )
    standing_out = frozenset(field for group in outcome.standing_out for field in group.types)
    return Named(scores, frozenset(cut_after(groups, FIELDS_NAMED).choices(FIELDS_NAMED)), standing_out)


def agreement(shorter: Named, full: Named) -> Agreement:
    """Compare what a shorter form names with what the full form names."""
    return Agreement(
        same_three=shorter.threes <= full.threes,
        a_three_shared=bool(shorter.threes & full.threes),
        near=all(_is_near(three, full) for three in shorter.threes),
        same_standing_out=shorter.standing_out == full.standing_out,
    )


def _is_near(three: Three, full: Named) -> bool:
    if len(three) < min(FIELDS_NAMED, len(full.scores)):
        return False
    weakest = min((full.scores[field].mean for field in three), default=Fraction(0))
    left_out = [score.mean for field, score in full.scores.items() if field not in three]
    return weakest >= max(left_out, default=Fraction(0)) - _step(full)


def _step(full: Named) -> Fraction:
    return Fraction(1, max((score.total for score in full.scores.values()), default=1))
