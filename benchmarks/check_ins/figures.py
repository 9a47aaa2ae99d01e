"""Home of the figures over many pupils: shares, agreements and the reliability of what was simulated."""

from collections.abc import Iterable, Sequence
from random import Random
from statistics import fmean, quantiles
from typing import NamedTuple

from benchmarks.check_ins.agreement import Named, named_by
from benchmarks.check_ins.forms import SHORT, Measured, drawn_items, measure, walk
from benchmarks.check_ins.pupils import FORM, Answers, Style, simulated_pupils
from guidance.adaptive_order import RULE
from guidance.reliability import FEWEST_COMPLETE, cronbach_alpha
from guidance.riasec import InterestType

THRESHOLDS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.11, 0.13, 0.15, 0.2, 0.3)
FIRST_ITEMS = (1, 2)
CHOSEN = (RULE.first_items, RULE.most_doubt)
Point = tuple[int, float]


class Figures(NamedTuple):
    """Mean and ninetieth percentile of the share of 36 items asked, and four shares of pupils who agree."""

    pupils: int
    share: float
    share_p90: float
    same_three: float
    a_three_shared: float
    near: float
    same_standing_out: float


class OfStyle(NamedTuple):
    """What was measured of the pupils of one style, a row a pupil: a form or a point of the curve."""

    alpha: float | None
    adaptive: dict[Point, list[Measured]]
    short: list[Measured]
    drawn: list[Measured]


def measure_style(style: Style, count: int, seed: int, firsts: Sequence[int] = FIRST_ITEMS) -> OfStyle:
    """Simulate so many pupils of a style and put them through every form."""
    pupils = list(simulated_pupils(style, count, seed))
    points: dict[Point, list[Measured]] = {}
    short, drawn = [], []
    for number, answers in enumerate(pupils):
        full = named_by(FORM, answers)
        for point, measured in _adaptive(answers, full, firsts).items():
            points.setdefault(point, []).append(measured)
        same_number = round(points[CHOSEN][-1].share * len(FORM.items))
        items = drawn_items(same_number, Random(f"{seed} drawn {style.name} {number}"))
        drawn.append(measure(answers, items, full))
        short.append(measure(answers, SHORT, full))
    return OfStyle(_alpha(pupils), points, short, drawn)


def _adaptive(answers: Answers, full: Named, firsts: Sequence[int]) -> dict[Point, Measured]:
    measured: dict[Point, Measured] = {}
    for first in firsts:
        walked = walk(answers, first)
        # Many thresholds stop at the same item.
        stops = {doubt: walked.asked_at(doubt) for doubt in THRESHOLDS}
        at_stop = {items: measure(answers, items, full) for items in set(stops.values())}
        measured |= {(first, doubt): at_stop[items] for doubt, items in stops.items()}
    return measured


def figures_of(measured: Iterable[Measured]) -> Figures:
    """Sum up what was measured of each pupil."""
    rows = list(measured)
    shares = [row.share for row in rows]
    return Figures(
        pupils=len(rows),
        share=fmean(shares),
        share_p90=quantiles(shares, n=10, method="inclusive")[-1],
        same_three=fmean(row.agreement.same_three for row in rows),
        a_three_shared=fmean(row.agreement.a_three_shared for row in rows),
        near=fmean(row.agreement.near for row in rows),
        same_standing_out=fmean(row.agreement.same_standing_out for row in rows),
    )


def _alpha(pupils: Sequence[Answers]) -> float | None:
    """Return the mean alpha of the six fields, to hold beside what a school measures."""
    of_fields = [_complete_rows(pupils, [item.id for item in FORM.items_of(field)]) for field in InterestType]
    alphas = [cronbach_alpha(rows) for rows in of_fields if len(rows) >= FEWEST_COMPLETE]
    known = [float(alpha) for alpha in alphas if alpha is not None]
    return fmean(known) if known else None


def _complete_rows(pupils: Sequence[Answers], items: Sequence[str]) -> list[list[int]]:
    rows = [[value for item in items if (value := answers[item].value)] for answers in pupils]
    return [row for row in rows if len(row) == len(items)]
