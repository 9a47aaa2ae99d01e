"""Home of the report: a table per style and overall, the trade-off curve, and what sharper interests do."""

from collections.abc import Mapping
from typing import Any

from benchmarks.check_ins.figures import CHOSEN, FIRST_ITEMS, THRESHOLDS, Figures, OfStyle, figures_of
from benchmarks.understanding.report import table

OVERALL = "overall"
HEADS = ["asked", "asked p90", "same three", "a three shared", "near", "same standing out"]
SHORT_HEADS = ["asked", "same three"]


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


def _curve_table(points: list[dict[str, Any]]) -> str:
    heads = ["first", "doubt", *points[0]["styles"]]
    lines = [
        [str(point["first_items"]), str(point["most_doubt"]), *map(_pair, point["styles"].values())]
        for point in points
    ]
    return table(heads, lines)


def _pair(figures: Mapping[str, float]) -> str:
    return f"{_percent(figures['share'])} -> {_percent(figures['same_three'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _alpha(alpha: float | None) -> str:
    return "-" if alpha is None else f"{alpha:.2f}"


assert len(HEADS) == len(Figures._fields) - 1
