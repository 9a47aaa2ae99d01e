"""Home of the classifier that tells which intent a Dutch message has."""

import json
from pathlib import Path
from typing import Any, Dict, List, Tuple, Type

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
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot import correction, parts, ranking, spelling, words
from bot.catalogue_entities import MASKED_TEXT, counted_words
from bot.fingerprint import fingerprint

# The one type that scikit-learn's own vectorizers hold and skops does not trust by itself.
TRUSTED = ["scipy.sparse._csr.csr_matrix"]
WORD = r"(?u)\b\w+\b"
# Every text has spaces, by character and by sound: they alone tell nothing.
SPACES = 2
MODEL_FILE = "intents.skops"
MEMORY_FILE = "intents.json"


def _text_of(message: Message) -> str:
    """Return the text with its names masked, or as it is where nothing came before."""
    return message.get(MASKED_TEXT) or message.get(TEXT) or ""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DutchIntentClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Weigh characters, sounds and words by TF-IDF and decide by logistic regression."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the weights and strengths that were measured (docs/decisions/0006-understanding.md)."""
        weights = {"sound_weight": 0.5, "word_weight": 0.5}
        # A piece of a word seen in one example only tells little and takes half of the room.
        learning = {"strength": 100.0, "tolerance": 0.1, "fewest_examples": 2}
        # A message that is surely understood is not read again with its spelling put right.
        return {**weights, **learning, "abbreviations": True, "sure_from": 0.8}

    @staticmethod
    def required_packages() -> List[str]:
        """Name the packages whose version decides the outcome."""
        return ["sklearn", "skops", "scipy", "numpy"]

    @staticmethod
    def supported_languages() -> List[str]:
        """Name the one language this is made for."""
        return ["nl"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> str:
        """Return a hash of what else decides the outcome, so that a change trains again."""
        return fingerprint([correction, parts, ranking, spelling])

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._abbreviations: Dict[str, str] = {}
        self._joining: Dict[str, List[str]] = {"joiners": [], "openers": []}
        self._dictionary = correction.Dictionary({}, frozenset())
        pieces = {"min_df": config["fewest_examples"], "lowercase": False, "dtype": np.float32}
        self._characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), **pieces)
        self._sounds = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), **pieces)
        self._words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=WORD, **pieces)
        self._decision = LogisticRegression(
            C=config["strength"], tol=config["tolerance"], max_iter=2000, random_state=42
        )

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchIntentClassifier":
        """Return one that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has an intent, and store what was learned."""
        examples = [(_text_of(example), example.get(INTENT)) for example in training_data.intent_examples]
        examples = sorted((text, intent) for text, intent in examples if text and intent)
        known = words.read_words()
        self._joining = {name: known[name] for name in self._joining}
        if self._config["abbreviations"]:
            self._abbreviations = known["abbreviations"]
        plain, sounds = self._spellings([text for text, _ in examples])
        self._dictionary = correction.dictionary_of(plain, counted_words(), list(self._abbreviations))
        self._characters.fit(plain)
        self._sounds.fit(sounds)
        self._words.fit(plain)
        features = self._features(plain, sounds)
        self._decision.fit(features, [intent for _, intent in examples])
        self._persist([text for text, _ in examples[:: max(1, len(examples) // 20)]])
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Give every message its intent, the ranking of the nearest ones, and what its parts mean."""
        join = parts.join_between(**self._joining)
        for message in messages:
            text = _text_of(message)
            pieces = parts.parts_of(text, join)
            whole, *by_part = [self._by_intent(chances) for chances in self._chances([text, *pieces])]
            ranking.decide(message, self._read_again(message, text, whole))
            message.set(parts.PARTS_READ, [parts.read(*pair) for pair in zip(pieces, by_part, strict=True)])
        return messages

    def _read_again(self, message: Message, text: str, chances: Dict[str, float]) -> Dict[str, float]:
        """Return the chances of a doubtful text with its spelling put right, which is kept on the message."""
        if max(chances.values()) >= self._config["sure_from"]:
            return chances
        plain = spelling.plain(text)
        corrected = self._dictionary.corrected(plain)
        if corrected == plain:
            return chances
        message.set(correction.CORRECTED_TEXT, corrected)
        return self._by_intent(self._chances([corrected])[0])

    def _by_intent(self, chances: Any) -> Dict[str, float]:
        return dict(zip(self._decision.classes_.tolist(), chances.tolist(), strict=True))

    def _spellings(self, texts: List[str]) -> Tuple[List[str], List[str]]:
        plain = [spelling.written_out(spelling.plain(text), self._abbreviations) for text in texts]
        return plain, [spelling.by_sound(text) for text in plain]

    def _features(self, plain: List[str], sounds: List[str]) -> Any:
        by_sound = self._sounds.transform(sounds) * self._config["sound_weight"]
        by_word = self._words.transform(plain) * self._config["word_weight"]
        return hstack([self._characters.transform(plain), by_sound, by_word]).tocsr()

    def _chances(self, texts: List[str]) -> Any:
        plain, sounds = self._spellings(texts)
        features = self._features(plain, sounds)
        chances = self._decision.predict_proba(features)
        # Where nothing is known of a text, the leaning of the training data would decide alone.
        chances[features.getnnz(axis=1) <= SPACES] = 1 / len(self._decision.classes_)
        return chances

    def _persist(self, probes: List[str]) -> None:
        learned = [self._characters, self._sounds, self._words, self._decision]
        chances = self._chances(probes).tolist()
        known = {"abbreviations": self._abbreviations, "joining": self._joining}
        known["dictionary"] = self._dictionary.as_memory()
        memory = {**known, "probes": probes, "chances": chances}
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(learned, folder / MODEL_FILE)
            (folder / MEMORY_FILE).write_text(json.dumps(memory), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DutchIntentClassifier":
        """Return the one that was stored, or raise BrokenModel: never an untrained one in its place."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            memory = json.loads((folder / MEMORY_FILE).read_text(encoding="utf-8"))
            classifier._restore(folder / MODEL_FILE, memory)
        return classifier

    def _restore(self, file: Path, memory: Dict[str, Any]) -> None:
        self._characters, self._sounds, self._words, self._decision = ranking.trusted(file, TRUSTED)
        # Column by column, for otherwise every message would copy all weights to read them so.
        self._decision.coef_ = np.asfortranarray(self._decision.coef_)
        self._joining = memory["joining"]
        self._abbreviations = memory["abbreviations"]
        self._dictionary = correction.Dictionary.remembered(memory["dictionary"])
        if not np.allclose(self._chances(memory["probes"]), memory["chances"], atol=1e-6):
            raise ranking.BrokenModel("the stored classifier answers differently from when it was stored")

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """Name no other component: the text is enough."""
        return []
