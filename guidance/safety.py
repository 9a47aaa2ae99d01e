"""Home of the rules that see danger in a text, without engine, database or mail."""

from collections.abc import Mapping
from typing import NamedTuple

from guidance.content import read_content
from guidance.safety_patterns import Pattern, Sentences, compiled
from guidance.safety_words import sentences_of

VEILED, EXPLICIT = "A", "B"


class Danger(NamedTuple):
    """What a text signals: tier "B" is explicit, "A" veiled; and of which kind."""

    tier: str
    kind: str


def danger_in(text: str) -> Danger | None:
    """Return the worst signal in a text, or None; sayings, denials and stories do not count as explicit."""
    patterns = compiled()
    said = Sentences(sentences_of(text)).without(patterns.everyday)
    affirmed = said.without(patterns.denied)
    if kind := _first(patterns.firm, affirmed):
        return Danger(EXPLICIT, kind)
    if kind := _first(patterns.told, affirmed):
        return _told(kind, said) or _veiled(said)
    return _veiled(said)


def answers_help_lines(text: str, tier: str) -> bool:
    """Say whether a text only answers the lines that were shown to danger of this tier: "ja", "ok"."""
    answers = read_content("safety")["answers"]
    taken = answers["agreeing"] + (answers["any"] if tier == EXPLICIT else [])
    return " ".join(word for sentence in sentences_of(text) for word in sentence) in taken


def _told(kind: str, said: Sentences) -> Danger | None:
    """Judge what may be a joke or a story: a joke is veiled, a game or a lesson is nothing."""
    contexts = read_content("safety")["contexts"]
    if said.mentions(contexts["stories"]):
        return None
    return Danger(VEILED if said.mentions(contexts["jokes"]) else EXPLICIT, kind)


def _veiled(said: Sentences) -> Danger | None:
    patterns = compiled()
    kind = _first(patterns.veiled, said) or _first(patterns.firm, said)
    return Danger(VEILED, kind) if kind else None


def _first(kinds: Mapping[str, list[Pattern]], said: Sentences) -> str | None:
    return next((kind for kind, patterns in kinds.items() if any(map(said.has, patterns))), None)
