"""The place in a sentence where the engine found none."""

import pytest

from guidance.place_in_text import place_alone, place_in_text, speaks_of_school


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ik woon in omen", "omen"),
        ("welke pabo zit er in de buurt van den bosch?", "den bosch"),
        ("deeltijd pabo binnen 40 km van Goirle", "Goirle"),
        ("ik kom uit een dorp bij steenwijk, wat is het dichtste bij", "steenwijk"),
        ("pabo bij mij in de buurt", None),
        ("welke lerarenopleidingen zijn er", None),
    ],
    ids=str,
)
def test_takes_the_words_behind_the_last_preposition(text: str, place: str | None) -> None:
    assert place_in_text(text) == place


def test_hears_that_the_school_is_meant() -> None:
    assert speaks_of_school("Wat zit er bij mijn school?")
    assert not speaks_of_school("Ik wil naar een hogeschool")


@pytest.mark.parametrize(
    ("text", "place"),
    [("Ommen", "Ommen"), ("den bosch", "den bosch"), ("bij mij", None), ("Hier", None), ("", None)],
    ids=repr,
)
def test_takes_a_whole_text_as_a_place_unless_it_names_none(text: str, place: str | None) -> None:
    assert place_alone(text) == place
