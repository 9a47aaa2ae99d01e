"""Home of what is done to a message between a pupil and an oud-leerling before it is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guidance.errors import WordsEmpty
from guidance.held_back import held_back_because
from guidance.kept_words import kept_words
from guidance.mentor_questions import LONGEST_MESSAGE
from guidance.redaction import placeholder


@dataclass(frozen=True)
class Written:
    """The words without personal data, and why they are held back, with spaces between; empty: may go."""

    text: str
    held_because: str


def written(text: str, *, never: Mapping[str, str]) -> Written:
    """Return a message as it may be kept; never: what it must not hold, such as a surname, and of what kind.

    Raises DangerInText before all else, WordsEmpty or WordsTooLong.
    """
    words = kept_words(text, longest=LONGEST_MESSAGE)
    for secret, kind in never.items():
        words = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", placeholder(kind), words, flags=re.IGNORECASE)
    if not words:
        raise WordsEmpty("no words")
    # What is held back is judged by the text as it was typed: a number is gone from the words.
    return Written(words, " ".join(held_back_because(text)))
