"""A long interest form for the tests: six fields of six items, mixed, and six about teaching."""

from hypothesis import strategies as st

from guidance.instruments import Instrument, Item
from guidance.ratings import SKIP, UNSURE, Rating
from guidance.riasec import InterestType

Answers = dict[str, Rating]

FIELDS = [*InterestType] * 6
LONG = Instrument(
    name="interest",
    version="interest-long-test",
    current=False,
    title="Interessecheck",
    intro="",
    question="Hoe leuk vind je dit?",
    minutes=6,
    scale=tuple((value, str(value)) for value in range(1, 6)),
    items=(
        *(
            Item(f"{field}_{number // 6 + 1}", field, f"{field} {number}", "")
            for number, field in enumerate(FIELDS)
        ),
        *(Item(f"teaching_{number}", "teaching", f"teaching {number}", "") for number in range(1, 7)),
    ),
)
INTEREST_ITEMS = [item for item in LONG.items if item.field != "teaching"]
TEACHING_ITEMS = [item for item in LONG.items if item.field == "teaching"]
IDS = [item.id for item in LONG.items]

values = st.builds(Rating, st.just("value"), st.integers(1, 5))
ratings = st.one_of(values, st.sampled_from([UNSURE, SKIP]))
# What a pupil would say to every item, asked or not.
minds = st.fixed_dictionaries(dict.fromkeys(IDS, ratings))
some_answers = st.dictionaries(st.sampled_from(IDS), ratings)


def mind(**of_field: int | Rating) -> Answers:
    """Return the same answer to every item of a field: a value or a rating; 3 where none is named."""
    given = {item: of_field.get(LONG.item(item).field, 3) for item in IDS}
    return {item: Rating("value", one) if isinstance(one, int) else one for item, one in given.items()}
