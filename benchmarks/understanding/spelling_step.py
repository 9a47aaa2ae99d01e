"""Home of a step that the table measures and the product leaves out: misspelt words replaced by SymSpell.

Rasa loads it, so it is written for Python 3.10 as everything in bot/ is.
"""

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from symspellpy import SymSpell, Verbosity

from bot.catalogue_entities import MASKED_TEXT, commonest, counted_words
from bot.spelling import plain

WORD = re.compile(r"\w+")
SHORTEST = 4
LONG = 8
# A word that only the examples hold counts as a common one.
OWN_COUNT = 10_000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingStep(GraphComponent):  # type: ignore[misc]
    """Replace words that are neither common nor in the examples by the nearest one that is."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpellingStep":
        """Return one that knows no words yet."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples beside the common ones, and store both."""
        texts = [_text_of(example) for example in training_data.intent_examples]
        own = {word for text in texts for word in WORD.findall(plain(text))}
        counts = {**dict.fromkeys(sorted(own), OWN_COUNT), **commonest(counted_words())}
        self._learn(counts)
        with self._storage.write_to(self._resource) as folder:
            (folder / "words.json").write_text(json.dumps(counts), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SpellingStep":
        """Return the one that was stored."""
        step = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            step._learn(json.loads((folder / "words.json").read_text(encoding="utf-8")))
        return step

    def process(self, messages: list[Message]) -> list[Message]:
        """Give every message its text with the words put right."""
        for message in messages:
            message.set(
                MASKED_TEXT, WORD.sub(lambda word: self._right(word.group()), plain(_text_of(message)))
            )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples: all their words are known."""
        return training_data

    def _learn(self, counts: dict[str, int]) -> None:
        for word, count in counts.items():
            self._speller.create_dictionary_entry(word, count)

    def _right(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        edits = 2 if len(word) >= LONG else 1
        nearest = self._speller.lookup(word, Verbosity.TOP, max_edit_distance=edits)
        return str(nearest[0].term) if nearest else word


def _text_of(message: Message) -> str:
    return message.get(MASKED_TEXT) or message.get(TEXT) or ""
