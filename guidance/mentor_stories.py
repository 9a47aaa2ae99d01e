"""Home of a story of an oud-leerling beside an answer: whose it is, and how it opens."""

import re
from dataclasses import dataclass

LONGEST_OPENING = 280
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Story:
    """Why an oud-leerling became a teacher, as the dean approved it."""

    first_name: str
    programme: str
    institution: str
    words: str

    @property
    def opening(self) -> str:
        """The first sentences, as many as fit; a first sentence that is too long is cut at a word."""
        opening, *others = _SENTENCE_ENDS.split(self.words)
        for sentence in others:
            if len(opening) + 1 + len(sentence) > LONGEST_OPENING:
                break
            opening = f"{opening} {sentence}"
        if len(opening) <= LONGEST_OPENING:
            return opening
        return opening[:LONGEST_OPENING].rsplit(" ", 1)[0] + "…"
