"""Home of putting misspelt words right, for messages that were not understood as they stand."""

import re
from collections import Counter
from typing import Any, Dict, FrozenSet, NamedTuple, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot import spelling

# The text of a doubtful message with its spelling put right and its names masked.
CORRECTED_TEXT = "corrected_text"
WORD = re.compile(r"\w+")
# Shorter words have too many neighbours; a longer one may hold two slips.
SHORTEST = 4
TWO_SLIPS_FROM = 7
COMMON_WORDS = 10_000
# How much oftener a word of the examples is meant than one of the subtitles.
OWN_WORD = 1000


class Dictionary(NamedTuple):
    """Words that may be meant, with how often they occur, and all that are spelled right as they stand."""

    weights: Dict[str, int]
    known: FrozenSet[str]

    @classmethod
    def remembered(cls, memory: Dict[str, Any]) -> "Dictionary":
        """Return the dictionary that was kept."""
        return cls(memory["weights"], frozenset(memory["known"]))

    def as_memory(self) -> Dict[str, Any]:
        """Return what JSON can keep."""
        return {"weights": self.weights, "known": sorted(self.known)}

    def corrected(self, text: str) -> str:
        """Return plain text with each unknown word in the spelling of the nearest one."""
        return WORD.sub(lambda word: self._nearest(word.group()), text)

    def _nearest(self, word: str) -> str:
        if len(word) < SHORTEST or word in self.known or not word.isalpha():
            return word
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = process.extract(word, self.weights.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        return min(near, key=lambda found: (found[1], -self.weights[found[0]], found[0]))[0] if near else word


def dictionary_of(
    examples: Sequence[str], counted: Dict[str, int], abbreviations: Sequence[str]
) -> Dictionary:
    """Return a dictionary of the words seen twice or more in plain examples, and of the commonest ones."""
    own = Counter(word for example in examples for word in WORD.findall(example))
    repeated = [word for word, times in own.items() if times > 1]
    common = {
        spelling.plain(word): count // OWN_WORD + 1
        for word, count in Counter(counted).most_common(COMMON_WORDS)
    }
    weights = {word: common.get(word, 0) + own[word] * OWN_WORD for word in [*common, *repeated]}
    known = frozenset([*map(spelling.plain, counted), *repeated, *abbreviations])
    return Dictionary({word: weights[word] for word in sorted(weights) if len(word) >= SHORTEST - 1}, known)
