"""Finds the place that a sentence speaks of, where the engine recognised none."""

import re
from functools import cache

from guidance.content import read_content

MOST_WORDS = 4


def place_in_text(text: str) -> str | None:
    """Return the words behind the last "in", "bij" or "van" that can be a place."""
    found = None
    for match in _before().finditer(text):
        words = _after().split(text[match.end() :])[0].split()
        if words and words[0].casefold() not in _not_places():
            found = " ".join(words[:MOST_WORDS])
    return found


def place_alone(text: str) -> str | None:
    """Return a whole text as the place that it may be; "bij mij" and "hier" name none."""
    words = text.casefold().split()
    return text if set(words) - _not_places() - {*read_content("place_names")["in_text"]["before"]} else None


def speaks_of_school(text: str) -> bool:
    """Tell whether the sentence asks for what is near the pupil's own school."""
    words = " ".join(text.casefold().split())
    return any(phrase in words for phrase in read_content("place_names")["in_text"]["at_school"])


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(read_content("place_names")["in_text"]["before"])
    return re.compile(rf"\b(?:{words})\s+(?=\S)", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    words = "|".join(read_content("place_names")["in_text"]["after"])
    return re.compile(rf"[,.;:!?]| (?:{words}) ", re.IGNORECASE)


@cache
def _not_places() -> frozenset[str]:
    return frozenset(read_content("place_names")["in_text"]["not_places"])
