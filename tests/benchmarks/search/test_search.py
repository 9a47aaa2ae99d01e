"""Timing searches: every sort is measured, and the figures are those of times."""

import json

import pytest

from benchmarks.search.__main__ import SORTS, main


def test_prints_the_figures_of_every_sort(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--searches", "50"]) == 0

    figures = json.loads(capsys.readouterr().out)
    assert set(figures) == {"all", *SORTS}
    assert figures["all"]["n"] == 50
    for one in figures.values():
        assert 0 < one["p50_ms"] <= one["p95_ms"]
