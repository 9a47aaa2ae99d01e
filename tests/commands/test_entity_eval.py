"""The scores of the places, subjects and levels found."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from commands.entity_eval import Named, Row, evaluate, read_rows, report_on, summary_line
from guidance.settings import ROOT

OMMEN, ZWOLLE, MATHS = Named("place", "ommen"), Named("place", "zwolle"), Named("subject", "wiskunde")

# Finds every place that stands in the text as "place:value", and never anything else.
ENGINE = """
import json, re, sys
for line in sys.stdin:
    found = re.findall(r"place:(\\w+)", json.loads(line)["text"])
    print(json.dumps({"entities": [{"entity": "place", "value": one} for one in found]}), flush=True)
"""


def scored(named: list[Named], found: list[Named]) -> dict[str, Any]:
    return report_on([Row(named, "text")], [found])


@pytest.mark.parametrize(
    ("named", "found", "recall", "precision"),
    [
        ([OMMEN], [OMMEN], 1, 1),
        ([OMMEN, MATHS], [OMMEN], 0.5, 1),
        ([OMMEN], [OMMEN, ZWOLLE], 1, 0.5),
        ([OMMEN], [ZWOLLE], 0, 0),
        ([OMMEN, OMMEN], [OMMEN], 0.5, 1),
        ([], [], 1, 1),
    ],
    ids=["found", "one missed", "one too many", "another one", "named twice", "nothing to find"],
)
def test_counts_what_is_found(
    named: list[Named], found: list[Named], recall: float, precision: float
) -> None:
    report = scored(named, found)

    assert (report["recall"], report["precision"]) == (recall, precision)


def test_scores_each_kind_apart() -> None:
    report = scored([OMMEN, MATHS], [MATHS])

    assert report["recall_by_entity"] == {"place": 0, "subject": 1, "level": 1}
    assert "recall 0.500 (place 0.000, subject 1.000" in summary_line(report)


def test_asks_the_engine_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    label = json.dumps([{"entity": "place", "value": "Ommen"}, {"entity": "form", "value": "voltijd"}])
    file.write_text(f"{label}\tik woon in place:ommen\n\n[]\tniets\n", encoding="utf-8")

    report = evaluate(read_rows(file), [sys.executable, "-c", ENGINE], cwd=ROOT, environment=os.environ)

    assert (report["n"], report["recall"], report["precision"]) == (2, 1, 1)
