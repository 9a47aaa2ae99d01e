"""Home of full names in a text: a known first name with a surname, or a title with a surname."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from guidance.content import read_content
from guidance.redaction_rules import filled_in

Span = tuple[int, int]


def full_names(text: str) -> Iterator[Span]:
    """Give the places of full names; names of well-known people and of institutions are left alone."""
    for match in _shape("title").finditer(text):
        if _is_surname(match["prefix"], match["last"]):
            yield match.span("v")
    for match in _shape("own").finditer(text):
        if match["first"][0].isupper() and match["last"][0].isupper() and _may_be_surname(match["last"]):
            yield match.span("v")
    for match in _shape("pair").finditer(text):
        if _is_full_name(match["first"], match["prefix"], match["last"]):
            yield match.span("v")


def _is_full_name(first: str, prefix: str, last: str) -> bool:
    if (
        not _may_be_surname(last)
        or _is_famous(f"{first} {prefix}{last}")
        or _folded(first) in _list("no_surname")
    ):
        return False
    is_known = _is_first_name(first)
    if prefix and not _is_prefix(prefix):
        # A second given name, or a double surname, in between.
        return (
            is_known
            and first[0].isupper()
            and prefix[0].isupper()
            and last[0].isupper()
            and _may_be_surname(prefix)
        )
    if first[0].isupper() and last[0].isupper():
        return is_known or (_folded(last) in _list("surnames") and first[1:].islower() and not prefix)
    is_certain = is_known and _folded(first) not in _list("also_words")
    return is_certain and _is_surname(prefix, last)


def _is_first_name(first: str) -> bool:
    return not _list("first_names").isdisjoint({_folded(first), _folded(first).split("-")[0]})


def _is_surname(prefix: str, last: str) -> bool:
    if not _may_be_surname(last):
        return False
    return (
        last[0].isupper()
        or _folded(last) in _list("surnames")
        or (bool(prefix) and _folded(last) in _particles())
    )


def _is_prefix(prefix: str) -> bool:
    return _shape("prefix").fullmatch(prefix) is not None


def _may_be_surname(last: str) -> bool:
    return len(last) > 1 and _folded(last.strip()) not in _list("no_surname")


def _is_famous(name: str) -> bool:
    return _folded(name) in read_content("names")["famous"]


@cache
def _shape(name: str) -> re.Pattern[str]:
    shapes: dict[str, str] = read_content("redaction")["names"]
    parts = {part: shapes[part] for part in ("prefix", "word")}
    return re.compile(filled_in(shapes[name], parts), re.IGNORECASE)


@cache
def _list(name: str) -> frozenset[str]:
    words: Any = read_content("names")[name]
    return frozenset(words.split())


@cache
def _particles() -> frozenset[str]:
    """Return the surnames that stand after "de" or "van", such as vries and dijk."""
    return _list("after_prefix") | _list("surnames")


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))
