"""The report and its tables."""

import json
from typing import Any

import pytest

from benchmarks.understanding.report import one_a_line, report_of, shown, side_by_side, table
from benchmarks.understanding.slices import scores_of
from commands.nlu_eval import Row, Understood

ROWS = [Row("greet", "a secret text"), Row("thank", "another")]


def costs(seconds: float) -> dict[str, float]:
    return {
        "training_seconds": seconds,
        "training_processor_seconds": 1.0,
        "p50_ms": 5.0,
        "processor_ms": 0.0,
    }


def report(**predicted: list[str]) -> dict[str, Any]:
    understood = {name: [Understood(one, 0.9, 1.0) for one in intents] for name, intents in predicted.items()}
    slices = {"typo": {name: scores_of(ROWS, of) for name, of in understood.items()}}
    return report_of({name: costs(10.0 * place) for place, name in enumerate(predicted, 1)}, slices)


def test_sets_our_errors_and_costs_beside_those_of_the_others() -> None:
    ratios = report(ours=["greet", "greet"], stock=["thank", "greet"])["ratios"]

    assert ratios["errors typo"] == {"stock": 0.5}
    assert ratios["training_seconds"] == {"stock": 0.5}
    assert ratios["processor_ms"] == {"stock": None}


def test_holds_no_text_of_a_row() -> None:
    assert "secret" not in json.dumps(report(ours=["thank", "thank"], stock=["greet", "thank"]))


def test_without_ours_there_is_nothing_to_compare() -> None:
    assert report(stock=["greet", "thank"])["ratios"] == {}


def test_prints_a_column_a_system() -> None:
    lines = side_by_side(report(ours=["greet", "thank"], stock=["greet", "greet"])).splitlines()

    assert lines[:2] == ["## typo", "|                     | ours  | stock |"]
    assert "| accuracy            | 1.000 | 0.500 |" in lines
    assert "| errors              | 0     | 1     |" in lines


def test_prints_a_line_a_system_for_the_table_of_pipelines() -> None:
    lines = one_a_line(report(a_words=["greet", "thank"], ours=["greet", "greet"])).splitlines()

    assert [line.split("|")[1].strip() for line in lines[3:]] == ["a words", "ours"]
    assert "accuracy" in lines[1]


def test_a_table_is_filled_out_to_its_widest_cell() -> None:
    assert table(["", "long"], [["row", "1"]]) == "|     | long |\n| --- | ---- |\n| row | 1    |"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (3, "3"),
        (0.12345, "0.123"),
        (48.75, "48.8"),
        (None, "-"),
        ({}, "none"),
        ({"greet": 0.5}, "greet 0.50"),
    ],
    ids=["count", "share", "large", "unknown", "no weak intents", "weak intents"],
)
def test_shows_a_figure_as_it_reads_best(figure: Any, text: str) -> None:
    assert shown(figure) == text
