"""Trains and scores systems on the same files in one run: python -m benchmarks.understanding [--help]."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.understanding.candidates import OURS, SIDE_BY_SIDE, Candidate, candidate, variants
from benchmarks.understanding.comparison import compare
from benchmarks.understanding.examples import SOURCE, Example, copy_examples
from benchmarks.understanding.report import one_a_line, side_by_side
from benchmarks.understanding.snapshot import copy_code
from benchmarks.understanding.training import (
    NotTrained,
    Unavailable,
    environment_of,
    install_nlpjs,
    threads_of,
)
from commands.nlu_eval import read_rows
from guidance.settings import ROOT

ROWS = ROOT / "tests" / "nlu"
UNSEEN = [ROWS / name for name in ("evaluation.tsv", "evaluation_typo.tsv", "evaluation_street.tsv")]


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison; the exit code tells whether everything that had to be there was."""
    options = _parser().parse_args(arguments)
    try:
        candidates = list(_available(options))
        if not candidates:
            return 0
        with _folder(options.keep) as folder:
            report = _compare(candidates, options, folder)
    except (NotTrained, Unavailable, OSError, ValueError) as error:
        print(f"failed: {error}", file=sys.stderr)
        return 1
    print("", one_a_line(report) if options.table else side_by_side(report), sep="\n")
    if options.out:
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _available(options: argparse.Namespace) -> Iterator[Candidate]:
    """Yield the systems asked for; nlp.js is left out where it cannot run, unless all are required."""
    usual = [*variants(), OURS] if options.table else SIDE_BY_SIDE
    for chosen in map(candidate, options.systems or usual):
        try:
            if chosen.pipeline is None:
                install_nlpjs()
        except Unavailable as why:
            if options.require_all:
                raise
            print(f"{chosen.name} is left out: {why}")
        else:
            yield chosen


def _compare(candidates: Sequence[Candidate], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    chosen = options.rows or UNSEEN
    files = {file.stem: read_rows(file) for file in chosen}
    examples = copy_examples(SOURCE, folder / "nlu", at_most=options.examples)
    copy_code(folder)
    setting = _setting(examples, folder)
    print(*(f"{what}: {value}" for what, value in setting.items()), sep="\n", flush=True)
    # The three take turns; a table is too long to hold in memory at once.
    groups = [[one] for one in candidates] if options.table else [candidates]
    return {**setting, **compare(groups, examples, files, folder)}


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Yield where to work: a folder that stays, or one that is gone afterwards."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _setting(examples: Sequence[Example], folder: Path) -> dict[str, Any]:
    """Return what every system has in common."""
    return {
        "examples": len(examples),
        "intents": len({example.intent for example in examples}),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "threads": threads_of(environment_of(folder)),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("--rows", type=Path, nargs="+", metavar="FILE", help="files of intent<TAB>text")
    parser.add_argument(
        "--systems", type=lambda names: names.split(","), help="ours, stock, nlpjs or pipelines"
    )
    parser.add_argument("--table", action="store_true", help="compare every file of pipelines/ with ours")
    parser.add_argument("--examples", type=int, metavar="N", help="learn from at most N examples an intent")
    parser.add_argument("--require-all", action="store_true", help="fail where a system cannot run")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="train only what changed since the last run"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
