"""What pupils type on the five-point scale, and what is better asked again."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import read_content
from guidance.ratings import SKIP, UNSURE, Rating, rating_in, rating_named_in

TYPED = yaml.safe_load(Path(__file__).with_name("typed_ratings.yml").read_text(encoding="utf-8"))
UNCLEAR = TYPED.pop("unclear")
CASES = [(text, meaning) for meaning, texts in TYPED.items() for text in texts]


def expected(meaning: int | str) -> Rating:
    return {"unsure": UNSURE, "skip": SKIP}[meaning] if isinstance(meaning, str) else Rating("value", meaning)


class TestRatingIn:
    @pytest.mark.parametrize(("text", "meaning"), CASES)
    def test_reads_what_pupils_type(self, text: str, meaning: int | str) -> None:
        assert rating_in(text) == expected(meaning)

    @pytest.mark.parametrize("text", UNCLEAR)
    def test_does_not_guess(self, text: str) -> None:
        assert rating_in(text) is None

    @given(st.integers())
    def test_knows_no_number_outside_the_scale(self, number: int) -> None:
        assert (rating_in(str(number)) is not None) == (1 <= number <= 5)

    @given(st.text(max_size=60))
    def test_answers_any_text_with_a_value_of_the_scale_or_nothing(self, text: str) -> None:
        rating = rating_in(text)

        assert rating in [None, UNSURE, SKIP, *(Rating("value", value) for value in range(1, 6))]

    @given(
        st.sampled_from(CASES),
        st.sampled_from(["", " ", "\n"]),
        st.sampled_from(["", "!", ".", "...", " haha"]),
    )
    def test_is_blind_to_capitals_space_and_punctuation(
        self, case: tuple[str, int | str], before: str, after: str
    ) -> None:
        text, meaning = case

        assert rating_in(before + text.upper() + after) == expected(meaning)

    @given(st.sampled_from(CASES), st.text(max_size=10))
    def test_never_reads_a_question(self, case: tuple[str, int | str], more: str) -> None:
        assert rating_in(f"{case[0]} {more}?") is None


class TestTheWordLists:
    def test_give_each_phrase_one_meaning(self) -> None:
        content = read_content("ratings")
        phrases = [phrase for texts in content["phrases"].values() for phrase in texts]
        phrases += [*content["unsure"], *content["skip"]]

        assert all(isinstance(phrase, str) for phrase in phrases)
        assert sorted(phrases) == sorted(set(phrases))

    @pytest.mark.parametrize("meaning", [1, 2, 3, 4, 5])
    def test_are_all_read_as_meant(self, meaning: int) -> None:
        for phrase in read_content("ratings")["phrases"][meaning]:
            assert rating_in(phrase) == Rating("value", meaning)


class TestRating:
    def test_counts_as_an_answer_unless_skipped(self) -> None:
        assert [rating.is_answer for rating in (Rating("value", 1), UNSURE, SKIP)] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("oeps ik bedoelde 4", 4),
        ("nee wacht, 2.", 2),
        ("4 of 5", None),
        ("klas 3a", None),
        ("3,5", None),
        ("", None),
    ],
    ids=["meant", "end of sentence", "two", "class", "half", "empty"],
)
def test_finds_the_one_value_that_a_correction_names(text: str, value: int | None) -> None:
    found = rating_named_in(text)

    assert (found.value if found else None) == value
