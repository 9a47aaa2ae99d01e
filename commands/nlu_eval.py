"""Scores what the assistant understands of single messages, as a fresh conversation would."""

import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from commands.scores import accuracy, macro_f1, percentile
from guidance.redaction import redacted
from guidance.replies import ASKED
from guidance.safety import danger_in
from guidance.understanding import CRISIS as CRISIS
from guidance.understanding import FALLBACK as FALLBACK
from guidance.understanding import OUT_OF_SCOPE, meanings_of, verdict_on

REFUSAL = OUT_OF_SCOPE

type Engine = subprocess.Popen[str]


class Row(NamedTuple):
    """One line of the file."""

    intent: str
    text: str


class Understood(NamedTuple):
    """What was made of one text."""

    intent: str
    confidence: float
    milliseconds: float
    asked: bool = False


def read_rows(file: Path) -> list[Row]:
    """Return the rows intent<TAB>text of a file; empty lines do not count."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Row(*(part.strip() for part in line.split("\t", 1))) for line in lines]


def evaluate(
    rows: Sequence[Row], worker: Sequence[str], *, cwd: Path, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Run the worker over the rows and return the report."""
    with running(worker, cwd=cwd, environment=environment) as engine:
        understood = [understand(row.text, engine) for row in rows]
    return report_on(rows, understood)


@contextmanager
def running(worker: Sequence[str], *, cwd: Path, environment: Mapping[str, str]) -> Iterator[Engine]:
    """Start the worker, wait until its model is loaded, and end it afterwards."""
    with subprocess.Popen(
        worker,
        cwd=cwd,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as engine:
        # Waits for the model to load, which is no part of a turn. Some systems cannot read an empty text.
        ask(engine, ".")
        yield engine
        _end(engine)


def report_on(rows: Sequence[Row], understood: Sequence[Understood]) -> dict[str, Any]:
    """Return the scores with every row, in the order of the file."""
    expected, predicted = [row.intent for row in rows], [one.intent for one in understood]
    times = [one.milliseconds for one in understood]
    return {
        "n": len(rows),
        "accuracy": accuracy(expected, predicted),
        "macro_f1": macro_f1(expected, predicted),
        "asked": sum(one.asked for one in understood) / len(rows) if rows else 0.0,
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
        "rows": [
            {
                "text": row.text,
                "expected": row.intent,
                "predicted": one.intent,
                "confidence": one.confidence,
                "asked": one.asked,
            }
            for row, one in zip(rows, understood, strict=True)
        ],
    }


def understand(text: str, engine: Engine) -> Understood:
    """Return what a fresh conversation makes of a text: safety rules, engine, what is done when unsure."""
    began = time.perf_counter()
    danger = danger_in(text)
    if danger is not None and danger.tier == "B":
        return Understood(CRISIS, 1.0, _milliseconds_since(began))
    answer = ask(engine, redacted(text))
    intent, was_asked = answer["intent"], False
    if intent in (FALLBACK, None):
        named = {entity["entity"] for entity in answer.get("entities", ())}
        verdict = verdict_on(meanings_of(answer["ranking"]), named)
        intent, was_asked = verdict.intent, verdict.kind == ASKED
    return Understood(intent, answer["confidence"], _milliseconds_since(began), was_asked)


def ask(engine: Engine, text: str) -> dict[str, Any]:
    """Return what the engine answers to a text as it stands."""
    if engine.stdin is None or engine.stdout is None:
        raise OSError("the engine has no pipes")
    engine.stdin.write(json.dumps({"text": text}) + "\n")
    engine.stdin.flush()
    line = engine.stdout.readline()
    if not line:
        raise OSError("the engine stopped")
    answer: dict[str, Any] = json.loads(line)
    return answer


def _end(engine: Engine) -> None:
    if engine.stdin is not None:
        engine.stdin.close()
    engine.wait()


def _milliseconds_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
