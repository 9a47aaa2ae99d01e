"""Home of names that are misspelt, joined or split: the likeliest, where no everyday word is likelier."""

import re
from itertools import pairwise
from math import ceil
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from spacy.tokens import Doc, Span
from symspellpy import SymSpell, Verbosity

from bot import slips
from bot.company import Company
from bot.found import NOTHING, Found
from bot.names import TOWN, NameFinder
from bot.spelling import plain

SHORTEST_WORD, LONGEST_WORD = 3, 20
LONGEST_PHRASE = 5
# From this count in the subtitles list on, a word is never a slip.
EVERYDAY = 1_000
# Rarer words than this never win from a name, and comparing with all of them takes time.
RIVAL = 500
# How often a name is said, where the source counts no inhabitants.
SAID = {"place": 5, "institution": 3_000}
SAID_ELSE = 30_000
INHABITANTS_A_MENTION = 20
# The second names of villages are hardly known, and a town's nicknames hardly misspelt.
SELDOM = 10
# A name less likely than this, on the scale of ten, is no name.
LEAST = 0.8
# Of two findings that overlap the one with more words is likelier.
A_WORD_MORE = 1.5
# Three letters are near too much, but for a town or a level.
SHORTEST_NAME = {"place": 3, "level": 3}
SHORTEST_NAME_ELSE = 4
SURELY_JOINED = 8
WORD = re.compile(r"[^\W\d_]+")
JOINT = re.compile(r"\. ?|[ /'’`´-]{0,2}")
SIGNS = re.compile(r"[^\w]|_")
Entries = Dict[str, List[Dict[str, Any]]]


class Name(NamedTuple):
    """What a spelling stands for, how often it is said and of how many words it is made."""

    entity: str
    value: str
    said: float
    parts: int


class Typed(NamedTuple):
    """Words of a text that may be one misspelt name, and where the strange ones among them stand."""

    text: str
    start: int
    end: int
    parts: int
    strange: List[int]
    doc: Doc

    def has_strange_outside(self, found: List[Found]) -> bool:
        """Tell whether a strange word stands outside what was found."""
        return any(not any(one.start <= at < one.end for one in found) for at in self.strange)

    @property
    def span(self) -> Span:
        return self.doc.char_span(self.start, self.end, alignment_mode="expand")


def joined(text: str) -> str:
    """Return plain text without anything between its words, so that den-haag and denhaag are one."""
    return SIGNS.sub("", plain(text))


class TypoFinder:
    """Finds names that were misspelt."""

    def __init__(self, entries: Entries, known: Dict[str, int], no_slips: Iterable[str]) -> None:
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        self._names: Dict[str, Name] = {}
        for entity, names in entries.items():
            for name in names:
                self._add(entity, name)
        self._known = known
        self._no_slips = frozenset(no_slips)
        self._rivals: Dict[int, List[str]] = {}
        for word in known.keys() | self._no_slips:
            if self._count(word) >= RIVAL and word not in self._names:
                self._rivals.setdefault(len(word), []).append(word)

    def _add(self, entity: str, name: Dict[str, Any]) -> None:
        weight = name.get("weight", 0)
        for spelling in name["spellings"]:
            if entity != "place" and _is_found_by_its_end(spelling, name["spellings"]):
                continue
            key = joined(spelling)
            parts = len(WORD.findall(spelling))
            said = max(SAID.get(entity, SAID_ELSE), weight / INHABITANTS_A_MENTION)
            is_second = entity == "place" and spelling != name["value"]
            if is_second and (weight < TOWN or parts == 1):
                said /= SELDOM
            known = self._names.get(key)
            is_better = known is None or (known.entity == entity and known.said < said)
            if is_better and len(key) >= SHORTEST_NAME.get(entity, SHORTEST_NAME_ELSE):
                self._names[key] = Name(entity, name["value"], said, parts)
                self._speller.create_dictionary_entry(key, 1)

    def _count(self, word: str) -> int:
        count = self._known.get(word, 0)
        return max(count, EVERYDAY) if word in self._no_slips else count

    def find(self, doc: Doc, taken: List[Found], names: NameFinder) -> Iterator[Found]:
        """Yield misspelt names, the likeliest first; a phrase may stand over a place that is part of it."""
        likely = []
        for typed in self._phrases(doc, names):
            inside = [found for found in taken if found.start < typed.end and typed.start < found.end]
            if inside and not (_may_all_be_part(inside, typed) and typed.has_strange_outside(inside)):
                continue
            likelihood, found = self._nearest(typed, names.company)
            if found and found.value not in {one.value for one in inside}:
                likely.append((likelihood + typed.parts * A_WORD_MORE, found))
        for _, found in sorted(likely, key=lambda one: one[0], reverse=True):
            yield found

    def find_unknown_places(self, doc: Doc, taken: List[Found], names: NameFinder) -> Iterator[Found]:
        """Yield the unknown words that are meant as a place, as they were typed and without any sureness."""
        for token in doc:
            span = doc[token.i : token.i + 1]
            if self._is_unknown(span, taken) and names.company.follows(doc, token.i, "announcing"):
                yield Found("place", token.text, span.start_char, span.end_char, 0.0)

    def _is_unknown(self, span: Span, taken: List[Found]) -> bool:
        here = Found("", "", span.start_char, span.end_char)
        if any(here.overlaps(found) for found in taken) or not span.text.isalpha():
            return False
        return SHORTEST_WORD <= len(span.text) <= LONGEST_WORD and plain(span.text) not in self._known

    def _phrases(self, doc: Doc, names: NameFinder) -> Iterator[Typed]:
        """Yield every run of words that is not everyday language."""
        words = [(match.start(), match.end(), plain(match.group())) for match in WORD.finditer(doc.text)]
        strange = [len(word) > 1 and self._is_strange(word) for _, _, word in words]
        for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                run = words[first : first + length]
                at = [run[i][0] for i in range(length) if strange[first + i]]
                opens = length > 1 and names.begins_place(run[0][2])
                if (at or opens) and _is_one_phrase(doc.text, run):
                    text = "".join(word for _, _, word in run)
                    yield Typed(text, run[0][0], run[-1][1], length, at, doc)

    def _is_strange(self, word: str) -> bool:
        # The examples repeat the names of towns too.
        is_town = word in self._names and self._names[word].said >= RIVAL
        return self._known.get(word, 0) < EVERYDAY and (is_town or word not in self._no_slips)

    def _nearest(self, typed: Typed, company: Company) -> Tuple[float, Optional[Found]]:
        if not SHORTEST_WORD <= len(typed.text) <= 2 * LONGEST_WORD:
            return 0.0, None
        edits = 1 if len(typed.text) < slips.MIDDLING and typed.parts == 1 else 2
        best: Tuple[float, float, str] = (LEAST, 0, "")
        for near in self._speller.lookup(typed.text, Verbosity.ALL, max_edit_distance=edits):
            far = slips.distance(typed.text, near.term)
            likely = self._likelihood(typed, near.term, far, company)
            if likely > best[0]:
                best = (likely, far, near.term)
        likely, far, term = best
        if not term or self._everyday_likelihood(typed, far) >= likely:
            return 0.0, None
        sureness = round(1 - min(far, 3) / (len(term) + 1), 2)
        name = self._names[term]
        return likely, Found(name.entity, name.value, typed.start, typed.end, sureness)

    def _likelihood(self, typed: Typed, term: str, far: float, company: Company) -> float:
        name = self._names[term]
        sign = company.sign_of(name.entity, typed.span)
        # Beside a figure even a short level is known by most of its letters.
        reach = 1 if name.entity == "level" and sign else slips.allowed(term)
        if far > reach or not _is_split_alike(typed, term, name, far):
            return 0.0
        if name.entity == "place" and not sign and self._known.get(term, 0) >= EVERYDAY:
            return 0.0
        return slips.likelihood(name.said, far, len(term)) + sign

    def _everyday_likelihood(self, typed: Typed, far: float) -> float:
        """Return how likely an everyday word is meant; in a phrase there is none as near."""
        if typed.parts > 1:
            return 0.0
        size = len(typed.text)
        likeliest = slips.likelihood(self._known.get(typed.text, 0), 0, size)
        reach = ceil(far)
        for length in range(size - reach, size + reach + 1):
            rivals = self._rivals.get(length, [])
            for word, _, _ in extract(
                typed.text, rivals, scorer=OSA.distance, score_cutoff=reach, limit=None
            ):
                away = slips.distance(typed.text, word)
                likeliest = max(likeliest, slips.likelihood(self._count(word), away, len(word)))
        return likeliest


def _is_found_by_its_end(spelling: str, spellings: List[str]) -> bool:
    """Tell whether the last word is near enough, or too short for a slip: "docent frans", "leraar lo"."""
    _, _, last = spelling.rpartition(" ")
    return last != spelling and (last in map(str.lower, spellings) or len(last) < SHORTEST_NAME_ELSE)


def _may_all_be_part(inside: List[Found], typed: Typed) -> bool:
    return all(
        found.entity in ("place", NOTHING) and typed.start <= found.start and found.end <= typed.end
        for found in inside
    )


def _is_one_phrase(text: str, run: List[Tuple[int, int, str]]) -> bool:
    return all(JOINT.fullmatch(text[one[1] : other[0]]) for one, other in pairwise(run))


def _is_split_alike(typed: Typed, term: str, name: Name, far: float) -> bool:
    """Tell whether the words are divided as in the name, or nearly so."""
    if typed.parts == 1:
        return name.parts == 1 or name.entity == "place" or far == 0
    if name.parts == 1:
        return len(term) >= SURELY_JOINED and (far == 0 or (len(term) >= slips.LONG and far <= 1))
    return abs(typed.parts - name.parts) <= 1
