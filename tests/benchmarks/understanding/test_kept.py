"""Receipts of training."""

import json
from pathlib import Path

from benchmarks.understanding.candidates import candidate
from benchmarks.understanding.examples import Example
from benchmarks.understanding.kept import digest, find_earlier
from benchmarks.understanding.snapshot import code_of, copy_code

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


def test_examples_and_settings_decide(tmp_path: Path) -> None:
    copy_code(tmp_path)
    code = code_of(tmp_path)

    marks = [
        digest(candidate("stock"), EXAMPLES, code),
        digest(candidate("stock"), [Example("greet", "hallo")], code),
        digest(candidate("nlpjs"), EXAMPLES, code),
        digest(candidate("a_words"), EXAMPLES, code),
        digest(candidate("ours"), EXAMPLES, code),
    ]

    assert len(set(marks)) == len(marks)
    assert digest(candidate("stock"), EXAMPLES, code) == marks[0]


def test_own_code_decides_for_ours_alone(tmp_path: Path) -> None:
    copy_code(tmp_path)
    code = code_of(tmp_path)
    before = [digest(candidate(name), EXAMPLES, code) for name in ("ours", "stock", "nlpjs")]

    (code / "bot" / "words.yml").write_text("changed")

    after = [digest(candidate(name), EXAMPLES, code) for name in ("ours", "stock", "nlpjs")]
    assert before[0] != after[0]
    assert before[1:] == after[1:]
