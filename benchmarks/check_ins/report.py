"""Home of the report: a table per style and overall, the trade-off curve, and what sharper interests do."""

from collections.abc import Mapping
from typing import Any

from benchmarks.check_ins.figures import CHOSEN, FIRST_ITEMS, THRESHOLDS, OfStyle, figures_of
from benchmarks.understanding.report import table

OVERALL = "overall"
# The same top three in 95% of the pupils, with at most 60% of the items.
AIM, MOST_ASKED = 0.95, 0.6
HEADS = ["asked", "asked p90", "same three", "a three shared", "near", "same standing out"]


def report_of(styles: Mapping[str, OfStyle], sharpness: Mapping[str, OfStyle]) -> dict[str, Any]:
    """Return everything that was measured, ready for JSON."""
    adaptive = {name: of.adaptive[CHOSEN] for name, of in styles.items()}
    forms = {
        "adaptive": adaptive,
        "short": {name: of.short for name, of in styles.items()},
        "drawn": {name: of.drawn for name, of in styles.items()},
    }
    return {
        "chosen": dict(zip(("first_items", "most_doubt"), CHOSEN, strict=True)),
        "alpha": {name: of.alpha for name, of in {**styles, **sharpness}.items()},
        "forms": {form: _with_overall(rows) for form, rows in forms.items()},
        "curve": [_point(styles, first, doubt) for first in FIRST_ITEMS for doubt in THRESHOLDS],
        "sharpness": {name: figures_of(of.adaptive[CHOSEN])._asdict() for name, of in sharpness.items()},
    }


def _with_overall(rows: Mapping[str, list[Any]]) -> dict[str, dict[str, float]]:
    everyone = [one for of_style in rows.values() for one in of_style]
    return {name: figures_of(of)._asdict() for name, of in {**rows, OVERALL: everyone}.items()}


def _point(styles: Mapping[str, OfStyle], first: int, doubt: float) -> dict[str, Any]:
    rows = {name: of.adaptive[first, doubt] for name, of in styles.items()}
    return {"first_items": first, "most_doubt": doubt, "styles": _with_overall(rows)}


def as_text(report: Mapping[str, Any]) -> str:
    """Return the report as tables; shares are in percents."""
    chosen = report["chosen"]
    parts = [
        f"## adaptive, {chosen['first_items']} items a field first, doubt at most {chosen['most_doubt']}",
        _form_table(report["forms"]["adaptive"], report["alpha"]),
        "## baseline: the short form, three items a field",
        _form_table(report["forms"]["short"], report["alpha"]),
        "## baseline: as many items as the adaptive form asked, drawn",
        _form_table(report["forms"]["drawn"], report["alpha"]),
        f"## aim: the same three in {_percent(AIM)}% at {_percent(MOST_ASKED)}% of the items",
        _aim_table(report["curve"]),
        "## trade-off, each cell: items asked -> same three",
        _curve_table(report["curve"]),
        "## adaptive, plain pupils whose interests lie closer together or further apart",
        _form_table(report["sharpness"], report["alpha"]),
    ]
    return "\n\n".join(parts)


def _form_table(rows: Mapping[str, Mapping[str, float]], alphas: Mapping[str, float | None]) -> str:
    lines = [
        [
            name,
            *(_percent(figure) for key, figure in row.items() if key != "pupils"),
            _alpha(alphas.get(name)),
        ]
        for name, row in rows.items()
    ]
    return table(["", *HEADS, "alpha"], lines)


def _aim_table(points: list[dict[str, Any]]) -> str:
    """Show, per style, the best agreement within the aimed share, and the least that reaches the aim."""
    heads = ["", f"best same three with {_percent(MOST_ASKED)}% asked", f"fewest asked for {_percent(AIM)}%"]
    return table(heads, [[name, *_aims(points, name)] for name in points[0]["styles"]])


def _aims(points: list[dict[str, Any]], style: str) -> list[str]:
    figures = [point["styles"][style] for point in points]
    best = max((one["same_three"] for one in figures if one["share"] <= MOST_ASKED), default=None)
    fewest = min((one["share"] for one in figures if one["same_three"] >= AIM), default=None)
    return ["-" if figure is None else _percent(figure) for figure in (best, fewest)]


def _curve_table(points: list[dict[str, Any]]) -> str:
    heads = ["first", "doubt", *points[0]["styles"], "near"]
    return table(heads, map(_curve_line, points))


def _curve_line(point: Mapping[str, Any]) -> list[str]:
    styles = point["styles"]
    where = [str(point["first_items"]), str(point["most_doubt"])]
    return [*where, *map(_pair, styles.values()), _percent(styles[OVERALL]["near"])]


def _pair(figures: Mapping[str, float]) -> str:
    return f"{_percent(figures['share'])} -> {_percent(figures['same_three'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _alpha(alpha: float | None) -> str:
    return "-" if alpha is None else f"{alpha:.2f}"
