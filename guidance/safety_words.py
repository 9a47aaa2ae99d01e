"""Home of what a text says once its disguises are off: chat spelling, spaced or swapped letters, typos."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA

from guidance.content import read_content
from guidance.visible import visible

STOP = "."
# Typos are looked for in this many different words at most, so that a huge text stays quick.
WORDS_CHECKED = 3000
LONGEST_TYPO = 24

_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*]){2,}[^\W_](?![^\W_])")
_LEET = str.maketrans("0134578@$!|€", "oieastbasiie")
_SWAPPED = re.compile(r"[\w@$!|€]*[\w@$€]")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´ʼ](?=\w)")
_STOPS = re.compile(r"[.!?;:\n…؟۔]+")
_WORDS = re.compile(r"[^\W_](?:[\w*]*[^\W_])?|\.")
_RUN_AT_END = re.compile(r"([^\W\d_])\1{2,}(?!\w)")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_TURKISH = str.maketrans({"İ": "i", "I": "i", "ı": "i"})


def sentences_of(text: str) -> list[list[str]]:
    """Return the plain words of a text, sentence by sentence."""
    words = _spelled_out(_words_of(visible(text)))
    sentences: list[list[str]] = [[]]
    for word in words:
        if word == STOP:
            sentences.append([])
        else:
            sentences[-1].append(word)
    return [sentence for sentence in sentences if sentence]


def letters_of(text: str) -> str:
    """Return small letters without accents; spaced ones are joined, signs that stand for one are letters."""
    text = _SPACED.sub(lambda spaced: re.sub(r"[\W_]", "", spaced[0]), _plain(text))
    return _SWAPPED.sub(lambda word: _unswapped(word[0]), text)


def _words_of(text: str) -> list[str]:
    for sign, word in _content()["signs"].items():
        text = text.replace(sign, f" {word} ")
    text = _STOPS.sub(" . ", _APOSTROPHES.sub("", letters_of(text)))
    return _WORDS.findall(_RUN.sub(r"\1\1", _RUN_AT_END.sub(r"\1", text)))


def _unswapped(word: str) -> str:
    """Return a word of letters and signs with the signs read as letters; a number stays a number."""
    is_mixed = any(sign.isalpha() for sign in word) and not word.isalpha()
    return word.translate(_LEET) if is_mixed else word


def _plain(text: str) -> str:
    """Return small letters without accents; the marks of other scripts than Latin stay, but for Arabic."""
    small = text.translate(_TURKISH).casefold().translate(_ARABIC)
    if small.isascii():
        return small
    letters = unicodedata.normalize("NFD", small)
    kept = (sign for before, sign in pairwise("." + letters) if not _is_accent(before, sign))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_accent(before: str, sign: str) -> bool:
    if not unicodedata.combining(sign):
        return False
    return not "\u0400" <= before <= "\u04ff"


def _spelled_out(words: list[str]) -> Iterator[str]:
    """Write chat spellings, joined words and likely typos out in full."""
    spellings = _content()["spellings"]
    corrected = {word: _corrected(word) for word in list(dict.fromkeys(words))[:WORDS_CHECKED]}
    for word in words:
        known = spellings.get(word) or corrected.get(word, word)
        yield from str(known).split()


def _corrected(word: str) -> str:
    content, targets = _content(), _targets()
    if len(word) > 8:
        for joined, written in content["joined"].items():
            if joined in word:
                return str(written)
    if "*" in word:
        return next((target for target in content["misspelt"] if _fits(word, target)), word.replace("*", ""))
    if not 6 <= len(word) <= LONGEST_TYPO or word in content["not_typos"]:
        return word
    near = (target for part in _shortened(word) for target in targets.get(part, ()))
    return next((target for target in near if OSA.distance(word, target) <= 1 + (len(target) > 8)), word)


def _fits(word: str, target: str) -> bool:
    same_length = len(word) == len(target)
    return same_length and all(one in ("*", other) for one, other in zip(word, target, strict=True))


def _shortened(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]


@cache
def _targets() -> dict[str, list[str]]:
    """Return the words worth a correction, under each form with one letter left out."""
    targets: dict[str, list[str]] = {}
    for target in _content()["misspelt"]:
        for part in _shortened(target):
            targets.setdefault(part, []).append(target)
    return targets


def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_content("safety")
    return content
