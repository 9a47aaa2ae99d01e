"""Home of the component that notes the second thing a message asks."""

from typing import Any, Dict, List, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from bot import parts
from bot.intents import DutchIntentClassifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SecondQuestionFinder(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Add `also_asked` to a message that asks two things: the intent and the words of the second."""

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """Name the classifier that read the parts."""
        return [DutchIntentClassifier]

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SecondQuestionFinder":
        """Return one; it has nothing to learn."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Note the second question of every message that has one; the first stays the intent."""
        for message in messages:
            second = parts.also_asked(
                message.get("intent") or {"name": None}, message.get(parts.PARTS_READ) or []
            )
            if second:
                message.set(parts.ALSO_ASKED, second, add_to_output=True)
        return messages
