"""What the scores of understanding do not show by themselves: what is asked back, refused, or weak."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from guidance.understanding import OUT_OF_SCOPE

WEAK = 0.6
MOST_CONFUSIONS = 3
Scored = Sequence[Mapping[str, Any]]


def summary_lines(rows: Scored) -> list[str]:
    """Return what to print about the rows of a report: shares first, then every weak intent."""
    inside, outside = _rows_inside(rows), [row for row in rows if row["expected"] == OUT_OF_SCOPE]
    refused = [row for row in inside if row["predicted"] == OUT_OF_SCOPE]
    asked = [row for row in rows if row["asked"]]
    return [
        f"asked back {_share(asked, rows)}, with the meaning as first choice {_share(_right(asked), asked)}",
        f"out of scope: recall {_share(_right(outside), outside)}",
        f"in scope: refused {_share(refused, inside)}",
        *(f"weak: {line}" for line in weak_intents(rows)),
    ]


def weak_intents(rows: Scored) -> list[str]:
    """Return a line for each intent of which too little is found, weakest first, with what was made of it."""
    by_intent = {
        intent: [row for row in rows if row["expected"] == intent]
        for intent in {row["expected"] for row in rows}
    }
    recalls = {intent: len(_right(found)) / len(found) for intent, found in by_intent.items()}
    weak = sorted((recall, intent) for intent, recall in recalls.items() if recall < WEAK)
    return [
        f"{intent} {recall:.2f} of {len(by_intent[intent])}, {_made_of(by_intent[intent])}"
        for recall, intent in weak
    ]


def _made_of(rows: Scored) -> str:
    wrong = Counter(row["predicted"] for row in rows if row["predicted"] != row["expected"])
    return "taken for " + ", ".join(
        f"{intent} {count}" for intent, count in wrong.most_common(MOST_CONFUSIONS)
    )


def _rows_inside(rows: Scored) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["expected"] != OUT_OF_SCOPE]


def _right(rows: Scored) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["predicted"] == row["expected"]]


def _share(part: Scored, whole: Scored) -> str:
    return f"{len(part) / len(whole) if whole else 0:.3f} ({len(part)} of {len(whole)})"
