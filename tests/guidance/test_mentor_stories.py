import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.mentor_stories import LONGEST_OPENING, Story


def opening(words: str) -> str:
    return Story("Cor", "Pabo", "Windesheim", words).opening


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Ik gaf bijles.", "Ik gaf bijles."),
        ("Ik gaf bijles. Dat was leuk.", "Ik gaf bijles. Dat was leuk."),
        ("Ik gaf bijles. " + "x" * 300, "Ik gaf bijles."),
        ("woord " * 100, ("woord " * 46).strip() + "…"),
    ],
    ids=["one", "two fit", "second too long", "first too long"],
)
def test_opens_with_as_many_sentences_as_fit(words: str, shown: str) -> None:
    assert opening(words) == shown


@given(st.text(min_size=1, max_size=1000))
def test_is_never_longer_than_a_bubble_holds(words: str) -> None:
    assert len(opening(words)) <= LONGEST_OPENING + 1
