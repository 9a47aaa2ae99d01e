"""Home of the training of a system, timed with nothing kept from earlier runs."""

import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.understanding.candidates import NLPJS_FOLDER, Candidate
from benchmarks.understanding.examples import Example
from benchmarks.understanding.pipelines import read_pipeline
from benchmarks.understanding.snapshot import code_of
from commands.engine import ENGINE_PYTHON, engine_environment

LAST_LINES = 20
# How many processor cores may work at once decides the times, so all systems get the same and it is printed.
THREADS = [
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_INTRA_OP_PARALLELISM_THREADS",
    "TF_INTER_OP_PARALLELISM_THREADS",
]


class Unavailable(Exception):
    """What a system needs is not on this machine."""


class NotTrained(Exception):
    """A system could not be trained; its last words follow."""


class Trained(NamedTuple):
    """How to start a trained system, and what its training took."""

    worker: Sequence[str]
    seconds: float
    processor_seconds: float
    model_mb: float


def environment_of(folder: Path) -> dict[str, str]:
    """Return the one environment for every system: that of the product, but Rasa's cache off."""
    cache = {"RASA_MAX_CACHE_SIZE": "0", "RASA_CACHE_DIRECTORY": str(folder / "cache")}
    return engine_environment() | cache | {"PYTHONPATH": str(code_of(folder))}


def threads_of(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that decide the number of threads, as they are set."""
    return {name: environment.get(name, "not set") for name in THREADS}


def train(candidate: Candidate, examples: Sequence[Example], folder: Path) -> Trained:
    """Train a system on the examples; a folder `nlu` beside them holds the same for Rasa."""
    if candidate.pipeline is None:
        return _train_nlpjs(examples, folder)
    return _train_rasa(candidate.name, candidate.pipeline, folder)


def install_nlpjs() -> None:
    """Install the locked packages of nlp.js, or tell why it cannot be done."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise Unavailable("node and npm are not on this machine")
    installed, lock = NLPJS_FOLDER / "node_modules" / ".package-lock.json", NLPJS_FOLDER / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    done = subprocess.run(["npm", "ci"], cwd=NLPJS_FOLDER, capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable(f"npm ci failed: {done.stderr.strip()[-200:]}")


def _train_nlpjs(examples: Sequence[Example], folder: Path) -> Trained:
    taught, model = folder / "nlpjs-examples.json", folder / "nlpjs.json"
    taught.write_text(json.dumps([example._asdict() for example in examples]), encoding="utf-8")
    spent = _timed(["node", str(NLPJS_FOLDER / "train.js"), str(taught), str(model)], folder)
    return Trained(["node", str(NLPJS_FOLDER / "parse.js"), str(model)], *spent, _megabytes(model))


def _train_rasa(name: str, pipeline: Path, folder: Path) -> Trained:
    # Rasa may write into the settings it is given, so it gets a copy.
    settings = folder / f"{name}.yml"
    settings.write_text(yaml.safe_dump(read_pipeline(pipeline), sort_keys=False), encoding="utf-8")
    files = ["--config", str(settings), "--nlu", str(folder / "nlu"), "--domain", "domain.yml"]
    target = ["--out", str(folder), "--fixed-model-name", name]
    rasa = [str(ENGINE_PYTHON), "-W", "ignore", "-m"]
    spent = _timed([*rasa, "rasa", "train", "nlu", *files, *target], folder)
    model = folder / f"{name}.tar.gz"
    return Trained([*rasa, "bot.parse", str(model)], *spent, _megabytes(model))


def _timed(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run a command and return its seconds by the clock and of the processor."""
    began, used = time.perf_counter(), _children_seconds()
    done = subprocess.run(
        command,
        cwd=code_of(folder),
        env=environment_of(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode != 0:
        raise NotTrained("\n".join(done.stdout.splitlines()[-LAST_LINES:]))
    return time.perf_counter() - began, _children_seconds() - used


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _megabytes(file: Path) -> float:
    return os.path.getsize(file) / 1e6
