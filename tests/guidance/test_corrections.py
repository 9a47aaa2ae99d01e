"""What a correction says that the answer becomes, and what is no correction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import read_content
from guidance.corrections import corrected_rating
from guidance.ratings import LIKING, SKIP, UNSURE, Rating, rating_in

SCALES = (LIKING, "yes_doubt_no", "true_false")


@pytest.mark.parametrize(
    ("text", "scale", "value"),
    [
        ("oeps, ik bedoelde 2", LIKING, 2),
        ("oeps ik bedoelde best leuk", LIKING, 4),
        ("nee wacht, ik bedoelde 5!", LIKING, 5),
        ("eigenlijk had ik 2 moeten zeggen", LIKING, 2),
        ("sorry dat moest een 3 zijn", LIKING, 3),
        ("dat moet zijn 3", LIKING, 3),
        ("maak er een 4 van", LIKING, 4),
        ("oeps ik bedoelde ja", "yes_doubt_no", 3),
        ("oeps, ik bedoelde nee", "yes_doubt_no", 1),
        ("ik bedoelde ik twijfel", "yes_doubt_no", 2),
        ("oeps ik bedoelde klopt niet", "true_false", 1),
        ("oeps ik bedoelde klopt", "true_false", 2),
    ],
)
def test_reads_what_was_meant(text: str, scale: str, value: int | None) -> None:
    found = corrected_rating(text, scale)

    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "meant"), [("oeps, ik bedoelde weet ik niet", UNSURE), ("ik bedoelde sla over", SKIP)]
)
def test_reads_unsure_and_skip(text: str, meant: Rating) -> None:
    assert corrected_rating(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "oeps",
        "ik bedoelde",
        "ik bedoelde hockey",
        "ik bedoelde dat ik mijn zusje hielp",
        "ik legde uit wat ik bedoelde en hij snapte het",
        "ik bedoelde 2 of 3",
        "bedoelde je 2?",
        "mijn vriend bedoelde 2",
        "",
    ],
)
@pytest.mark.parametrize("scale", SCALES)
def test_reads_nothing_else(text: str, scale: str) -> None:
    assert corrected_rating(text, scale) is None


@given(st.text(max_size=60), st.sampled_from(SCALES))
def test_without_a_saying_nothing_is_a_correction(text: str, scale: str) -> None:
    if not any(saying in text.casefold() for saying in read_content("corrections")["sayings"]):
        assert corrected_rating(text, scale) is None


@given(st.sampled_from(["1", "2", "3", "ja", "nee", "weet ik niet"]), st.sampled_from(SCALES))
def test_reads_what_the_scale_reads(answer: str, scale: str) -> None:
    assert corrected_rating(f"oeps, ik bedoelde {answer}", scale) == rating_in(answer, scale)
