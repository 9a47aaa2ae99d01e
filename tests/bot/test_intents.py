"""The classifier of intents."""

import json
from pathlib import Path
from typing import Any

import pytest
import skops.io

from bot.intents import MEMORY_FILE, MODEL_FILE, DutchIntentClassifier
from bot.ranking import BrokenModel
from tests.bot.mini_training import CONTEXT, RESOURCE, processed, storage_in, trained_component

EXAMPLES = {
    "greet": ["hoi", "hallo", "goedemorgen", "hey daar"],
    "ask_study_duration": ["hoe lang duurt de pabo", "hoeveel jaar is de studie", "duurt het lang"],
    "ask_salary": ["wat verdient een leraar", "hoeveel salaris krijg je", "wat is het loon"],
}
PROBES = ["hoe lank duurd de opleiding", "hooi", "wat verdien je", "loon", "😀", "wrm duurt het lang"]


class Stranger:
    """A type that no allow-list holds."""

    def __init__(self) -> None:
        self.anything = 1


def rankings(classifier: Any) -> list[Any]:
    return [processed(classifier, text).get("intent_ranking") for text in PROBES]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("hallooo", "greet"), ("hoe lank duurd de pabo", "ask_study_duration"), ("salarus", "ask_salary")],
    ids=["long run", "misspelt", "by sound"],
)
def test_understands(tmp_path: Path, text: str, intent: str) -> None:
    classifier = trained_component(DutchIntentClassifier, EXAMPLES, tmp_path, {})

    assert processed(classifier, text).get("intent")["name"] == intent


def test_reads_a_doubtful_text_again_with_its_spelling_put_right(tmp_path: Path) -> None:
    classifier = trained_component(DutchIntentClassifier, EXAMPLES, tmp_path, {"sure_from": 1.0})

    message = processed(classifier, "hoe lang duurt de oplejding")

    assert message.get("corrected_text") == "hoe lang duurt de opleiding"
    assert message.get("intent")["name"] == "ask_study_duration"


def test_is_unsure_of_a_text_without_anything_known(tmp_path: Path) -> None:
    classifier = trained_component(DutchIntentClassifier, EXAMPLES, tmp_path, {})

    assert processed(classifier, "😀").get("intent")["confidence"] == pytest.approx(1 / 3)


def test_two_trainings_give_the_same_answers(tmp_path: Path) -> None:
    shuffled = {intent: EXAMPLES[intent][::-1] for intent in reversed(EXAMPLES)}
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()

    one = trained_component(DutchIntentClassifier, EXAMPLES, tmp_path / "one", {})
    other = trained_component(DutchIntentClassifier, shuffled, tmp_path / "other", {})

    assert rankings(one) == rankings(other)


class TestLoading:
    def load_after(self, folder: Path, change: Any) -> Any:
        trained_component(DutchIntentClassifier, EXAMPLES, folder, {})
        storage = storage_in(folder / "storage")
        with storage.write_to(RESOURCE) as stored:
            change(stored)
        config = DutchIntentClassifier.get_default_config()
        return DutchIntentClassifier.load(config, storage, RESOURCE, CONTEXT)

    def test_refuses_a_type_that_is_not_on_the_allow_list(self, tmp_path: Path) -> None:
        with pytest.raises(BrokenModel, match="allow-list"):
            self.load_after(tmp_path, lambda folder: skops.io.dump([Stranger()], folder / MODEL_FILE))

    def test_refuses_a_classifier_that_answers_differently(self, tmp_path: Path) -> None:
        def change(folder: Path) -> None:
            memory = json.loads((folder / MEMORY_FILE).read_text())
            memory["chances"] = [chances[::-1] for chances in memory["chances"]]
            (folder / MEMORY_FILE).write_text(json.dumps(memory))

        with pytest.raises(BrokenModel, match="differently"):
            self.load_after(tmp_path, change)
