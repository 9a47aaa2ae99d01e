"""Prepares and scores the engine: python -m commands.engine --help."""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import PIPE, STDOUT
from tempfile import TemporaryDirectory

from commands import entity_eval
from commands.engine_names import NAMES_FILE, write_names
from commands.nlu_eval import evaluate, read_rows
from commands.understanding_scores import summary_lines
from guidance.settings import ROOT

ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
MODELS = ROOT / "models"
MODELS_KEPT = 2
PROGRESS = "Starting to train component"
# Everything that decides what the engine understands and does.
DECIDING = ["config.yml", "domain.yml", "data/**/*.yml", "bot/*.py", "bot/words.yml", "bot/uv.lock"]


class TrainingFailed(Exception):
    """The engine could not be trained; what it said stands above."""


def main(arguments: list[str] | None = None) -> int:
    """Run one of the commands."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (TrainingFailed, OSError, ValueError) as error:
        print(f"failed: {error}", file=sys.stderr)
        return 1


def model_path() -> Path:
    """Return where the model of the present files lies, or will lie; writes the names first."""
    names = write_names()
    files = sorted(file for pattern in DECIDING for file in ROOT.glob(pattern))
    return MODELS / f"{digest_of([*files, names])}.tar.gz"


def digest_of(files: Iterable[Path]) -> str:
    """Return a short hash of the names and contents of files."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def find_or_train_model() -> Path:
    """Train the engine unless the model of the present files is there; return its path."""
    model = model_path()
    if model.exists():
        print(f"the model is up to date: {model.relative_to(ROOT)}")
        return model

    print("training the engine, this takes a minute or two", flush=True)
    _run_rasa("train", "--fixed-model-name", model.name.removesuffix(".tar.gz"), "--out", str(MODELS))
    if not model.exists():
        raise TrainingFailed("no model was written")
    forget_old_models(MODELS, keep=MODELS_KEPT)
    print(f"trained: {model.relative_to(ROOT)}")
    return model


def forget_old_models(folder: Path, *, keep: int) -> None:
    """Remove all but the newest models of a folder."""
    newest_first = sorted(folder.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for model in newest_first[keep:]:
        model.unlink()


def engine_environment() -> dict[str, str]:
    """Return the environment for a process of the engine: no telemetry, one thread, no warnings."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    return os.environ | quiet | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


def _run_rasa(*words: str) -> None:
    """Run Rasa, print only which part it trains, and everything it said when it fails."""
    command = [str(ENGINE_PYTHON), "-W", "ignore", "-m", "rasa", *words]
    said = []
    with subprocess.Popen(
        command, cwd=ROOT, env=engine_environment(), stdout=PIPE, stderr=STDOUT, encoding="utf-8"
    ) as rasa:
        for line in rasa.stdout or ():
            said.append(line)
            if PROGRESS in line:
                print(f"  {line.partition(PROGRESS)[2].strip()}", flush=True)
    if rasa.returncode != 0:
        print("".join(said), file=sys.stderr)
        raise TrainingFailed("rasa stopped with an error")


def _write_names(_options: argparse.Namespace) -> int:
    print(write_names().relative_to(ROOT))
    return 0


def _train(_options: argparse.Namespace) -> int:
    find_or_train_model()
    return 0


def _show_model(_options: argparse.Namespace) -> int:
    print(model_path())
    return 0


def _check(_options: argparse.Namespace) -> int:
    """Refuse rules that contradict each other and data that Rasa warns about, before any training."""
    write_names()
    with TemporaryDirectory() as folder:
        _run_rasa("train", "core", "--out", folder)
    _run_rasa("data", "validate", "--fail-on-warnings")
    return 0


def _test(_options: argparse.Namespace) -> int:
    """Run the conversations through the model; one wrong prediction is a failure."""
    model = str(find_or_train_model())
    with TemporaryDirectory() as folder:
        stories = ["--stories", "tests/conversations", "--e2e", "--fail-on-prediction-errors"]
        _run_rasa("test", "core", "--model", model, "--out", folder, *stories)
    print("the conversations go as they are told")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    rows = read_rows(options.file)
    worker = [str(ENGINE_PYTHON), "-m", "bot.parse", str(find_or_train_model())]
    report = evaluate(rows, worker, cwd=ROOT, environment=engine_environment())
    options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{report['n']} rows, accuracy {report['accuracy']:.3f}, macro F1 {report['macro_f1']:.3f}")
    print("\n".join(summary_lines(report["rows"])))
    return 0


def _evaluate_entities(options: argparse.Namespace) -> int:
    worker = [str(ENGINE_PYTHON), "-m", "bot.parse", str(find_or_train_model())]
    rows = entity_eval.read_rows(options.file)
    report = entity_eval.evaluate(rows, worker, cwd=ROOT, environment=engine_environment())
    options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(entity_eval.summary_line(report))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.engine", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("names", help=f"write {NAMES_FILE.relative_to(ROOT)}").set_defaults(run=_write_names)
    commands.add_parser("train", help="train if anything changed").set_defaults(run=_train)
    commands.add_parser("check", help="find contradictions without training").set_defaults(run=_check)
    commands.add_parser("test", help="run tests/conversations").set_defaults(run=_test)
    commands.add_parser("model", help="print the path of the present model").set_defaults(run=_show_model)
    intents = commands.add_parser("nlu-eval", help="score rows of intent<TAB>text")
    entities = commands.add_parser("entity-eval", help="score rows of JSON list of entities<TAB>text")
    for scoring, run in ((intents, _evaluate), (entities, _evaluate_entities)):
        scoring.add_argument("file", type=Path)
        scoring.add_argument("out", type=Path)
        scoring.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
