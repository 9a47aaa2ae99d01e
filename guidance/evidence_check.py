"""Checks an exported guidance log; needs only the standard library: python check.py [HASH MAILED EARLIER]."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
WHOLE, BROKEN, MISUSE = 0, 1, 2


def hash_of(public: dict[str, Any]) -> str:
    """Return the SHA-256 of the public columns as compact JSON with sorted keys."""
    text = json.dumps(public, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def check(folder: Path, known: str | None = None) -> str | None:
    """Walk the rows in order and return what is wrong first, or None."""
    head, rows, is_known = GENESIS, 0, known in (None, GENESIS)
    with (folder / "moments.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rows += 1
            if row["public"]["previous_hash"] != head:
                return f"row {row['row']} does not follow the row before it"
            head = hash_of(row["public"])
            if row["hash"] != head:
                return f"row {row['row']} was changed"
            is_known = is_known or head == known
    told = json.loads((folder / "head.json").read_text(encoding="utf-8"))
    if (told["rows"], told["head"]) != (rows, head):
        return "rows are missing at the end"
    return None if is_known else "the hash you gave is not in this log"


def main(folder: Path, arguments: list[str]) -> int:
    """Print the outcome and return the exit code."""
    if len(arguments) > 1:
        sys.stderr.write("usage: python check.py [HASH]\n")
        return MISUSE
    try:
        wrong = check(folder, *arguments)
    except (OSError, ValueError, KeyError, TypeError) as error:
        wrong = f"the files cannot be read ({type(error).__name__})"
    sys.stdout.write(f"broken: {wrong}\n" if wrong else "whole\n")
    return BROKEN if wrong else WHOLE


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent, sys.argv[1:]))
