"""Home of the simulated pupils: true interests, a way of answering, and the answers that follow.

Nothing here was fitted to real pupils: the spreads are assumptions, and the report shows what they lead to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from guidance.instruments import Instrument, Item
from guidance.ratings import UNSURE, Rating
from guidance.riasec import InterestType

ITEMS_A_FIELD = 6
MIDDLE, SPREAD_OF_LEVEL = 3.1, 0.45
SPREAD_OF_ANSWER = 0.9
# How much more one activity is liked than another of its field, by everyone: drawn anew for each form.
SPREAD_OF_ITEM = 0.35
PUPILS_A_FORM = 70


@dataclass(frozen=True)
class Style:
    """A way of answering; `spread` is how far a pupil's fields lie apart, on the five-point scale."""

    name: str
    spread: float = 0.8
    stretch: float = 1.0
    shift: float = 0.0
    careless: float = 0.0
    unsure: float = 0.0


PLAIN = Style("plain")
STYLES = (
    PLAIN,
    Style("extreme", stretch=1.8),
    Style("middle-leaning", stretch=0.5),
    Style("yes-saying", shift=0.8),
    Style("careless", careless=0.25),
    Style("often unsure", unsure=0.3),
    Style("few distinctions", spread=0.28),
)
# The same plain pupils with interests that lie closer together or further apart.
SHARPNESS = tuple(replace(PLAIN, name=f"plain, spread {spread}", spread=spread) for spread in (0.5, 0.8, 1.1))


def _item(number: int, field: InterestType) -> Item:
    return Item(f"{field}_{number}", field, f"{field} {number}", "simulated")


FORM = Instrument(
    name="interest",
    version="simulated",
    current=False,
    title="simulated",
    intro="",
    question="",
    minutes=6,
    scale=tuple((value, str(value)) for value in range(1, 6)),
    items=tuple(_item(number, field) for number in range(ITEMS_A_FIELD) for field in InterestType),
)
Answers = dict[str, Rating]


@dataclass(frozen=True)
class Pupil:
    """What lies behind the answers of one pupil, and the answers to all 36 items."""

    liked: Mapping[str, float]
    interest: Mapping[str, float]
    answers: Answers


def simulated_pupils(style: Style, count: int, seed: int) -> Iterator[Answers]:
    """Yield the answers of each pupil to all 36 items; the same seed gives the same pupils."""
    return (pupil.answers for pupil in pupils_with_their_interests(style, count, seed))


def pupils_with_their_interests(style: Style, count: int, seed: int) -> Iterator[Pupil]:
    """Yield the same pupils with what lies behind their answers; those of one form share its mapping."""
    liked: dict[str, float] = {}
    for number in range(count):
        if number % PUPILS_A_FORM == 0:
            of_form = Random(f"{seed} form {number // PUPILS_A_FORM}")
            liked = {item.id: of_form.gauss(0, SPREAD_OF_ITEM) for item in FORM.items}
        yield _pupil(style, liked, Random(f"{seed} {style.name} {number}"))


def _pupil(style: Style, liked: Mapping[str, float], random: Random) -> Pupil:
    level = random.gauss(MIDDLE, SPREAD_OF_LEVEL)
    interest = {str(field): random.gauss(level, style.spread) for field in InterestType}
    felt = {
        item.id: random.gauss(interest[item.field] + liked[item.id], SPREAD_OF_ANSWER) for item in FORM.items
    }
    return Pupil(liked, interest, {item: _rating(style, feeling, random) for item, feeling in felt.items()})


def _rating(style: Style, feeling: float, random: Random) -> Rating:
    lowest, highest = FORM.scale[0][0], FORM.scale[-1][0]
    chance = random.random()
    if chance < style.unsure:
        return UNSURE
    if chance < style.unsure + style.careless:
        return Rating("value", random.randint(lowest, highest))
    middle = (lowest + highest) / 2
    said = round(middle + style.stretch * (feeling - middle) + style.shift)
    return Rating("value", min(highest, max(lowest, said)))
