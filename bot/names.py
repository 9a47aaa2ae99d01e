"""Home of names that are spelled right: a blank Dutch spaCy pipeline with a ruler over the names."""

from typing import Any, Dict, Iterable, List, Set

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.found import Found
from bot.spelling import plain

# From this count on in the subtitles list (about the thousand commonest) a word is hardly ever a place.
VERY_COMMON = 20_000
VILLAGE = 1_000
TOWN = 10_000
# Shorter second names of a place (a first name, a word for town) need a locating word.
SHORT_NICKNAME = 6


def pipeline_of(entries: Dict[str, List[Dict[str, Any]]]) -> Language:
    """Build the pipeline; where two entities share a spelling, the entity named first keeps it."""
    dutch = spacy.blank("nl")
    taken: Set[str] = set()
    patterns = []
    for entity, names in entries.items():
        for spelling, value in _spellings(names):
            if spelling.lower() not in taken:
                taken.add(spelling.lower())
                patterns.append({"label": entity, "pattern": spelling, "id": value})
    dutch.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns(patterns)
    return dutch


def _spellings(names: List[Dict[str, Any]]) -> Iterable[Any]:
    for name in names:
        for spelling in dict.fromkeys([*name["spellings"], *map(plain, name["spellings"])]):
            yield spelling, name["value"]


class NameFinder:
    """Finds names; one that is an everyday word too must look like a place where it stands."""

    def __init__(
        self, pipeline: Language, words: Any, common: Dict[str, int], weights: Dict[str, int]
    ) -> None:
        self._pipeline = pipeline
        self._words = words
        self._common = common
        self._weights = weights

    def read(self, text: str) -> Doc:
        """Return the text in tokens, with every possible name."""
        return self._pipeline(text)

    def find(self, doc: Doc) -> List[Found]:
        """Return the names that can be meant."""
        return [
            Found(span.label_, span.ent_id_, span.start_char, span.end_char)
            for span in doc.ents
            if span.label_ != "place" or self._is_meant(span)
        ]

    def has_locating_word(self, doc: Doc, at: int) -> bool:
        """Tell whether the token at this position follows a word that tells of a place."""
        return self._cue(doc, at, "locating") or self._cue(doc, at, "locating_weak")

    def announces_place(self, doc: Doc, at: int) -> bool:
        """Tell whether whatever stands at this position is meant as a place."""
        return self._cue(doc, at, "announcing")

    def _cue(self, doc: Doc, at: int, kind: str) -> bool:
        before = [token.lower_ for token in doc[max(0, at - 2) : at]]
        return any(cue in self._words[kind] for cue in (*before[-1:], " ".join(before)))

    def _is_meant(self, span: Span) -> bool:
        count = self._everyday_count(span)
        if count == 0:
            return True
        if len(span.doc) == len(span):
            return count < VERY_COMMON and self._weights.get(span.ent_id_, 0) >= TOWN
        return self._stands_as_place(span, count)

    def _everyday_count(self, span: Span) -> int:
        count = min(self._common.get(plain(token.text), 0) for token in span)
        is_nickname = len(span.text) < SHORT_NICKNAME and plain(span.text) != plain(span.ent_id_)
        return max(count, 1) if is_nickname else count

    def _stands_as_place(self, span: Span, count: int) -> bool:
        capital = span.start > 0 and span[-1].text.istitle()
        if not self._cue(span.doc, span.start, "locating"):
            return capital and count < VERY_COMMON and self._cue(span.doc, span.start, "locating_weak")
        if count >= VERY_COMMON:
            return capital or (span.end == len(span.doc) and len(span) == 1)
        has_article = span[0].lower_ in self._words["articles"]
        return capital or (self._weights.get(span.ent_id_, 0) >= VILLAGE and not has_article)
