"""Home of whom a pupil wants to speak, beside the dean."""

import re

from guidance.content import read_content

PARENTS, OTHER_STAFF = "parents", "other_staff"


def speaks_of_parents(text: str) -> bool:
    """Tell whether a text is about a talk at home."""
    return _has_word_of(text, PARENTS)


def speaks_of_other_staff(text: str, dean: str) -> bool:
    """Tell whether a text names someone of the school who is not the dean."""
    surname = dean.casefold().split()[-1]
    return _has_word_of(text, OTHER_STAFF) and surname not in text.casefold()


def _has_word_of(text: str, group: str) -> bool:
    words: list[str] = read_content("talk_partners")[group]
    return not set(words).isdisjoint(re.findall(r"\w+", text.casefold()))
