"""Trains one component the way Rasa's graph does, in a folder of its own."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

CONTEXT = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("probe")


def training_data(examples: dict[str, list[str]]) -> TrainingData:
    """Return training data of examples by intent."""
    pairs = [(intent, text) for intent, texts in examples.items() for text in texts]
    return TrainingData([Message.build(text=text, intent=intent) for intent, text in pairs])


def storage_in(folder: Path) -> LocalModelStorage:
    """Return a model storage in this folder."""
    folder.mkdir(exist_ok=True)
    return LocalModelStorage(folder)


def trained_component(
    component: Any, examples: dict[str, list[str]], folder: Path, config: dict[str, Any]
) -> Any:
    """Train a component, store it, and return the one that was loaded again."""
    settings = {**component.get_default_config(), **config}
    storage = storage_in(folder / "storage")
    component.create(settings, storage, RESOURCE, CONTEXT).train(training_data(examples))
    return component.load(settings, storage, RESOURCE, CONTEXT)


def processed(component: Any, text: str) -> Message:
    """Return one message after the component has seen it."""
    message = Message.build(text=text)
    component.process([message])
    return message
