"""Home of the words that may hint at health, faith, origin or orientation."""

from collections.abc import Mapping
from functools import cache

from guidance.content import read_content

BEFORE_A_WORD = " (“\"'-/.,"


def is_sensitive(text: str) -> bool:
    """Say whether a word of this text begins like one that hints at something private."""
    plain = f" {' '.join(text.casefold().split())}"
    return any(f"{sign}{start}" in plain for start in _starts() for sign in BEFORE_A_WORD)


@cache
def _starts() -> tuple[str, ...]:
    lists: Mapping[str, list[str]] = read_content("sensitive_words")
    return tuple(start for starts in lists.values() for start in starts)
