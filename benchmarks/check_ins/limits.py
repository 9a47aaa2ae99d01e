"""Home of what the ideal asker reaches and what nobody can pass, with the errors of both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from benchmarks.check_ins.ideal import ASKERS, MOST_ITEMS, OURS, Run, runs_of
from benchmarks.check_ins.population import Array
from benchmarks.check_ins.pupils import Style
from benchmarks.check_ins.report import AIM, MOST_ASKED, OVERALL
from benchmarks.understanding.report import table

# Doubts at which an asker may stop, and what one item may cost in agreement, for the bound.
DOUBTS = np.geomspace(0.7, 0.0005, 120)
PRICES = np.linspace(0.001, 0.06, 60)
RESAMPLES = 200


class Estimate(NamedTuple):
    """A share and its standard error, over resampled pupils."""

    share: float
    error: float


class Curve(NamedTuple):
    """A row a threshold, a column a pupil: the share asked, the chance to agree, and whether it does."""

    asked: Array
    chance: Array
    agrees: Array


def measure_limits(styles: Iterable[Style], count: int, seed: int, together: bool = True) -> dict[str, Any]:
    """Return, per asker and style, the agreement within the aimed share and the items for the aim."""
    runs = {style.name: list(runs_of(style, count, seed)) for style in styles}
    everyone = [one for of_style in runs.values() for one in of_style]
    groups = {**runs, OVERALL: everyone} if together else runs
    return {
        asker: {name: _figures([one[asker] for one in of], asker) for name, of in groups.items()}
        for asker in ASKERS
    }


def _figures(runs: Sequence[Run], asker: str) -> dict[str, Any]:
    curve = curve_of(runs)
    figures: dict[str, Any] = {
        "agreement": _estimate(curve.asked, curve.chance, MOST_ASKED),
        "counted": _estimate(curve.asked, curve.agrees, MOST_ASKED),
        "asked_for_aim": _estimate(curve.chance, curve.asked, AIM),
    }
    if asker != OURS:
        figures |= bounds_of(runs)
    return figures


def curve_of(runs: Sequence[Run]) -> Curve:
    """Stop every run at every threshold."""
    sure, chance, agrees = (np.array(rows) for rows in zip(*runs, strict=True))
    pupils = np.arange(len(runs))
    stops = np.array([(sure >= 1 - doubt).argmax(axis=1) for doubt in DOUBTS])
    return Curve(stops / MOST_ITEMS, chance[pupils, stops], agrees[pupils, stops])


def _estimate(known: Array, wanted: Array, where: float) -> Estimate:
    """Return the mean of what is wanted at the threshold where the mean of what is known is this."""
    split = len(known)
    both = np.concatenate([known, wanted])
    return _resampled(both, lambda means: float(np.interp(where, means[:split], means[split:])))


def bounds_of(runs: Sequence[Run]) -> dict[str, Estimate]:
    """Bound what any rule to stop can reach in this order of asking, even one that knows what follows.

    Who stops each run where agreement less the price of the items is highest does as well as any rule at that
    price. So agreement is at most that, and the price of the items added back, at every price.
    """
    chance = np.array([run.chance for run in runs])
    shares = np.arange(MOST_ITEMS + 1) / MOST_ITEMS
    prices = PRICES * MOST_ITEMS
    best = np.array([(chance - price * shares).max(axis=1) for price in prices])
    return {
        "agreement_at_most": _resampled(
            best, lambda means: min(1.0, float((means + prices * MOST_ASKED).min()))
        ),
        "asked_at_least": _resampled(best, lambda means: float(((AIM - means) / prices).max())),
    }


def _resampled(rows: Array, figure: Callable[[Array], float]) -> Estimate:
    pupils = rows.shape[1]
    draws = np.random.default_rng(pupils).multinomial(pupils, np.full(pupils, 1 / pupils), size=RESAMPLES)
    of_draws = [figure(means) for means in (rows @ draws.T / pupils).T]
    return Estimate(figure(rows.mean(axis=1)), float(np.std(of_draws)))


def limits_as_text(limits: Mapping[str, Mapping[str, Mapping[str, Estimate]]]) -> str:
    """Return a table of everything that was measured, in percents with standard errors."""
    heads = ["asker", "pupils", f"at {MOST_ASKED:.0%} asked: same three", "counted", f"asked for {AIM:.0%}"]
    heads += ["any stop: same three at most", "any stop: asked at least"]
    lines = [
        [asker, name, *map(_shown, figures.values()), *["-"] * (len(heads) - 2 - len(figures))]
        for asker, of in limits.items()
        for name, figures in of.items()
    ]
    return table(heads, lines)


def _shown(estimate: Estimate) -> str:
    return f"{100 * estimate.share:.1f} ± {100 * estimate.error:.1f}"
