"""Home of the systems that can be compared, and where each one's settings lie."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.understanding.pipelines import OURS_FILE

HERE = Path(__file__).parent
OURS, STOCK, NLPJS = "ours", "stock", "nlpjs"
SIDE_BY_SIDE = [OURS, STOCK, NLPJS]
PIPELINES = HERE / "pipelines"
NLPJS_FOLDER = HERE / "nlpjs"


class Candidate(NamedTuple):
    """One system; without a pipeline it is nlp.js. `rules`: our redaction and safety rules come first."""

    name: str
    pipeline: Path | None
    rules: bool


def candidate(name: str) -> Candidate:
    """Return the system of this name: one of the three, or a file of the folder of pipelines."""
    known = {
        OURS: Candidate(OURS, OURS_FILE, rules=True),
        STOCK: Candidate(STOCK, HERE / "stock.yml", rules=False),
        NLPJS: Candidate(NLPJS, None, rules=False),
    }
    variant = Candidate(name, PIPELINES / f"{name}.yml", rules=True)
    chosen = known.get(name, variant)
    if chosen.pipeline and not chosen.pipeline.exists():
        raise ValueError(f"no system {name!r}; there are {', '.join([*known, *variants()])}")
    return chosen


def variants() -> Sequence[str]:
    """Return the names of the pipelines of the table, in the order of their files."""
    return [file.stem for file in sorted(PIPELINES.glob("*.yml"))]
