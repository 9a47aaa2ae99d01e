"""Measures redaction on a set of rows: `python -m commands.redaction eval FILE OUT`."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from guidance.redaction import findings, redacted


def main(arguments: list[str] | None = None) -> int:
    """Score every row of the file and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m commands.redaction", description=__doc__)
    parser.add_argument("task", choices=["eval"])
    parser.add_argument("file", type=Path, help='rows of a JSON list of {"type", "value"}, a tab and a text')
    parser.add_argument("out", type=Path, help="where the figures go, as JSON")
    wanted = parser.parse_args(arguments)
    rows = [
        line.split("\t", 1) for line in wanted.file.read_text(encoding="utf-8").splitlines() if "\t" in line
    ]
    figures = score([(json.loads(expected), text) for expected, text in rows])
    wanted.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    print(json.dumps({name: value for name, value in figures.items() if name != "rows"}))
    return 0


def score(rows: list[tuple[list[dict[str, str]], str]]) -> dict[str, Any]:
    """Return recall per type, and the share of rows without personal data that were touched."""
    # The first call reads the rules.
    redacted("")
    judged = [_judged(text) for _, text in rows]
    wanted, gone = Counter[str](), Counter[str]()
    for (expected, _), row in zip(rows, judged, strict=True):
        wanted.update(item["type"] for item in expected)
        gone.update(item["type"] for item in expected if item["value"] not in row["redacted"])
    clean = [bool(row["found"]) for (expected, _), row in zip(rows, judged, strict=True) if not expected]
    return {
        "n": len(rows),
        "recall": _share(gone.total(), wanted.total()),
        "recall_by_type": {name: _share(gone[name], count) for name, count in sorted(wanted.items())},
        "touched": _share(sum(clean), len(clean)),
        "p95_ms": _p95([row.pop("ms") for row in judged]),
        "rows": judged,
    }


def _judged(text: str) -> dict[str, Any]:
    started = perf_counter()
    plain = redacted(text)
    ms = (perf_counter() - started) * 1000
    found = [{"type": finding.type, "value": finding.value} for finding in findings(text)]
    return {"found": found, "redacted": plain, "ms": ms}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _p95(times: list[float]) -> float | None:
    return round(quantiles(times, n=20)[-1], 3) if len(times) > 1 else None


if __name__ == "__main__":
    sys.exit(main())
