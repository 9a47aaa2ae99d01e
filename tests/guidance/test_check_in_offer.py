"""What answers the offer to go on with a check-in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.check_in_offer import WAYS, answer_to_offer
from guidance.content import read_content


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Ja!", "go_on"),
        ("ja, ga verder", "go_on"),
        ("ga verder", "go_on"),
        ("nee, nu niet", "not_now"),
        ("nee", "not_now"),
        ("opnieuw", "start_anew"),
        ("Begin opnieuw", "start_anew"),
        ("ja?", None),
        ("wat kost de pabo", None),
        ("ja wat kost de pabo", None),
        ("", None),
    ],
)
def test_reads_whole_messages_only(text: str, way: str | None) -> None:
    assert answer_to_offer(text) == way


def test_no_words_answer_it_in_two_ways() -> None:
    listed = [words for way in WAYS for words in read_content("check_in_words")[way]]

    assert all(isinstance(words, str) for words in listed)
    assert len(listed) == len(set(listed))


@given(st.text(max_size=40))
def test_any_text_is_one_of_them_or_none(text: str) -> None:
    assert answer_to_offer(text) in (*WAYS, None)
