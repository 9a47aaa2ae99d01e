"""How Dutch words are written."""

import pytest

from bot.spelling import by_sound, plain, written_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Énig", "enig"), ("jaaaaa  hoor", "jaa hoor"), ("BÈTA", "beta")],
    ids=["accent", "long run", "capitals"],
)
def test_plain_spelling(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_writes_abbreviations_out_as_whole_words_only() -> None:
    assert written_out("ff koffie", {"ff": "even"}) == "even koffie"


@pytest.mark.parametrize(
    ("one", "other"),
    [("tijd", "teit"), ("lerares", "leerares"), ("chemie", "gemie"), ("vak", "fak"), ("wordt", "word")],
)
def test_words_that_sound_alike_become_one(one: str, other: str) -> None:
    assert by_sound(one) == by_sound(other)
