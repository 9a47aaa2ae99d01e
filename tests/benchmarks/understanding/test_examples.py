"""The one copy of the examples."""

from pathlib import Path

import pytest
import yaml

from benchmarks.understanding.examples import SOURCE, Example, copy_examples

FIRST = """
nlu:
- intent: greet
  examples: |
    - hoi
    - hallo daar
- synonym: hbo
  examples: |
    - hogeschool
"""
SECOND = """
nlu:
- intent: greet
  examples: |
    - goedemorgen
- intent: inform
  examples: |
    - ik woon in [Ommen](place)
    - in [oss]{"entity": "place", "value": "Oss"} dus
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.yml").write_text(FIRST)
    (folder / "b.yml").write_text(SECOND)
    return folder


def test_reads_texts_as_they_would_be_typed(source: Path, tmp_path: Path) -> None:
    examples = copy_examples(source, tmp_path / "copy")

    assert Example("inform", "ik woon in Ommen") in examples
    assert Example("inform", "in oss dus") in examples
    assert [text for intent, text in examples if intent == "greet"] == ["hoi", "hallo daar", "goedemorgen"]


def test_the_most_an_intent_may_have_counts_over_all_files(source: Path, tmp_path: Path) -> None:
    examples = copy_examples(source, tmp_path / "copy", at_most=2)

    assert [text for intent, text in examples if intent == "greet"] == ["hoi", "hallo daar"]
    assert len(examples) == 4


def test_the_copy_holds_what_was_read_and_all_the_rest(source: Path, tmp_path: Path) -> None:
    copy_examples(source, tmp_path / "copy", at_most=1)

    first = yaml.safe_load((tmp_path / "copy" / "a.yml").read_text())
    assert first["nlu"][0] == {"intent": "greet", "examples": "- hoi\n"}
    assert first["nlu"][1] == {"synonym": "hbo", "examples": "- hogeschool\n"}


def test_without_a_limit_the_copy_learns_the_same(source: Path, tmp_path: Path) -> None:
    once = copy_examples(source, tmp_path / "copy")

    assert copy_examples(tmp_path / "copy", tmp_path / "copy of copy") == once
    assert len(once) == 5


def test_there_are_examples_to_copy() -> None:
    assert [file for file in SOURCE.glob("*.yml") if "- intent:" in file.read_text(encoding="utf-8")]
