"""Misspelt words put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.correction import Dictionary, dictionary_of

EXAMPLES = ["hoe lang duurt de opleiding", "duurt de opleiding lang", "wat kost de opleiding", "wat kost het"]
COUNTED = {"hond": 9000, "hondje": 90, "bond": 10, "lange": 500}
DICTIONARY = dictionary_of(EXAMPLES, COUNTED, ["egt"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoe lang duurd de opleidng", "hoe lang duurt de opleiding"),
        ("oplieding", "opleiding"),
        ("oplediign", "opleiding"),
        ("hond", "hond"),
        ("pond", "hond"),
        ("egt", "egt"),
        ("kst", "kst"),
        ("7731", "7731"),
        ("xyzzyx", "xyzzyx"),
        ("", ""),
    ],
    ids=[
        "twice",
        "swapped",
        "two slips",
        "right already",
        "the commoner one",
        "abbreviation",
        "too short",
        "figures",
        "near nothing",
        "empty",
    ],
)
def test_puts_right(typed: str, meant: str) -> None:
    assert DICTIONARY.corrected(typed) == meant


@given(st.lists(st.sampled_from(sorted(DICTIONARY.known)), max_size=6).map(" ".join))
def test_leaves_what_is_right_as_it_is(text: str) -> None:
    assert DICTIONARY.corrected(text) == text


@given(st.text(max_size=60))
def test_corrects_once_and_for_all(text: str) -> None:
    once = DICTIONARY.corrected(text)

    assert DICTIONARY.corrected(once) == once


def test_is_remembered_whole() -> None:
    assert Dictionary.remembered(DICTIONARY.as_memory()) == DICTIONARY
