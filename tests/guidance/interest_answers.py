"""Answers to the interest check-in for the tests: by item, by field, or drawn."""

from hypothesis import strategies as st

from guidance.instruments import get_instrument
from guidance.ratings import SKIP, UNSURE, Rating

INTEREST = get_instrument("interest")
Answers = dict[str, Rating]


def all_of(value: int, *, but: dict[str, int] | None = None) -> Answers:
    """Return the same value for every item, but for the named fields or items."""
    others = but or {}
    return {
        item.id: Rating("value", others.get(item.id, others.get(item.field, value)))
        for item in INTEREST.items
    }


def only(values: dict[str, int]) -> Answers:
    """Return these values and nothing else."""
    return {item: Rating("value", value) for item, value in values.items()}


ratings = st.sampled_from([*(Rating("value", value) for value in range(1, 6)), UNSURE, SKIP])
some_answers = st.dictionaries(st.sampled_from([item.id for item in INTEREST.items]), ratings)
