"""Home of exam subjects: what pupils call them, and how a message says which ones someone has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from guidance.content import read_content
from guidance.errors import UnusableFilter
from guidance.places import spelling

PROFILES = ("NT", "NG", "EM", "CM")
SEPARATOR = ","


@dataclass(frozen=True)
class Mention:
    """Exam subjects that a message says someone has, and where they stand in it."""

    subjects: tuple[str, ...]
    start: int
    end: int


def exam_subject_names() -> list[str]:
    """Return every exam subject, in order."""
    return sorted(read_content("exam_subjects")["subjects"], key=str.casefold)


def exam_subjects_named(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the exam subjects meant, each once and in order; a text may list several, with commas."""
    names = [name for text in texts for name in text.split(SEPARATOR) if name.strip()]
    return tuple(sorted({_named(name) for name in names}, key=str.casefold))


def exam_subjects_in(text: str) -> list[Mention]:
    """Return the exam subjects that a message says someone has: "ik heb NT met biologie"."""
    mentions = []
    for match in _sentence().finditer(text):
        words = re.findall(_one_of(_spellings()), match["subjects"], re.IGNORECASE)
        found = tuple(dict.fromkeys(_spellings()[_plain(word)] for word in words))
        mentions.append(Mention(found, *match.span("subjects")))
    return mentions


def _named(text: str) -> str:
    found = {spelling(name): subject for name, subject in _spellings().items()}.get(spelling(text))
    if found is None:
        raise UnusableFilter("unknown exam subject", name="exam_subjects", value=text.strip())
    return found


@cache
def _spellings() -> dict[str, str]:
    subjects = read_content("exam_subjects")["subjects"]
    return {_plain(name): subject for subject, also in subjects.items() for name in (subject, *also)}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _sentence() -> re.Pattern[str]:
    """Return what a message looks like that says so: a cue, and then subjects with words between them."""
    content = read_content("exam_subjects")
    profile = _one_of(PROFILES)
    between = rf"(?:(?:{_one_of(content['between'])}|{profile})(?!\w)[\s,+]*)*"
    cue = rf"(?:{_one_of(content['said_after'])}|{profile}\s+{_one_of(content['after_profile'])})"
    subject = rf"{_one_of(_spellings())}(?!\w)"
    listed = rf"{subject}(?:[\s,+/]+{between}{subject})*"
    not_before = rf"(?!\s+{_one_of(content['not_before'])}\b)"
    return re.compile(rf"\b{cue}\s+{between}(?P<subjects>{listed}){not_before}", re.IGNORECASE)


def _one_of(names: Iterable[str]) -> str:
    """Return a pattern of names, the longest first, in which a space may be any space."""
    longest_first = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first) + ")"
