"""The measure that other tests lean on, against words and sentences counted by hand."""

import pytest

from tests.readability import longest_sentence, reading_ease, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("school", 1),
        ("pabo's", 2),
        ("zo'n", 1),
        ("geïnteresseerd", 5),
        ("financiën", 4),
        ("vwo", 3),
        ("hbo-opleiding", 6),
        ("lerarenopleiding", 6),
        ("2.694", 1),
    ],
)
def test_counts_syllables_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_ends_no_sentence_inside_an_amount_or_an_address() -> None:
    assert sentences("Het is € 2.694. Kijk op duo.nl.") == ["Het is € 2.694", "Kijk op duo.nl"]


def test_counts_the_words_of_the_longest_sentence() -> None:
    assert longest_sentence("Kort. Deze zin is langer.\nEen regel") == 4


def test_scores_a_sentence_as_the_formula_does() -> None:
    assert reading_ease("Jij kunt dit.") == pytest.approx(206.84 - 0.77 * 100 - 0.93 * 3)


def test_scores_long_words_lower() -> None:
    assert reading_ease("Lerarenopleidingen verantwoorden dit.") < reading_ease("Zij lezen dit.")
