"""Home of the kinds of experience that a school can offer; the kinds themselves are content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from guidance.content import read_content


@dataclass(frozen=True)
class ExperienceKind:
    """A kind: its name, one word for it, and the bekwaamheid that one mostly tries with it."""

    name: str
    short: str
    bekwaamheid: str


@cache
def experience_kinds() -> Mapping[str, ExperienceKind]:
    """Return the kinds by their value, in the order of the file."""
    return {value: ExperienceKind(**kind) for value, kind in read_content("experience_kinds").items()}
