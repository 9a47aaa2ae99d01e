"""Receipts of training."""

import json
from pathlib import Path

from benchmarks.understanding.candidates import candidate
from benchmarks.understanding.examples import Example
from benchmarks.understanding.kept import digest, find_earlier

EXAMPLES = [Example("greet", "hoi")]
TRAINED = {"worker": ["node"], "seconds": 2.0, "processor_seconds": 1.0, "model_mb": 0.5}


def test_finds_what_the_same_decided(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps({"decided_by": "this", **TRAINED}))

    earlier = find_earlier(receipt, "this")

    assert earlier is not None
    assert (earlier.worker, earlier.seconds) == (["node"], 2.0)


def test_finds_nothing_when_something_changed_or_nothing_was_trained(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    assert find_earlier(receipt, "this") is None

    receipt.write_text(json.dumps({"decided_by": "that", **TRAINED}))
    assert find_earlier(receipt, "this") is None


def test_examples_and_settings_decide() -> None:
    marks = [
        digest(candidate("stock"), EXAMPLES),
        digest(candidate("stock"), [Example("greet", "hallo")]),
        digest(candidate("nlpjs"), EXAMPLES),
        digest(candidate("a_words"), EXAMPLES),
        digest(candidate("ours"), EXAMPLES),
    ]

    assert len(set(marks)) == len(marks)
    assert digest(candidate("stock"), EXAMPLES) == marks[0]
