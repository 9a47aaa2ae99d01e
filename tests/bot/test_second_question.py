"""The component that notes a second question."""

from pathlib import Path

from rasa.shared.nlu.training_data.message import Message

from bot.intents import DutchIntentClassifier
from bot.second_question import SecondQuestionFinder
from tests.bot.mini_training import CONTEXT, RESOURCE, storage_in, trained_component

EXAMPLES = {
    "ask_study_duration": ["hoe lang duurt de pabo", "hoe lang duurt het", "hoeveel jaar is de studie"],
    "ask_salary": ["wat verdient een leraar", "wat verdien je dan", "hoeveel salaris krijg je"],
}


def test_notes_the_second_question_beside_the_first(tmp_path: Path) -> None:
    classifier = trained_component(DutchIntentClassifier, EXAMPLES, tmp_path, {"fewest_examples": 1})
    finder = SecondQuestionFinder.create({}, storage_in(tmp_path / "storage"), RESOURCE, CONTEXT)
    message = Message.build(text="hoe lang duurt de pabo en wat verdien je dan?")

    finder.process(classifier.process([message]))

    both = {message.get("intent")["name"], message.get("also_asked")["intent"]}
    assert both == {"ask_study_duration", "ask_salary"}
    assert "also_asked" in message.as_dict(only_output_properties=True)


def test_adds_nothing_to_one_question(tmp_path: Path) -> None:
    classifier = trained_component(DutchIntentClassifier, EXAMPLES, tmp_path, {"fewest_examples": 1})
    finder = SecondQuestionFinder.create({}, storage_in(tmp_path / "storage"), RESOURCE, CONTEXT)
    message = Message.build(text="hoe lang duurt de pabo")

    finder.process(classifier.process([message]))

    assert message.get("also_asked") is None
