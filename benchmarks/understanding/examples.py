"""Home of the examples that every system learns from: one copy, taken once, so that all see the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from guidance.settings import ROOT

SOURCE = ROOT / "data" / "nlu"
# [text](entity) or [text]{"entity": ...}: what Rasa writes around a name.
ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


class Example(NamedTuple):
    """One text to learn from."""

    intent: str
    text: str


def copy_examples(source: Path, folder: Path, *, at_most: int | None = None) -> list[Example]:
    """Copy the training files to a folder, with at most so many examples an intent; return the examples."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: Counter[str] = Counter()
    examples: list[Example] = []
    for file in sorted(source.glob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        if at_most is not None:
            content["nlu"] = [_cut(entry, taken, at_most) for entry in content["nlu"]]
        (folder / file.name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        examples += examples_in(content["nlu"])
    return examples


def examples_in(entries: Iterable[dict[str, Any]]) -> Iterator[Example]:
    """Yield the examples of the intents, as a pupil would have typed them."""
    for entry in entries:
        if "intent" in entry:
            for line in _lines(entry):
                yield Example(entry["intent"], ANNOTATED.sub(r"\1", line))


def _cut(entry: dict[str, Any], taken: Counter[str], at_most: int) -> dict[str, Any]:
    if "intent" not in entry:
        return entry
    kept = _lines(entry)[: max(0, at_most - taken[entry["intent"]])]
    taken[entry["intent"]] += len(kept)
    return entry | {"examples": "".join(f"- {line}\n" for line in kept)}


def _lines(entry: dict[str, Any]) -> list[str]:
    return [line[2:].strip() for line in entry["examples"].splitlines() if line.startswith("- ")]
