"""Home of how a pattern of content/safety.yml is read and looked for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Self

from guidance.content import read_content

ANY, FILLERS, START, END = "..", "~", "^", "$"
# Words that belong together in any order stand at most this far apart.
NEAR = 10
STOP, MASK = " . ", "_ "


@dataclass(frozen=True)
class Words:
    """One place of a pattern: which words may stand there."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]

    @classmethod
    def read(cls, written: str, groups: Mapping[str, str]) -> Self:
        for name, members in groups.items():
            written = written.replace(f"<{name}>", members)
        words = written.split("|")
        beginnings = tuple(word[:-1] for word in words if word.endswith("*"))
        endings = tuple(word[1:] for word in words if word.startswith("*"))
        return cls(frozenset(word for word in words if "*" not in word), beginnings, endings)

    @property
    def regex(self) -> str:
        open_words = [f"{word}[^ ]*" for word in self.beginnings] + [f"[^ ]*{word}" for word in self.endings]
        return f"(?:{'|'.join([*sorted(self.whole), *open_words])}) "

    def fits(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.beginnings) or word.endswith(self.endings)


@dataclass(frozen=True)
class Pattern:
    """Words after each other, or (without regex) words near each other in any order."""

    places: tuple[Words, ...]
    regex: re.Pattern[str] | None

    @classmethod
    def read(cls, written: str, groups: Mapping[str, str]) -> Self:
        if "&" in written:
            return cls(tuple(Words.read(part.strip(), groups) for part in written.split("&")), None)
        fillers = Words.read("<fillers>", groups).regex
        gaps = {ANY: r"(?:[^ .]+ ){0,4}?", FILLERS: f"(?:{fillers}){{0,6}}?", END: r"(?=\. |\Z)"}
        gaps[START] = r"(?:(?<=\A )|(?<=\. ))"
        parts = [gaps.get(part) or Words.read(part, groups) for part in written.split()]
        regex = "".join(part if isinstance(part, str) else part.regex for part in parts)
        places = tuple(part for part in parts if isinstance(part, Words))
        return cls(places, re.compile(f"(?<= ){regex}"))


class Patterns(NamedTuple):
    """All patterns of the content."""

    everyday: list[Pattern]
    denied: list[Pattern]
    firm: dict[str, list[Pattern]]
    told: dict[str, list[Pattern]]
    veiled: dict[str, list[Pattern]]


class Sentences:
    """The words of a text, ready to look for patterns in."""

    def __init__(self, sentences: Iterable[list[str]]) -> None:
        self.text = f" {STOP.strip()} ".join(" ".join(words) for words in sentences)
        self.text = f" {self.text} "
        self.words = frozenset(self.text.split())

    def has(self, pattern: Pattern) -> bool:
        if not all(map(self._mentions, pattern.places)):
            return False
        if pattern.regex:
            return pattern.regex.search(self.text) is not None
        return any(_are_near(pattern.places, sentence.split()) for sentence in self.text.split(STOP))

    def without(self, patterns: Iterable[Pattern]) -> "Sentences":
        """Return the same text with every place where one of the patterns stands blotted out."""
        text = self.text
        for pattern in patterns:
            if pattern.regex and all(map(self._mentions, pattern.places)):
                text = pattern.regex.sub(MASK, text)
        return self if text == self.text else Sentences([text.split()])

    def mentions(self, words: Iterable[str]) -> bool:
        return not self.words.isdisjoint(words)

    def _mentions(self, place: Words) -> bool:
        if not self.words.isdisjoint(place.whole):
            return True
        parts = [f" {beginning}" for beginning in place.beginnings] + [
            f"{ending} " for ending in place.endings
        ]
        return any(part in self.text for part in parts)


class PatternIndex:
    """Many patterns, of which only those are looked for whose words all stand in the text."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        # A bit for every place; a place with open words is taken to stand anywhere.
        bits: dict[frozenset[str], int] = {}
        self._patterns: list[tuple[Pattern, int]] = []
        for pattern in patterns:
            closed = {place.whole for place in pattern.places if not (place.beginnings or place.endings)}
            needed = sum(bits.setdefault(words, 1 << len(bits)) for words in closed)
            self._patterns.append((pattern, needed))
        self._bits_of: dict[str, int] = {}
        for words, bit in bits.items():
            for word in words:
                self._bits_of[word] = self._bits_of.get(word, 0) | bit

    def likely_in(self, said: Sentences) -> list[Pattern]:
        """Return the patterns of which every place stands somewhere in the text."""
        there = 0
        for word in said.words:
            there |= self._bits_of.get(word, 0)
        return [pattern for pattern, needed in self._patterns if needed & there == needed]

    def any_in(self, said: Sentences) -> bool:
        return any(map(said.has, self.likely_in(said)))


def _are_near(places: tuple[Words, ...], words: list[str]) -> bool:
    last: dict[int, int] = {}
    for position, word in enumerate(words):
        for number, place in enumerate(places):
            if place.fits(word):
                last[number] = position
        if len(last) == len(places) and min(last.values()) >= position - NEAR:
            return True
    return False


@cache
def compiled() -> Patterns:
    """Return the patterns of the content, read once."""
    content: dict[str, Any] = read_content("safety")
    groups = {name: "|".join(members.split()) for name, members in content["words"].items()}

    def read_all(written: list[str]) -> list[Pattern]:
        return [Pattern.read(line, groups) for line in written]

    def by_kind(name: str) -> dict[str, list[Pattern]]:
        return {kind: read_all(written) for kind, written in content[name].items()}

    calm = content["calm"]
    return Patterns(
        read_all(calm["everyday"]),
        read_all(calm["denied"]),
        by_kind("firm"),
        by_kind("told"),
        by_kind("veiled"),
    )
