"""Measures the safety rules on a set of rows: `python -m commands.safety eval FILE OUT`."""

import argparse
import json
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from guidance.safety import EXPLICIT, danger_in


def main(arguments: list[str] | None = None) -> int:
    """Score every row of the file and write the figures; the intent of the engine is not asked here."""
    parser = argparse.ArgumentParser(prog="python -m commands.safety", description=__doc__)
    parser.add_argument("task", choices=["eval"])
    parser.add_argument("file", type=Path, help="rows of acute, concern or none, a tab and a text")
    parser.add_argument("out", type=Path, help="where the figures go, as JSON")
    wanted = parser.parse_args(arguments)
    lines = wanted.file.read_text(encoding="utf-8").splitlines()
    figures = score(
        [(expected, text) for expected, _, text in (line.partition("\t") for line in lines) if text]
    )
    wanted.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    print(json.dumps({name: value for name, value in figures.items() if name != "rows"}))
    return 0


def score(rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the shares of acute as B, concern as A or B, and none as B or A."""
    # The first call reads the patterns.
    danger_in("")
    judged = [_judged(expected, text) for expected, text in rows]
    times = [row.pop("ms") for row in judged]
    return {
        "n": len(rows),
        "acute_as_b": _share(judged, "acute", EXPLICIT),
        "concern_as_a_or_b": _share(judged, "concern", "A", "B"),
        "none_as_b": _share(judged, "none", EXPLICIT),
        "none_as_a": _share(judged, "none", "A"),
        "p95_ms_rules": round(quantiles(times, n=20)[-1], 3) if len(times) > 1 else None,
        "rows": judged,
    }


def _judged(expected: str, text: str) -> dict[str, Any]:
    started = perf_counter()
    danger = danger_in(text)
    ms = (perf_counter() - started) * 1000
    return {"text": text, "expected": expected, "tier": danger and danger.tier, "by": "rule", "ms": ms}


def _share(rows: list[dict[str, Any]], expected: str, *tiers: str) -> float | None:
    found = [row["tier"] in tiers for row in rows if row["expected"] == expected]
    return round(sum(found) / len(found), 4) if found else None


if __name__ == "__main__":
    sys.exit(main())
