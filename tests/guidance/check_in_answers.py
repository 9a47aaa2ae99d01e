"""Answers to any check-in for the tests, drawn or in another order."""

from datetime import date

from hypothesis import strategies as st

from guidance.instruments import Instrument, Item
from guidance.ratings import SKIP, UNSURE, Rating

Answers = dict[str, Rating]
NEXT_DAY = date(2026, 9, 30)


def rating_for(instrument: Instrument, item: Item) -> st.SearchStrategy[Rating]:
    """Draw what may be stored for an item."""
    given = [Rating("value", value) for value, _ in instrument.scale]
    told = [Rating("words", words="Ik hielp mijn zusje met breuken.")]
    return st.sampled_from([*(told if item.is_words else given), UNSURE, SKIP])


def answers_to(instrument: Instrument) -> st.SearchStrategy[Answers]:
    """Draw answers to some of the items."""
    return st.fixed_dictionaries(
        {}, optional={item.id: rating_for(instrument, item) for item in instrument.items}
    )


def in_any_order(answers: Answers, data: st.DataObject) -> Answers:
    """Return the same answers as if they had come in another order."""
    return {item: answers[item] for item in data.draw(st.permutations(list(answers)))}
