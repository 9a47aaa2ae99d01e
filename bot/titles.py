"""Home of what a typed text has in common with the title of a button."""

import re
from typing import List

from rapidfuzz.distance import OSA

from bot.slips import edits_allowed
from bot.spelling import plain

YES, NO = "ja", "nee"
FEWEST_WORDS_OF_BEGINNING = 2


def bare(text: str) -> str:
    """Return the words of a text in plain spelling, without signs."""
    return " ".join(re.findall(r"\w+", plain(text)))


def names_of(title: str) -> List[str]:
    """Return a title in plain words, also without the yes or no it begins with."""
    name = bare(title)
    opener, _, rest = name.partition(" ")
    return [name, rest] if rest and opener in (YES, NO) else [name]


def is_meant(typed: str, names: List[str]) -> bool:
    """Tell whether a text is the beginning of one of these names, or one with a small typo."""
    is_long = len(typed.split()) >= FEWEST_WORDS_OF_BEGINNING
    return any((is_long and f"{name} ".startswith(f"{typed} ")) or _is_typo(typed, name) for name in names)


def _is_typo(typed: str, name: str) -> bool:
    # A figure is never a typo: "3 leuk" is not "4 leuk".
    if re.findall(r"\d+", typed) != re.findall(r"\d+", name):
        return False
    return OSA.distance(typed, name) <= edits_allowed(name)
