"""Home of the reading of an answer to the offer to go on with an open check-in."""

import re
from typing import Literal

from guidance.content import read_content

Way = Literal["go_on", "not_now", "start_anew"]
WAYS: tuple[Way, ...] = ("go_on", "not_now", "start_anew")


def answer_to_offer(text: str) -> Way | None:
    """Return what these words answer to the offer, or None when they are something else."""
    plain, words = " ".join(re.findall(r"[^\W_]+", text.casefold())), read_content("check_in_words")
    return None if "?" in text else next((way for way in WAYS if plain in words[way]), None)
