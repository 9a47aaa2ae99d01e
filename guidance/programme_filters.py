"""Home of the words of a programme search: what pupils call a kind, a form, a level and a subject."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from rapidfuzz import fuzz, process

from guidance.catalogue import Form, Kind, Level
from guidance.content import read_content
from guidance.errors import UnusableFilter
from guidance.places import spelling

NEARLY_THE_SAME = 84
"""Two spellings this alike (of 100) are one word with a slip in it."""


@dataclass(frozen=True)
class Subject:
    """A subject as pupils name it, its subjects in the catalogue, and its university cluster."""

    name: str
    catalogue: frozenset[str]
    cluster: str | None = None


def kind_named(text: str | None) -> Kind | None:
    """Return the kind of programme meant, or raise UnusableFilter."""
    return cast(Kind | None, _named("kind", text))


def form_named(text: str | None) -> Form | None:
    """Return the form of study meant, or raise UnusableFilter."""
    return cast(Form | None, _named("form", text))


def level_named(text: str | None) -> Level | None:
    """Return the level of school meant, or raise UnusableFilter."""
    return cast(Level | None, _named("level", text))


def level_that_fits(level: str | None, kind: str | None) -> str | None:
    """Return the level known of a pupil, unless the kind asked for cannot be started from it right away."""
    asked = kind_named(kind)
    entry = read_content("programme_kinds")[asked]["entry"] if asked else None
    return level if entry is None or level in entry else None


def subject_named(text: str | None) -> Subject | None:
    """Return the subject meant, or raise UnusableFilter."""
    if not text or not text.strip():
        return None
    name = _best(text, _subject_spellings())
    if name is None:
        raise UnusableFilter("unknown subject", name="subject", value=text)
    about = read_content("subjects")[name]
    return Subject(name, frozenset(about.get("in", [name])), about.get("cluster"))


def subject_of_name(text: str) -> str | None:
    """Return the subject that an exact name or other name stands for."""
    return _subject_spellings().get(spelling(text))


def subject_names() -> list[str]:
    """Return the subjects one can search for, in order."""
    return sorted(read_content("subjects"), key=str.casefold)


def label(filter_name: str, value: str) -> str:
    """Return the word on screen for a value of a filter."""
    about: Any = read_content("programme_filters")[filter_name][value]
    return str(about["label"] if isinstance(about, dict) else about)


def _named(filter_name: str, text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    found = _best(text, _spellings(filter_name))
    if found is None:
        raise UnusableFilter(f"unknown {filter_name}", name=filter_name, value=text)
    return found


def _best(text: str, spellings: dict[str, str]) -> str | None:
    """Return what an exact spelling stands for, or one with a slip in a word that is long enough to tell."""
    key = spelling(text)
    if key in spellings or len(key) < 5:
        return spellings.get(key)
    near = process.extractOne(key, spellings.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME)
    return spellings[near[0]] if near else None


@cache
def _spellings(filter_name: str) -> dict[str, str]:
    return {
        spelling(name): value
        for value, about in read_content("programme_filters")[filter_name].items()
        for name in (value, about["label"], *about["also"])
    }


@cache
def _subject_spellings() -> dict[str, str]:
    content = read_content("subjects")
    spellings = {spelling(also): name for name, about in content.items() for also in about["also"]}
    # The name itself wins over what another subject is also called.
    return spellings | {spelling(name): name for name in content}
