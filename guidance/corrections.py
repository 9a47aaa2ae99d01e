"""Home of the reading of a correction: what the answer becomes in "oeps, ik bedoelde ja"."""

import re
from collections.abc import Iterator

from guidance.content import read_content
from guidance.ratings import LIKING, Rating, rating_in


def is_correction(text: str) -> bool:
    """Say whether a text says that something was meant otherwise, whatever it names."""
    return any(_said_with(text))


def corrected_rating(text: str, scale: str = LIKING) -> Rating | None:
    """Return the answer that a correction names, or None when it names none or is no correction."""
    for said in _said_with(text):
        if rating := _rating_within(said, scale):
            return rating
    return None


def _said_with(text: str) -> Iterator[list[str]]:
    """Yield what stands after the words that make it a correction, or before them when nothing follows."""
    plain = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    if "?" in text:
        return
    words = read_content("corrections")
    for saying in words["sayings"]:
        found = re.search(rf"\b{re.escape(saying)}\b", plain)
        if not found:
            continue
        before, after = plain[: found.start()].split(), plain[found.end() :].split()
        if not after:
            yield before
        elif set(before) <= set(words["around"]):
            yield after


def _rating_within(said: list[str], scale: str) -> Rating | None:
    """Return the rating that is left without the words around it; as few of those go as need be."""
    around = set(read_content("corrections")["around"])
    for start in range(len(said)):
        if not set(said[:start]) <= around:
            return None
        for end in range(len(said), start, -1):
            if set(said[end:]) <= around and (rating := rating_in(" ".join(said[start:end]), scale)):
                return rating
    return None
