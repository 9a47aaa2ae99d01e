"""Home of the extractor that finds the catalogue's names and the figures of a search in a message."""

import gzip
import hashlib
import json
from collections import Counter
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Dict, Iterable, List, NamedTuple

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import company, figures, found, names, slips, spelling, typos, words

MASKED_TEXT = "masked_text"
# The commonest words of the Dutch subtitles list; names of places begin far below.
COMMON_WORDS = 30_000
# Pupils mix these with their Dutch.
ENGLISH_WORDS = 4_000
# So often in the examples, a word is no slip.
REPEATED = 3
# In this order a spelling that two kinds of name share is given away.
OWN_ENTITIES = ["kind", "form", "level", "profile"]
CATALOGUE_ENTITIES = ["subject", "institution", "place"]


class Memory(NamedTuple):
    """What the extractor keeps in the model, beside the spaCy pipeline."""

    entries: Dict[str, List[Dict[str, Any]]]
    words: Dict[str, Any]
    common: Dict[str, int]
    known: Dict[str, int]
    no_slips: List[str]


def entries_of(own: Dict[str, Any], catalogue: Dict[str, Any]) -> Dict[str, List[Dict[str, Any]]]:
    """Return every name by entity: the engine's own words first, then the catalogue's."""
    entries = {
        entity: [{"value": value, "spellings": spellings} for value, spellings in own[entity].items()]
        for entity in OWN_ENTITIES
    }
    return {**entries, **{entity: catalogue.get(entity, []) for entity in CATALOGUE_ENTITIES}}


def counted_words(language: str = "nl") -> Dict[str, int]:
    """Return how often each word of a language was seen in subtitles."""
    packed = resources.files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    counts: Dict[str, int] = json.loads(gzip.decompress(packed).decode("utf-8"))
    return counts


def commonest(counts: Dict[str, int]) -> Dict[str, int]:
    """Return the commonest words, without accents, with their counts."""
    return {spelling.plain(word): count for word, count in Counter(counts).most_common(COMMON_WORDS)}


def known_words(counts: Dict[str, int]) -> Dict[str, int]:
    """Return how common each word is, without accents."""
    known: Dict[str, int] = {}
    for word, count in counts.items():
        bare = spelling.plain(word)
        if len(bare) <= typos.LONGEST_WORD:
            known[bare] = max(count, known.get(bare, 0))
    return known


def words_that_are_no_slips(examples: Iterable[Message], own: Iterable[str]) -> List[str]:
    """Return what is everyday language here: what examples repeat, common English and our own list."""
    seen = Counter(word for example in examples for word in _words_of(example))
    repeated = {word for word, times in seen.items() if times >= REPEATED}
    english = Counter(counted_words("en")).most_common(ENGLISH_WORDS)
    return sorted({*repeated, *own, *(word for word, _ in english)})


# As a featurizer it comes before the classifier in training too, and gives it the text with its names masked.
@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class CatalogueEntityExtractor(GraphComponent, EntityExtractorMixin):  # type: ignore[misc]
    """Find names by spaCy's entity ruler, figures by pattern and misspelt names by edit distance."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return where the names lie; empty means where the service writes them."""
        return {"names_file": ""}

    @staticmethod
    def required_packages() -> List[str]:
        """Name the packages whose version decides the outcome."""
        return ["spacy", "symspellpy", "rapidfuzz"]

    @staticmethod
    def supported_languages() -> List[str]:
        """Name the one language this is made for."""
        return ["nl"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> str:
        """Return a hash of the names and of the modules beside this one, so that a change trains again."""
        modules = [
            Path(str(module.__file__))
            for module in (company, figures, found, names, slips, spelling, typos, words)
        ]
        files = [_names_file(config), words.FILE, Path(__file__), *modules]
        # Rasa looks a package up by its import name, which this one does not share.
        dictionary = version("pyspellchecker").encode()
        return hashlib.sha256(b"".join([dictionary, *(file.read_bytes() for file in files)])).hexdigest()

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._words: Dict[str, Any] = {}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CatalogueEntityExtractor":
        """Return one that knows no names yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Build the pipeline from the names as they are now, and store it."""
        own = words.read_words()
        entries = entries_of(own, words.read_names(_names_file(self._config)))
        counts = counted_words()
        no_slips = words_that_are_no_slips(training_data.intent_examples, own["no_slips"])
        memory = Memory(entries, own, commonest(counts), known_words(counts), no_slips)
        with self._storage.write_to(self._resource) as folder:
            names.pipeline_of(entries, own["no_names"]).to_disk(folder / "names")
            (folder / "memory.json").write_text(json.dumps(memory._asdict()), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CatalogueEntityExtractor":
        """Return the one that was stored."""
        extractor = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            memory = Memory(**json.loads((folder / "memory.json").read_text(encoding="utf-8")))
            extractor._remember(memory, spacy.load(folder / "names"))
        return extractor

    def _remember(self, memory: Memory, pipeline: Any) -> None:
        weights = {place["value"]: place.get("weight", 0) for place in memory.entries["place"]}
        self._words = memory.words
        self._names = names.NameFinder(pipeline, memory.words, memory.common, weights)
        self._typos = typos.TypoFinder(memory.entries, memory.known, memory.no_slips)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add to every message what it names."""
        for message in messages:
            text = message.get(TEXT) or ""
            findings = self.find(text)
            entities = self.add_extractor_name([finding.as_entity(text) for finding in findings])
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            message.set(MASKED_TEXT, found.masked(text, findings))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add to every example its text with the names masked."""
        for example in training_data.training_examples:
            text = example.get(TEXT) or ""
            example.set(MASKED_TEXT, found.masked(text, self.find(text)))
        return training_data

    def find(self, text: str) -> List[found.Found]:
        """Return what a text names, in its order."""
        doc = self._names.read(text)
        sure = found.without_overlap(figures.find_figures(text, self._words) + self._names.find(doc))
        misspelt = found.without_overlap(list(self._typos.find(doc, sure, self._names)))
        years = figures.find_years_beside(text, [one for one in misspelt if one.entity == "level"])
        near = found.without_overlap([*misspelt, *sure, *years])
        unknown = self._typos.find_unknown_places(doc, near, self._names)
        return [one for one in found.without_overlap([*near, *unknown]) if one.entity != found.NOTHING]


def _names_file(config: Dict[str, Any]) -> Path:
    return Path(config["names_file"]) if config.get("names_file") else words.NAMES_FILE


def _words_of(example: Message) -> List[str]:
    return spelling.plain(example.get(TEXT) or "").split()
