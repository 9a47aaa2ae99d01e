"""Home of the comparison: trains every system on the same examples and asks all of them the same rows."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.understanding.candidates import Candidate
from benchmarks.understanding.examples import Example
from benchmarks.understanding.kept import train_or_reuse
from benchmarks.understanding.measuring import (
    Measured,
    Running,
    measure,
    peak_mb,
    understand_plainly,
    warm_up,
)
from benchmarks.understanding.report import report_of
from benchmarks.understanding.slices import scores_of
from benchmarks.understanding.snapshot import code_of
from benchmarks.understanding.training import Trained, environment_of
from commands.nlu_eval import Engine, Row, running, understand
from commands.scores import percentile

WARM_UP = 20

Files = Mapping[str, Sequence[Row]]


class Result(NamedTuple):
    """What one system cost, and what it made of each file."""

    costs: dict[str, float]
    measured: dict[str, Measured]


def compare(
    groups: Sequence[Sequence[Candidate]], examples: Sequence[Example], files: Files, folder: Path
) -> dict[str, Any]:
    """Return the report; the systems of a group are in memory together and take turns."""
    trained = {one.name: _train(one, examples, folder) for one in chain.from_iterable(groups)}
    warm = [example.text for example in examples[:: max(1, len(examples) // WARM_UP)]]
    results: dict[str, Result] = {}
    for group in groups:
        results |= _ask_all(group, trained, files, warm, folder)
    return report_of(
        {name: result.costs for name, result in results.items()},
        {
            file: {
                name: scores_of(rows, result.measured[file].understood) for name, result in results.items()
            }
            for file, rows in files.items()
        },
    )


def _train(one: Candidate, examples: Sequence[Example], folder: Path) -> Trained:
    print(f"training {one.name}", flush=True)
    trained = train_or_reuse(one, examples, folder)
    print(f"  {trained.seconds:.1f} s, {trained.processor_seconds:.1f} s of processor", flush=True)
    return trained


def _ask_all(
    group: Sequence[Candidate],
    trained: Mapping[str, Trained],
    files: Files,
    warm: Sequence[str],
    folder: Path,
) -> dict[str, Result]:
    print(f"asking {', '.join(one.name for one in group)}", flush=True)
    with ExitStack() as stack:
        systems = {
            one.name: Running(
                stack.enter_context(_started(trained[one.name], folder)),
                understand if one.rules else understand_plainly,
            )
            for one in group
        }
        warm_up(systems, warm)
        measured = {file: measure(systems, rows) for file, rows in files.items()}
        memory = {name: peak_mb(system.engine) for name, system in systems.items()}
    by_name = {name: {file: of[name] for file, of in measured.items()} for name in systems}
    return {
        name: Result(costs_of(trained[name], of.values(), memory[name]), of) for name, of in by_name.items()
    }


def _started(trained: Trained, folder: Path) -> AbstractContextManager[Engine]:
    return running(trained.worker, cwd=code_of(folder), environment=environment_of(folder))


def costs_of(trained: Trained, measured: Iterable[Measured], memory_mb: float) -> dict[str, float]:
    """Return what training took and what a message takes, over all files together."""
    parts = list(measured)
    times = [one.milliseconds for part in parts for one in part.understood]
    return {
        "training_seconds": trained.seconds,
        "training_processor_seconds": trained.processor_seconds,
        "model_mb": trained.model_mb,
        "memory_mb": memory_mb,
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
        "processor_ms": 1000 * sum(part.processor_seconds for part in parts) / max(1, len(times)),
    }
