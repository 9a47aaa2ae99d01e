"""What is printed beside the scores of understanding."""

from typing import Any

from commands.understanding_scores import summary_lines


def row(expected: str, predicted: str, *, asked: bool = False) -> dict[str, Any]:
    return {"text": "", "expected": expected, "predicted": predicted, "confidence": 0.3, "asked": asked}


def test_tells_what_was_asked_and_refused_and_which_intents_are_weak() -> None:
    rows = [
        row("greet", "greet"),
        row("greet", "goodbye", asked=True),
        row("greet", "out_of_scope"),
        row("thank", "thank", asked=True),
        row("out_of_scope", "out_of_scope"),
        row("out_of_scope", "greet"),
    ]

    assert summary_lines(rows) == [
        "asked back 0.333 (2 of 6), with the meaning as first choice 0.500 (1 of 2)",
        "out of scope: recall 0.500 (1 of 2)",
        "in scope: refused 0.250 (1 of 4)",
        "weak: greet 0.33 of 3, taken for goodbye 1, out_of_scope 1",
        "weak: out_of_scope 0.50 of 2, taken for greet 1",
    ]


def test_has_a_line_for_nothing_at_all() -> None:
    assert (
        summary_lines([])[0] == "asked back 0.000 (0 of 0), with the meaning as first choice 0.000 (0 of 0)"
    )
