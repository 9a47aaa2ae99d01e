"""Messages that ask two things."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import parts, words

WORDS = words.read_words()
JOIN = parts.join_between(WORDS["joiners"], WORDS["openers"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wat kost de pabo en hoe lang duurt het", ["wat kost de pabo", "hoe lang duurt het"]),
        ("hoe lang duurt het? en wat verdien je", ["hoe lang duurt het", "en wat verdien je"]),
        ("wat kost het, hoe lang duurt het", ["wat kost het", "hoe lang duurt het"]),
        ("Hoi. Wat kost de pabo?", []),
        ("ik woon in Ommen en zit op havo", []),
        ("natuur en gezondheid", []),
        ("", []),
    ],
    ids=["en", "question mark", "comma", "one word apart", "no question word", "profile", "empty"],
)
def test_cuts_where_a_second_question_begins(text: str, found: list[str]) -> None:
    assert parts.parts_of(text, JOIN) == found


@given(st.text(max_size=200))
def test_adds_no_word_of_its_own(text: str) -> None:
    assert all(part in text for part in parts.parts_of(text, JOIN))


def part(intent: str, confidence: float) -> dict[str, Any]:
    return {"text": intent, "intent": intent, "confidence": confidence}


@pytest.mark.parametrize(
    ("main", "read", "second"),
    [
        ("cost", [part("cost", 0.9), part("time", 0.8)], "time"),
        ("time", [part("cost", 0.9), part("time", 0.8)], "cost"),
        ("cost", [part("cost", 0.9), part("time", 0.3)], None),
        ("cost", [part("cost", 0.9), part("cost", 0.8)], None),
        ("other", [part("cost", 0.9), part("time", 0.8)], None),
        ("cost", [], None),
    ],
    ids=["second", "main is last", "unclear", "the same", "the whole is something else", "no parts"],
)
def test_the_second_question_is_clear_and_another_one(
    main: str, read: list[dict[str, Any]], second: str | None
) -> None:
    found = parts.also_asked({"name": main, "confidence": 0.9}, read)

    assert (found or {}).get("intent") == second
