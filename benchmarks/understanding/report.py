"""Home of the report: the figures of every system, the ratios of ours to the others, and their tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.understanding.candidates import OURS
from benchmarks.understanding.slices import Scores, ratios_to

COMPARED_COSTS = ["training_seconds", "training_processor_seconds", "p50_ms", "processor_ms"]
Costs = Mapping[str, Mapping[str, float]]
Slices = Mapping[str, Mapping[str, Scores]]


def report_of(costs: Costs, slices: Slices) -> dict[str, Any]:
    """Return everything that was measured, ready for JSON; no row of a file is in it."""
    figures = {file: {name: one._asdict() for name, one in scores.items()} for file, scores in slices.items()}
    return {"costs": costs, "rows": figures, "ratios": _ratios(costs, slices)}


def _ratios(costs: Costs, slices: Slices) -> dict[str, dict[str, float | None]]:
    """Return ours over each other system, per cost and for the errors per file."""
    if OURS not in costs:
        return {}
    errors = {f"errors {file}": {name: one.errors for name, one in of.items()} for file, of in slices.items()}
    spent = {cost: {name: figures[cost] for name, figures in costs.items()} for cost in COMPARED_COSTS}
    return {what: ratios_to(OURS, figures) for what, figures in (errors | spent).items()}


def side_by_side(report: Mapping[str, Any]) -> str:
    """Return the report as tables with a column a system."""
    parts = [f"## {file}\n{_columns(scores)}" for file, scores in report["rows"].items()]
    parts.append(f"## costs\n{_columns(report['costs'])}")
    if report["ratios"]:
        parts.append(f"## ours / the other\n{_lines(report['ratios'])}")
    return "\n\n".join(parts)


def one_a_line(report: Mapping[str, Any]) -> str:
    """Return the report as one table a file, with a line a system: the table of pipelines."""
    costs = report["costs"]
    return "\n\n".join(
        f"## {file}\n{_lines({name: {**of, **costs[name]} for name, of in scores.items()})}"
        for file, scores in report["rows"].items()
    )


def _columns(figures: Mapping[str, Mapping[str, Any]]) -> str:
    wanted = list(next(iter(figures.values())))
    return _lines({what: {name: of[what] for name, of in figures.items()} for what in wanted})


def _lines(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a table with a line for every entry, its first column the names of the entries."""
    heads = list(next(iter(figures.values())))
    rows = [[name.replace("_", " "), *(shown(of[head]) for head in heads)] for name, of in figures.items()]
    return table(["", *(head.replace("_", " ") for head in heads)], rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table for a terminal that is one for a document too."""
    lines = [heads, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    filled = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    filled.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in filled)


def shown(figure: Any) -> str:
    """Return a figure as it is printed: counts whole, small figures in three decimals, large ones in one."""
    if isinstance(figure, Mapping):
        return ", ".join(f"{name} {share:.2f}" for name, share in figure.items()) or "none"
    if figure is None:
        return "-"
    if isinstance(figure, int):
        return str(figure)
    return f"{figure:.3f}" if figure < 2 else f"{figure:.1f}"
