"""Home of slips of the keyboard: how far what was typed lies from a name, and how likely it is meant."""

from functools import lru_cache
from math import log10

from rapidfuzz.distance import OSA

from bot.spelling import by_sound

# What is heard alike, a doubled letter and two letters that changed places are commoner than other slips.
HEARD_ALIKE = 0.5
SWAPPED = 0.7
OTHER_FIRST_LETTER = 0.5
# Where every letter counts, only such a common slip is forgiven.
SHORT, MIDDLING, LONG = 4, 7, 11


def distance(typed: str, name: str) -> float:
    """Return how far two plain spellings lie apart, common slips counting less."""
    edits: float = OSA.distance(typed, name)
    if edits == 1 and sorted(typed) == sorted(name):
        edits = SWAPPED
    if edits > HEARD_ALIKE:
        edits = min(edits, HEARD_ALIKE + OSA.distance(_heard(typed), _heard(name)))
    return edits + (OTHER_FIRST_LETTER if typed[:1] not in name[:2] else 0)


def edits_allowed(name: str) -> int:
    """Return how many whole edits a misspelt text may be away: none for a short one."""
    if len(name) < 5:
        return 0
    return 1 if len(name) < 8 else 2


def allowed(name: str) -> float:
    """Return how far a slip may lie from a name: the longer the name, the farther."""
    if len(name) < SHORT:
        return HEARD_ALIKE
    if len(name) == SHORT:
        return SWAPPED
    return HEARD_ALIKE + (SWAPPED if len(name) <= MIDDLING else 1.5 if len(name) < LONG else 2)


def likelihood(frequency: float, far: float, length: int) -> float:
    """Return how likely a word is meant, on a scale of ten: how often it is said against how far it lies."""
    price = 2.0 if length < MIDDLING else 1.5 if length < LONG else 1.0
    return log10(max(frequency, 1)) - price * far


@lru_cache(maxsize=50_000)
def _heard(word: str) -> str:
    return by_sound(word)
