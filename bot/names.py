"""Home of names that are spelled right: a blank Dutch spaCy pipeline with a ruler over the names."""

from typing import Any, Dict, Iterable, List, NamedTuple, Set

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.company import Company
from bot.found import NOTHING, Found
from bot.spelling import plain

NO_NAME = "no_name"
# From this count on in the subtitles list (about the thousand commonest) a word is hardly ever a place.
VERY_COMMON = 20_000
VILLAGE = 1_000
SMALL_TOWN = 8_000
TOWN = 10_000
# Shorter second names of a place (a first name, a word for town) need a locating word.
SHORT_NICKNAME = 6
# So many inhabitants for every time the word is said make it a place, or at least a possible one.
PLACE_FIRST = 50
PLACE_TOO = 1
LONG_NAME = 3


class Spelling(NamedTuple):
    """One way to write a name, and how many live there."""

    text: str
    value: str
    weight: int
    is_own: bool


def pipeline_of(entries: Dict[str, List[Dict[str, Any]]], no_names: Iterable[str] = ()) -> Language:
    """Build the pipeline; where two entities share a spelling, the entity named first keeps it."""
    dutch = spacy.blank("nl")
    taken: Set[str] = set()
    patterns = [{"label": NO_NAME, "pattern": phrase, "id": NO_NAME} for phrase in no_names]
    for entity, names in entries.items():
        for spelling in _spellings(entity, names):
            if spelling.text.lower() not in taken:
                taken.add(spelling.text.lower())
                patterns.append({"label": entity, "pattern": spelling.text, "id": spelling.value})
    dutch.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns(patterns)
    return dutch


def _spellings(entity: str, names: List[Dict[str, Any]]) -> List[Spelling]:
    """Return the spellings: a name of its own before a second name, and the larger place first."""
    found = [
        Spelling(text, name["value"], name.get("weight", 0), spelling == name["value"])
        for name in names
        for spelling in name["spellings"]
        for text in dict.fromkeys([spelling, plain(spelling)])
    ]
    # The second names of villages hold old spellings that are a slip in the name of a town.
    known = [one for one in found if entity != "place" or one.is_own or one.weight >= SMALL_TOWN]
    return sorted(known, key=lambda one: (not one.is_own, -one.weight))


class NameFinder:
    """Finds names; one that is an everyday word too must look like a place where it stands."""

    def __init__(
        self, pipeline: Language, words: Any, common: Dict[str, int], weights: Dict[str, int]
    ) -> None:
        self._pipeline = pipeline
        self._words = words
        self._common = common
        self._weights = weights
        self.company = Company(words)

    def read(self, text: str) -> Doc:
        """Return the text in tokens, with every possible name."""
        return self._pipeline(text)

    def find(self, doc: Doc) -> List[Found]:
        """Return the names that can be meant, and as nothing the everyday words that are spelled like one."""
        return [Found(self._entity(span), span.ent_id_, span.start_char, span.end_char) for span in doc.ents]

    def begins_place(self, word: str) -> bool:
        """Tell whether places begin with this word, and no everyday phrase does."""
        return word in self._words["place_articles"]

    def _entity(self, span: Span) -> str:
        is_name = span.label_ != "place" or self._is_surely_meant(span) or self._is_meant(span)
        return span.label_ if is_name and span.label_ != NO_NAME else NOTHING

    def _is_surely_meant(self, span: Span) -> bool:
        """Tell whether a name is no everyday word, or far oftener a place."""
        count = self._everyday_count(span)
        weight = self._weights.get(span.ent_id_, 0)
        is_long = len(span) >= LONG_NAME and span[0].lower_ not in self._words["articles"]
        return (
            count == 0
            or weight >= count * PLACE_FIRST
            or ((is_long or self.begins_place(span[0].lower_)) and weight >= VILLAGE)
            or plain(span.text) in self._words["places_first"]
        )

    def _is_meant(self, span: Span) -> bool:
        count = self._everyday_count(span)
        if len(span.doc) == len(span):
            return count < VERY_COMMON and self._weights.get(span.ent_id_, 0) >= TOWN
        return self._stands_as_place(span, count) or self._has_company(span, count)

    def _everyday_count(self, span: Span) -> int:
        count = min(self._common.get(plain(token.text), 0) for token in span)
        is_nickname = len(span.text) < SHORT_NICKNAME and plain(span.text) != plain(span.ent_id_)
        return max(count, 1) if is_nickname else count

    def _stands_as_place(self, span: Span, count: int) -> bool:
        capital = span.start > 0 and span[-1].text.istitle()
        weight = self._weights.get(span.ent_id_, 0)
        if not any(self.company.follows(span.doc, span.start, kind) for kind in ("locating", "announcing")):
            is_weak = self.company.follows(span.doc, span.start, "locating_weak")
            return capital and count < VERY_COMMON and is_weak
        if count >= VERY_COMMON:
            ends = span.end == len(span.doc) or (weight >= VILLAGE and self.company.ends_clause(span))
            return capital or (ends and len(span) == 1)
        has_article = span[0].lower_ in self._words["articles"]
        return capital or (weight >= VILLAGE and not has_article)

    def _has_company(self, span: Span, count: int) -> bool:
        """Tell whether a town that is an everyday word too stands where only a place would stand."""
        weight = self._weights.get(span.ent_id_, 0)
        if weight < max(VILLAGE, count * PLACE_TOO) or plain(span.text) != plain(span.ent_id_):
            return False
        return (
            self.company.opens_as_place(span)
            or self.company.ends_search(span)
            or any(self._is_sure_place_beside(span, other) for other in span.doc.ents)
        )

    def _is_sure_place_beside(self, span: Span, other: Span) -> bool:
        is_sure = other.label_ == "place" and self._is_surely_meant(other)
        return is_sure and self.company.is_beside(span, other)
