"""Home of names that are misspelt: the nearest name by edits, where no everyday word is as near."""

from typing import Any, Dict, FrozenSet, Iterator, List, NamedTuple, Optional

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from spacy.tokens import Doc, Span
from symspellpy import SymSpell, Verbosity

from bot.found import Found
from bot.names import NameFinder
from bot.spelling import plain

SHORTEST_TYPED = 4
SHORTEST_WORD, LONGEST_WORD = 3, 20
LONGEST_PHRASE = 3
Entries = Dict[str, List[Dict[str, Any]]]


class Name(NamedTuple):
    """What a spelling stands for."""

    entity: str
    value: str


def edits_allowed(name: str) -> int:
    """Return how many edits a misspelt name may be away: none for the short ones."""
    if len(name) < 5:
        return 0
    return 1 if len(name) < 8 else 2


class TypoFinder:
    """Finds names that were misspelt."""

    def __init__(self, entries: Entries, known: FrozenSet[str], common: Dict[str, int]) -> None:
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        self._names: Dict[str, Name] = {}
        for entity, names in entries.items():
            for name in names:
                self._add(entity, name)
        parts = {part for name in self._names for part in name.split()}
        self._known = known
        self._everyday = [word for word in common if word not in parts and len(word) >= SHORTEST_TYPED]

    def _add(self, entity: str, name: Dict[str, Any]) -> None:
        for spelling in map(plain, name["spellings"]):
            if edits_allowed(spelling) and spelling not in self._names:
                self._names[spelling] = Name(entity, name["value"])
                self._speller.create_dictionary_entry(spelling, name.get("weight", 0) + 1)

    def find(self, doc: Doc, taken: List[Found], names: NameFinder) -> Iterator[Found]:
        """Yield misspelt names in the words that no other finding covers, longer phrases first."""
        for length in range(LONGEST_PHRASE, 0, -1):
            for start in range(len(doc) - length + 1):
                span = doc[start : start + length]
                if self._may_be_misspelt(span, taken):
                    found = self._nearest(span, has_cue=names.has_locating_word(doc, start))
                    if found:
                        yield found

    def find_unknown_places(self, doc: Doc, taken: List[Found], names: NameFinder) -> Iterator[Found]:
        """Yield the unknown words that are meant as a place, as they were typed and without any sureness."""
        for token in doc:
            span = doc[token.i : token.i + 1]
            if self._may_be_misspelt(span, taken) and names.announces_place(doc, token.i):
                yield Found("place", token.text, span.start_char, span.end_char, 0.0)

    def _may_be_misspelt(self, span: Span, taken: List[Found]) -> bool:
        here = Found("", "", span.start_char, span.end_char)
        if any(here.overlaps(found) for found in taken) or not all(token.is_alpha for token in span):
            return False
        return any(self._is_strange(plain(token.text)) for token in span)

    def _is_strange(self, word: str) -> bool:
        return SHORTEST_WORD <= len(word) <= LONGEST_WORD and word not in self._known

    def _nearest(self, span: Span, *, has_cue: bool) -> Optional[Found]:
        typed = plain(span.text)
        if len(typed) < SHORTEST_TYPED:
            return None
        for near in self._speller.lookup(typed, Verbosity.CLOSEST, max_edit_distance=2):
            name = self._names[near.term]
            near_enough = near.distance <= edits_allowed(near.term)
            if near_enough and self._is_likely(typed, near.distance, name, has_cue):
                sureness = round(1 - near.distance / len(near.term), 2)
                return Found(name.entity, name.value, span.start_char, span.end_char, sureness)
        return None

    def _is_likely(self, typed: str, distance: int, name: Name, has_cue: bool) -> bool:
        if name.entity == "place" and has_cue and distance == 1:
            return True
        return extractOne(typed, self._everyday, scorer=OSA.distance, score_cutoff=distance) is None
