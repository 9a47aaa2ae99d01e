"""What a fresh conversation makes of one text, with an engine that answers what a test lays ready."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from commands.nlu_eval import Row, evaluate
from guidance.content import read_content

LIMITS = read_content("understanding")["thresholds"]
# Answers each line with the ranking that the text itself holds, as the engine does after its fallback.
ENGINE = """
import json, sys
for line in sys.stdin:
    text = json.loads(line)["text"]
    named = [part.split("=") for part in text.split() if "=" in part]
    ranking = [{"name": name, "confidence": float(share)} for name, share in named]
    top = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    answer = {"intent": top["name"], "confidence": top["confidence"], "ranking": ranking}
    print(json.dumps(answer), flush=True)
"""


@pytest.fixture
def scored(tmp_path: Path) -> Any:
    def score(*texts: str) -> list[tuple[str, bool]]:
        worker = [sys.executable, "-c", ENGINE]
        report = evaluate([Row("greet", text) for text in texts], worker, cwd=tmp_path, environment={})
        assert report["asked"] == sum(row["asked"] for row in report["rows"]) / len(texts)
        assert json.dumps(report)
        return [(row["predicted"], row["asked"]) for row in report["rows"]]

    return score


def test_takes_what_is_sure_as_it_stands(scored: Any) -> None:
    assert scored("ask_salary=0.9 ask_routes=0.05") == [("ask_salary", False)]


def test_reports_the_first_choice_of_a_question_asked_back(scored: Any) -> None:
    unsure = [
        f"nlu_fallback={LIMITS['upper']} {first}={LIMITS['floor'] + 0.02} ask_routes={LIMITS['floor']}"
        for first in ("ask_salary", "out_of_scope")
    ]

    assert scored(*unsure) == [("ask_salary", True), ("ask_routes", True)]


def test_counts_what_is_not_understood_as_refused(scored: Any) -> None:
    assert (
        scored("nlu_fallback=0.3 ask_salary=0.01", f"nlu_fallback=0.3 out_of_scope={LIMITS['floor']}")
        == [("out_of_scope", False)] * 2
    )


def test_hears_explicit_danger_before_the_engine(scored: Any) -> None:
    assert scored("ik wil niet meer leven") == [("express_crisis", False)]
