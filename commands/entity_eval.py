"""Scores which places, subjects and levels are found in single messages."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from commands.nlu_eval import ask, running
from guidance.places import spelling

SCORED = ("place", "subject", "level")


class Named(NamedTuple):
    """What one text names: the kind of entity and its value, in plain spelling."""

    entity: str
    value: str


class Row(NamedTuple):
    """One line of the file."""

    named: list[Named]
    text: str


def read_rows(file: Path) -> list[Row]:
    """Return the rows JSON<TAB>text of a file; empty lines do not count."""
    lines = [line.split("\t", 1) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Row(_named(json.loads(labels)), text) for labels, text in lines]


def evaluate(
    rows: Sequence[Row], worker: Sequence[str], *, cwd: Path, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Run the worker over the rows and return the report."""
    with running(worker, cwd=cwd, environment=environment) as engine:
        found = [_named(ask(engine, row.text)["entities"]) for row in rows]
    return report_on(rows, found)


def report_on(rows: Sequence[Row], found: Sequence[Sequence[Named]]) -> dict[str, Any]:
    """Return recall and precision, over all and by kind of entity, with the rows in their order."""
    expected, right, given = Counter[str](), Counter[str](), Counter[str]()
    for row, names in zip(rows, found, strict=True):
        expected.update(name.entity for name in row.named)
        given.update(name.entity for name in names)
        right.update(name.entity for name in (Counter(row.named) & Counter(names)).elements())
    return {
        "n": len(rows),
        "recall": _ratio(right.total(), expected.total()),
        "precision": _ratio(right.total(), given.total()),
        "recall_by_entity": {entity: _ratio(right[entity], expected[entity]) for entity in SCORED},
        "precision_by_entity": {entity: _ratio(right[entity], given[entity]) for entity in SCORED},
        "rows": [
            {"text": row.text, "expected": row.named, "found": list(names)}
            for row, names in zip(rows, found, strict=True)
        ],
    }


def summary_line(report: Mapping[str, Any]) -> str:
    """Return what to print about a report."""
    by_entity = ", ".join(f"{entity} {recall:.3f}" for entity, recall in report["recall_by_entity"].items())
    recall = f"recall {report['recall']:.3f} ({by_entity})"
    return f"{report['n']} rows, {recall}, precision {report['precision']:.3f}"


def _named(entities: Sequence[Mapping[str, Any]]) -> list[Named]:
    return [
        Named(entity["entity"], spelling(str(entity["value"])))
        for entity in entities
        if entity["entity"] in SCORED
    ]


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
