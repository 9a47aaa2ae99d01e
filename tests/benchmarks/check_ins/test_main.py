"""The simulation: the same seed gives the same figures, and its forms are what they say."""

import json
from pathlib import Path

import pytest

from benchmarks.check_ins.__main__ import main
from benchmarks.check_ins.figures import CHOSEN, measure_style
from benchmarks.check_ins.forms import SHORT, walk
from benchmarks.check_ins.pupils import FORM, PLAIN, STYLES, simulated_pupils
from guidance.adaptive_order import Rule, next_interest_item
from guidance.riasec import InterestType


def test_draws_the_same_pupils_from_the_same_seed() -> None:
    assert list(simulated_pupils(PLAIN, 3, 1)) == list(simulated_pupils(PLAIN, 3, 1))
    assert list(simulated_pupils(PLAIN, 3, 1)) != list(simulated_pupils(PLAIN, 3, 2))


def test_answers_often_unsure_when_that_is_the_style() -> None:
    unsure = next(style for style in STYLES if style.unsure)
    answers = [rating for pupil in simulated_pupils(unsure, 50, 1) for rating in pupil.values()]

    share = sum(rating.kind == "unsure" for rating in answers) / len(answers)

    assert share == pytest.approx(unsure.unsure, abs=0.05)


def test_takes_three_items_a_field_in_the_short_form() -> None:
    fields = [FORM.item(item).field for item in SHORT]

    assert {field: fields.count(field) for field in InterestType} == dict.fromkeys(InterestType, 3)


@pytest.mark.parametrize("doubt", [0.0, 0.05, 0.3])
def test_stops_one_walk_where_the_form_itself_would_stop(doubt: float) -> None:
    (answers,) = simulated_pupils(PLAIN, 1, 5)
    given = {}
    while item := next_interest_item(FORM, given, Rule(2, doubt)):
        given[item.id] = answers[item.id]

    assert walk(answers, 2).asked_at(doubt) == tuple(given)


def test_draws_as_many_items_as_the_adaptive_form_asked() -> None:
    measured = measure_style(PLAIN, 3, 1, firsts=[2])

    assert [one.share for one in measured.drawn] == [one.share for one in measured.adaptive[CHOSEN]]


def test_prints_tables_and_writes_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures.json"

    assert main(["--pupils", "14", "--seed", "3", "--out", str(out)]) == 0

    figures = json.loads(out.read_text())
    assert set(figures["forms"]["adaptive"]) == {style.name for style in STYLES} | {"overall"}
    printed = capsys.readouterr().out
    assert "often unsure" in printed
    assert "## aim: the same three in 95.0% at 60.0% of the items" in printed


def test_prints_what_an_ideal_asker_reaches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "limits.json"

    assert main(["--ideal", "--pupils", "14", "--seed", "3", "--out", str(out)]) == 0

    figures = json.loads(out.read_text())
    assert set(figures["styles"]["ideal"]) == {style.name for style in STYLES} | {"overall"}
    assert "asked for 95%" in capsys.readouterr().out
