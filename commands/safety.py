"""Measures the safety rules, or what is held back: `python -m commands.safety eval|held-back FILE OUT`."""

import argparse
import json
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from guidance.held_back import held_back_because
from guidance.safety import EXPLICIT, danger_in

# What a row of held-back expects, by the name of its figure.
HELD = {"data": "contact", "asking": "asking", "meeting": "meeting", "secret": "secret", "ok": "ok"}


def main(arguments: list[str] | None = None) -> int:
    """Score every row of the file and write the figures; the intent of the engine is not asked here."""
    parser = argparse.ArgumentParser(prog="python -m commands.safety", description=__doc__)
    parser.add_argument("task", choices=["eval", "held-back"])
    parser.add_argument(
        "file",
        type=Path,
        help="rows of acute, concern or none, a tab and a text; for held-back: "
        "contact, asking, meeting, secret or ok, a tab, who writes, a tab and a text",
    )
    parser.add_argument("out", type=Path, help="where the figures go, as JSON")
    wanted = parser.parse_args(arguments)
    lines = wanted.file.read_text(encoding="utf-8").splitlines()
    if wanted.task == "held-back":
        figures = score_held_back([(row[0], row[-1]) for row in (line.split("\t", 2) for line in lines)])
    else:
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
        "p95_ms_rules": _p95(times),
        "rows": judged,
    }


def score_held_back(rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the share of each kind that is held back, for whatever reason: the dean looks all the same."""
    # The first call reads the patterns.
    held_back_because("")
    judged = [_held(expected, text) for expected, text in rows if text]
    times = [row.pop("ms") for row in judged]
    shares = {f"{name}_held": _share_held(judged, expected) for name, expected in HELD.items()}
    return {"n": len(judged), **shares, "p95_ms_rules": _p95(times), "rows": judged}


def _held(expected: str, text: str) -> dict[str, Any]:
    started = perf_counter()
    why = held_back_because(text)
    ms = (perf_counter() - started) * 1000
    return {"text": text, "expected": expected, "why": why, "ms": ms}


def _share_held(rows: list[dict[str, Any]], expected: str) -> float | None:
    held = [bool(row["why"]) for row in rows if row["expected"] == expected]
    return round(sum(held) / len(held), 4) if held else None


def _p95(times: list[float]) -> float | None:
    return round(quantiles(times, n=20)[-1], 3) if len(times) > 1 else None


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
