"""Home of the receipts of training: where the folder is kept, what has not changed is not trained again."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.understanding.candidates import NLPJS_FOLDER, Candidate
from benchmarks.understanding.examples import Example
from benchmarks.understanding.pipelines import read_pipeline
from benchmarks.understanding.snapshot import code_of
from benchmarks.understanding.training import Trained, train

OWN_CODE = [
    "bot/*.py",
    "bot/words.yml",
    "bot/uv.lock",
    "bot/generated/*",
    "benchmarks/understanding/spelling_step.py",
]


def train_or_reuse(candidate: Candidate, examples: Sequence[Example], folder: Path) -> Trained:
    """Return the system as it was trained in this folder on the same, or train it."""
    receipt, decided_by = (
        folder / f"{candidate.name}-receipt.json",
        digest(candidate, examples, code_of(folder)),
    )
    if earlier := find_earlier(receipt, decided_by):
        print("  nothing changed since it was trained", flush=True)
        return earlier
    trained = train(candidate, examples, folder)
    receipt.write_text(json.dumps({"decided_by": decided_by, **trained._asdict()}), encoding="utf-8")
    return trained


def find_earlier(receipt: Path, decided_by: str) -> Trained | None:
    """Return what the receipt is of, if the same decided it."""
    if not receipt.exists():
        return None
    told = json.loads(receipt.read_text(encoding="utf-8"))
    return Trained(**told) if told.pop("decided_by") == decided_by else None


def digest(candidate: Candidate, examples: Sequence[Example], code: Path) -> str:
    """Return a hash of what decides how a system turns out: examples, settings, and the code of its parts."""
    settings = json.dumps(read_pipeline(candidate.pipeline)) if candidate.pipeline else ""
    parts = [json.dumps(examples).encode(), settings.encode()]
    return hashlib.sha256(
        b"\0".join([*parts, *(file.read_bytes() for file in _made_of(settings, code))])
    ).hexdigest()


def _made_of(settings: str, code: Path) -> list[Path]:
    """Return the files that a system is made of; those of other people have their version in a lock."""
    if not settings:
        return sorted([NLPJS_FOLDER / "package-lock.json", *NLPJS_FOLDER.glob("*.js")])
    if '"bot.' not in settings:
        return [code / "bot" / "uv.lock"]
    return sorted(file for pattern in OWN_CODE for file in code.glob(pattern))
