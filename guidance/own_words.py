"""Home of what holds for own words wherever they are kept: how long, and which of them were confirmed."""

import hashlib

from guidance.errors import WordsTooLong

LONGEST_WORDS = 300


def require_fitting(words: str) -> None:
    """Raise WordsTooLong when these words are longer than can be kept."""
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(f"{len(words)} characters", limit=LONGEST_WORDS)


def digest_of_words(words: str) -> str:
    """Return a short mark of these words, so that a yes to other words can be told from a yes to these."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]
