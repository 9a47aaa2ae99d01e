"""Asking systems in turns."""

import os
import sys
from collections.abc import Iterator

import pytest

from benchmarks.understanding.measuring import BLOCK, Running, measure, peak_mb, turns, understand_plainly
from commands.nlu_eval import Row, running
from guidance.settings import ROOT

# Stands in for a system: it understands any text as the intent that the text starts with.
ECHO = """
import json, sys
for line in sys.stdin:
    text = json.loads(line)["text"]
    intent = text.split()[0] if text else None
    print(json.dumps({"intent": None if intent == "nothing" else intent, "confidence": 0.5}), flush=True)
"""
ROWS = [Row("greet", f"greet {number}") for number in range(2 * BLOCK + 1)]


@pytest.fixture
def system() -> Iterator[Running]:
    with running([sys.executable, "-c", ECHO], cwd=ROOT, environment=os.environ) as engine:
        yield Running(engine, understand_plainly)


def test_every_system_gets_every_row_in_order() -> None:
    given = list(turns(["ours", "stock", "nlpjs"], ROWS))

    for name in ["ours", "stock", "nlpjs"]:
        assert [row for to, block in given if to == name for row in block] == ROWS


def test_each_block_starts_with_another_system() -> None:
    order = [name for name, _ in turns(["ours", "stock"], ROWS)]

    assert order == ["ours", "stock", "stock", "ours", "ours", "stock"]


def test_measures_what_was_understood_and_how_long_it_took(system: Running) -> None:
    measured = measure({"echo": system}, ROWS)["echo"]

    assert [one.intent for one in measured.understood] == ["greet"] * len(ROWS)
    assert all(one.milliseconds > 0 for one in measured.understood)
    assert measured.processor_seconds > 0


@pytest.mark.parametrize(
    ("text", "intent"),
    [("nlu_fallback", "out_of_scope"), ("nothing", "out_of_scope"), ("ik wil niet meer leven", "ik")],
    ids=["below the threshold", "no intent", "our safety rules stay out"],
)
def test_a_system_by_itself_refuses_what_it_is_unsure_of(system: Running, text: str, intent: str) -> None:
    assert understand_plainly(text, system.engine).intent == intent


def test_knows_the_memory_of_a_running_system(system: Running) -> None:
    assert peak_mb(system.engine) > 1
