"""Simulates pupils on the adaptive interest form and two baselines: python -m benchmarks.check_ins."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.check_ins.figures import CHOSEN, measure_style
from benchmarks.check_ins.limits import limits_as_text, measure_limits
from benchmarks.check_ins.pupils import SHARPNESS, STYLES
from benchmarks.check_ins.report import as_text, report_of

# The constants of the rule were chosen with seed 1, and are reported with another.
SEED_TO_CHOOSE, SEED_TO_REPORT = 1, 2
FEWEST_A_STYLE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the simulation and print its tables."""
    options = _parser().parse_args(arguments)
    count = max(FEWEST_A_STYLE, options.pupils // len(STYLES))
    report, text = _limits(count, options.seed) if options.ideal else _forms(count, options.seed)
    print(f"seed {options.seed}, {count} pupils a style", text, sep="\n\n")
    if options.out:
        report = {"seed": options.seed, "pupils_a_style": count, **report}
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _forms(count: int, seed: int) -> tuple[dict[str, Any], str]:
    styles = {style.name: measure_style(style, count, seed) for style in STYLES}
    sharpness = {style.name: measure_style(style, count, seed, firsts=CHOSEN[:1]) for style in SHARPNESS}
    report = report_of(styles, sharpness)
    return report, as_text(report)


def _limits(count: int, seed: int) -> tuple[dict[str, Any], str]:
    styles = measure_limits(STYLES, count, seed)
    sharpness = measure_limits(SHARPNESS, count, seed, together=False)
    text = "\n\n".join(map(limits_as_text, (styles, sharpness)))
    return {"styles": styles, "sharpness": sharpness}, text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check_ins", description=__doc__)
    parser.add_argument("--pupils", type=int, default=2000, metavar="N", help="spread evenly over the styles")
    parser.add_argument("--seed", type=int, default=SEED_TO_REPORT, metavar="S", help="1 chose the constants")
    parser.add_argument(
        "--ideal", action="store_true", help="an asker that knows how pupils answer, beside ours"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
