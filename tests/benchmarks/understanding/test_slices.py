"""The scores of a file of rows."""

import pytest

from benchmarks.understanding.slices import ratio, ratios_to, scores_of, weak_intents
from commands.nlu_eval import Row, Understood


def scored(*pairs: tuple[str, str]) -> dict[str, object]:
    rows = [Row(expected, "text") for expected, _ in pairs]
    return scores_of(rows, [Understood(predicted, 0.9, 1.0) for _, predicted in pairs])._asdict()


def test_a_refusal_is_right_out_of_scope_and_wrong_in_scope() -> None:
    scores = scored(
        ("out_of_scope", "out_of_scope"), ("out_of_scope", "greet"),
        ("greet", "greet"), ("greet", "thank"), ("thank", "out_of_scope"), ("thank", "thank"),
    )  # fmt: skip

    assert (scores["n"], scores["errors"], scores["accuracy"]) == (6, 3, 0.5)
    assert scores["out_of_scope_recall"] == 0.5
    assert (scores["in_scope_accuracy"], scores["in_scope_refused"]) == (0.5, 0.25)


def test_counts_what_was_asked_back_beside_right_and_wrong() -> None:
    rows = [Row("greet", "a"), Row("greet", "b")]

    scores = scores_of(rows, [Understood("greet", 0.4, 1.0, asked=True), Understood("greet", 0.9, 1.0)])

    assert (scores.asked, scores.accuracy) == (0.5, 1.0)


def test_an_intent_is_weak_with_twenty_rows_and_too_few_found() -> None:
    weak = [("often", "often")] * 11 + [("often", "other")] * 9
    enough = [("good", "good")] * 12 + [("good", "other")] * 8
    few = [("few", "other")] * 19

    assert weak_intents([*weak, *enough, *few]) == {"often": 0.55}


def test_no_rows_score_nothing() -> None:
    assert scored()["out_of_scope_recall"] == 0


@pytest.mark.parametrize(("part", "whole", "expected"), [(7, 10, 0.7), (3, 0, None)], ids=["some", "none"])
def test_a_ratio_needs_something_to_compare_with(part: int, whole: int, expected: float | None) -> None:
    assert ratio(part, whole) == expected


def test_ratios_go_from_one_to_every_other() -> None:
    assert ratios_to("ours", {"ours": 6, "stock": 12, "nlpjs": 24}) == {"stock": 0.5, "nlpjs": 0.25}
