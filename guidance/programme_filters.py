"""Home of the words of a programme search: what pupils call kind, form, level, degree and subject."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from rapidfuzz import fuzz, process

from guidance import wording
from guidance.catalogue import Form, Kind, Level, Programme
from guidance.content import read_content
from guidance.errors import UnusableFilter
from guidance.exam_subjects import PROFILES
from guidance.places import spelling

DEGREES = ("bachelor", "master", "associate_degree", "tweedegraads", "eerstegraads")
LEVELS_WITH_PROFILE = ("havo", "vwo")
MOST_PROFILES = 2
DOUBLE_IN_WORDS = re.compile(rf"({'|'.join(PROFILES)}) en ({'|'.join(PROFILES)})", re.IGNORECASE)
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


def degree_named(text: str | None) -> str | None:
    """Return the degree of a programme meant, or raise UnusableFilter."""
    return _named("degree", text)


def degree_of_word(word: str, *, instead_of: str | None = None) -> str | None:
    """Return the degree that exactly these words are, if wider than the kind they were taken for."""
    found = _spellings("degree").get(spelling(word))
    kinds = read_content("programme_filters")["degree"][found]["kinds"] if found else []
    return found if len(kinds) > 1 and instead_of in (None, *kinds) else None


def has_degree(programme: Programme, degree: str | None) -> bool:
    """Tell whether a programme ends in this degree; every one does in none."""
    if degree is None:
        return True
    asked = read_content("programme_filters")["degree"][degree]
    return (
        programme.kind in asked["kinds"]
        and programme.degree in ("", *asked["degrees"])
        and programme.subject not in asked.get("not_subjects", ())
    )


def profiles_named(text: str | None, *, level: str | None = None) -> tuple[str, ...]:
    """Return the profile meant, or the two of a double one as in NT/NG, or raise UnusableFilter.

    A profile belongs to havo and vwo; with another level it cannot be used.
    """
    if not text or not text.strip():
        return ()
    parts = [part for part in re.split(r"[/+,]", text) if part.strip()]
    # "NG en NT", not "natuur en techniek".
    if double := DOUBLE_IN_WORDS.fullmatch(text.strip()):
        parts = list(double.groups())
    found = {str(_named("profile", part)) for part in parts}
    if not 0 < len(found) <= MOST_PROFILES:
        raise UnusableFilter("no such profile", name="profile", value=text)
    of_level = level_named(level)
    if of_level not in (None, *LEVELS_WITH_PROFILE):
        what = wording.render("admission.profile_without", profile=text, level=label("level", str(of_level)))
        raise UnusableFilter("profile without havo or vwo", name="profile", value=what)
    return tuple(profile for profile in PROFILES if profile in found)


def known_profile(text: str | None) -> str | None:
    """Return a profile as the rules write it, or nothing where they do not know it."""
    try:
        return "/".join(profiles_named(text)) or None
    except UnusableFilter:
        return None


def level_that_fits(level: str | None, kind: str | None, degree: str | None = None) -> str | None:
    """Return the level known of a pupil, unless what is asked for cannot be started from it right away."""
    asked = [kind_named(kind)] if kind and kind.strip() else []
    if of_degree := degree_named(degree):
        asked += read_content("programme_filters")["degree"][of_degree]["kinds"]
    entries = (read_content("programme_kinds")[one]["entry"] for one in asked)
    return level if all(level in entry for entry in entries) else None


def subject_named(text: str | None) -> Subject | None:
    """Return the subject meant, or raise UnusableFilter."""
    if not text or not text.strip():
        return None
    name = _best(text, _subject_spellings())
    if name is None:
        raise UnusableFilter("unknown subject", name="subject", value=text)
    about = read_content("subjects")[name]
    return Subject(name, frozenset(about.get("in", [name])), about.get("cluster"))


def is_cluster_of(subject: str, found: str) -> bool:
    """Tell whether what was found is a broad programme that a subject may be part of."""
    about = read_content("subjects")[subject]
    return found == about.get("cluster") and found not in about.get("in", [subject])


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


def has_label(filter_name: str, value: str) -> bool:
    """Say whether a value of a filter has a word on screen; one that was typed is its own word."""
    return value in read_content("programme_filters").get(filter_name, {})


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
