"""Home of what a message says once a hidden number, address or chat spelling is written out."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from rapidfuzz.distance import OSA

from guidance.content import read_content
from guidance.safety_words import sentences_of

# Shorter words are too near to others.
SHORTEST_TYPO = 6

_TOKEN = re.compile(r"[^\W_]+")


def straightened(text: str) -> str:
    """Return a text with words for signs as signs, and moments and days as one word."""
    for shape, stand_in in _rewrites():
        text = shape.sub(stand_in, text)
    return text


def with_figures(text: str) -> str:
    """Return a text with words for figures as figures, also where they are joined to others."""
    return _TOKEN.sub(lambda token: _figures_of(token[0]), text)


def sentences_in(text: str) -> list[list[str]]:
    """Return the words of a text, sentence by sentence, with chat spelling and typos put right."""
    return [list(_spelled_out(sentence)) for sentence in sentences_of(text)]


def _spelled_out(words: list[str]) -> Iterator[str]:
    spellings: dict[str, str] = _content()["spellings"]
    for word in words:
        yield from spellings.get(word, _corrected(word)).split()


def _corrected(word: str) -> str:
    if len(word) < SHORTEST_TYPO or word in _content()["not_typos"]:
        return word
    targets: list[str] = _content()["misspelt"]
    near = (target for target in targets if OSA.distance(word, target, score_cutoff=1) <= 1)
    return next(near, word)


def _figures_of(token: str) -> str:
    numbers, small = _numbers(), token.casefold()
    if small in numbers:
        return str(numbers[small])
    if small[:2] not in _beginnings() or not _joined().fullmatch(small):
        return token
    return _part().sub(lambda part: str(numbers.get(part[0], part[0])), small)


@cache
def _rewrites() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(shape, re.IGNORECASE), stand_in) for shape, stand_in in _content()["rewrites"]]


@cache
def _numbers() -> dict[str, int]:
    small: dict[str, int] = _content()["numbers"]
    tens: dict[str, int] = _content()["tens"]
    joined = {
        f"{unit}{between}{ten}": 10 * tens[ten] + small[unit]
        for unit, between, ten in product(small, ("en", "ën"), tens)
        if 1 <= small[unit] <= 9
    }
    return small | {ten: 10 * value for ten, value in tens.items()} | joined


@cache
def _beginnings() -> frozenset[str]:
    """Return how a row of figures may begin: enough to leave almost every word alone."""
    digits = (f"{digit}{sign}" for digit in "0123456789" for sign in "0123456789abcdefghijklmnopqrstuvwxyz")
    return frozenset(number[:2] for number in _numbers()) | frozenset(digits)


@cache
def _part() -> re.Pattern[str]:
    longest_first = sorted(_numbers(), key=len, reverse=True)
    return re.compile("|".join([*longest_first, r"\d"]))


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(f"(?:{_part().pattern})+")


def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_content("held_back")
    return content
