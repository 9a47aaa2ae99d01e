"""Simulates pupils on the adaptive interest form and two baselines: python -m benchmarks.check_ins."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.check_ins.figures import CHOSEN, measure_style
from benchmarks.check_ins.pupils import SHARPNESS, STYLES
from benchmarks.check_ins.report import as_text, report_of

# The constants of the rule were chosen with seed 1, and are reported with another.
SEED_TO_CHOOSE, SEED_TO_REPORT = 1, 2
FEWEST_A_STYLE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the simulation and print its tables."""
    options = _parser().parse_args(arguments)
    count = max(FEWEST_A_STYLE, options.pupils // len(STYLES))
    styles = {style.name: measure_style(style, count, options.seed) for style in STYLES}
    sharpness = {
        style.name: measure_style(style, count, options.seed, firsts=CHOSEN[:1]) for style in SHARPNESS
    }
    report = {"seed": options.seed, "pupils_a_style": count, **report_of(styles, sharpness)}
    print(f"seed {options.seed}, {count} pupils a style", as_text(report), sep="\n\n")
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check_ins", description=__doc__)
    parser.add_argument("--pupils", type=int, default=2000, metavar="N", help="spread evenly over the styles")
    parser.add_argument("--seed", type=int, default=SEED_TO_REPORT, metavar="S", help="1 chose the constants")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
