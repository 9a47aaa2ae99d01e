"""Home of the order of the long interest form: which item comes next, and when enough was asked.

1. Every field gets its first two items, in the order of the file; an unsure or skipped one is not made up.
2. The items of other fields follow (what and whom one would teach), so that who stops early had those.
3. Then only fields whose place, in or out of the three strongest, is open. Each time the field that adds
   most to the doubt gets its next item. It stops when the doubt is at most 0.05 (1 in 20).

The doubt estimates the chance that the full form would name other fields than the answers name now: over
each field that is in and each that is out, the chance that the second still passes the first, added up.
That chance is nil where no answers can bring it about. Else it follows from the difference of the means
that the full form is expected to give, and from how much those can still move: more when more items are
left and when this pupil's answers within a field differ more, and not at all when none is left.
A field without any value is wholly open. A final tie at the cut is no doubt: both are rightly named.
It is an estimate: very extreme or careless answers turn out otherwise more often than it says.

Only the set of answers counts. An answered, unsure or skipped item is never asked again, so it always ends.
What it saves at which agreement: `make bench-check-ins` and docs/decisions/0011-adaptive-order.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import erfc, lcm, sqrt

from guidance.instruments import Instrument, Item
from guidance.ratings import Rating
from guidance.riasec import FIELDS_NAMED, InterestType, cut_after, interest_scores, strongest_interests

# How far answers within one field usually differ (a variance), and for how many answers that guess weighs.
USUAL_VARIANCE = 1.0
WEIGHT_OF_USUAL = 6
# An item that is left is expected near its field's mean, pulled to that of all fields as by one more answer.
WEIGHT_OF_ALL_FIELDS = 1
NO_SCORE = 0.0
WHOLLY_OPEN = 1.0


@dataclass(frozen=True)
class Rule:
    """When to stop: how many items every field gets first, and how much doubt about the three is left."""

    first_items: int = 2
    most_doubt: float = 0.05


RULE = Rule()


@dataclass(frozen=True)
class Step:
    """The item to ask, None at the end, and the doubt, which is not weighed while fixed items are asked."""

    item: Item | None
    doubt: float | None


@dataclass(frozen=True)
class _Standing:
    """What is known of one field: its values, how many items are left, and between what its mean can end."""

    field: InterestType
    values: tuple[int, ...]
    left: int
    # Rounded division keeps equal fractions equal, and these are compared very often.
    lowest_end: float
    highest_end: float

    @property
    def is_wholly_open(self) -> bool:
        return bool(self.left) and not self.values

    @property
    def most_values(self) -> int:
        return len(self.values) + self.left

    @property
    def spread(self) -> float:
        """Return the sum of the squared distances of its values to their mean."""
        if not self.values:
            return 0.0
        return sum(value * value for value in self.values) - sum(self.values) ** 2 / len(self.values)


@dataclass(frozen=True)
class _Expected:
    """The mean that a field is expected to end with, how much it can move, and in how many values."""

    mean: float
    variance: float
    most_values: int


Standings = Mapping[InterestType, _Standing]
Doubts = Mapping[tuple[InterestType, InterestType], float]


def next_interest_item(
    instrument: Instrument, answers: Mapping[str, Rating], rule: Rule = RULE
) -> Item | None:
    """Return the item to ask next, or None when the check-in may stop."""
    return next_step(instrument, answers, rule).item


def next_step(instrument: Instrument, answers: Mapping[str, Rating], rule: Rule = RULE) -> Step:
    """Return the item to ask next, with the doubt that is left."""
    if fixed := _fixed_items_left(instrument, answers, rule):
        return Step(fixed[0], None)
    standings = _standings(instrument, answers)
    doubts = _doubts(instrument, answers, standings)
    doubt = sum(doubts.values()) + WHOLLY_OPEN * sum(own.is_wholly_open for own in standings.values())
    if doubt <= rule.most_doubt:
        return Step(None, doubt)
    return Step(_items_left(instrument, answers, _most_doubtful(doubts, standings))[0], doubt)


def most_items_left(instrument: Instrument, answers: Mapping[str, Rating], rule: Rule = RULE) -> int:
    """Return the most items that may still be asked; with those answered it gives "7 of at most 42".

    That total never grows: a field whose place is settled whatever is answered stays settled.
    """
    if next_interest_item(instrument, answers, rule) is None:
        return 0
    standings = _standings(instrument, answers)
    left = set(_fixed_items_left(instrument, answers, rule))
    for field in _open_fields(standings):
        left.update(_items_left(instrument, answers, field))
    return len(left)


def most_items(instrument: Instrument, answers: Mapping[str, Rating]) -> int:
    """Return how many items are asked: those of the file, or at most so many when it may stop early."""
    if not instrument.is_adaptive:
        return len(instrument.items)
    return len(answers) + most_items_left(instrument, answers)


def _fixed_items_left(instrument: Instrument, answers: Mapping[str, Rating], rule: Rule) -> list[Item]:
    """Return what is always asked and has no answer yet: the first items a field, then other fields."""
    firsts = {item for field in InterestType for item in instrument.items_of(field)[: rule.first_items]}
    others = [item for item in instrument.items if item.field not in set(InterestType)]
    in_order = [*(item for item in instrument.items if item in firsts), *others]
    return [item for item in in_order if item.id not in answers]


def _items_left(instrument: Instrument, answers: Mapping[str, Rating], field: InterestType) -> list[Item]:
    return [item for item in instrument.items_of(field) if item.id not in answers]


def _standings(instrument: Instrument, answers: Mapping[str, Rating]) -> Standings:
    return {field: _standing(instrument, answers, field) for field in InterestType}


def _standing(instrument: Instrument, answers: Mapping[str, Rating], field: InterestType) -> _Standing:
    items = instrument.items_of(field)
    ratings = [answers[item.id] for item in items if item.id in answers]
    values = tuple(rating.value for rating in ratings if rating.value is not None)
    left, lowest, highest = len(items) - len(ratings), instrument.scale[0][0], instrument.scale[-1][0]
    # Without any value a field may end without a score, which is below every score.
    least = _mean_with(values, lowest, left) if values else NO_SCORE
    return _Standing(field, values, left, least, _mean_with(values, highest, left))


def _mean_with(values: tuple[int, ...], value: int, times: int) -> float:
    count = len(values) + times
    return (sum(values) + times * value) / count if count else NO_SCORE


def _open_fields(standings: Standings) -> list[InterestType]:
    """Return the fields with items left that further answers can bring in or out of the three strongest."""
    return [field for field, own in standings.items() if own.left and not _is_settled(own, standings)]


def _is_settled(own: _Standing, standings: Standings) -> bool:
    others = [other for field, other in standings.items() if field != own.field]
    rivals = sum(other.highest_end >= own.lowest_end for other in others)
    stronger = sum(other.lowest_end > own.highest_end for other in others)
    return rivals < FIELDS_NAMED or stronger >= FIELDS_NAMED


def _doubts(instrument: Instrument, answers: Mapping[str, Rating], standings: Standings) -> Doubts:
    """Return, for each order of two fields that the three strongest lean on, the chance that it turns."""
    groups = strongest_interests(interest_scores(instrument, answers))
    settled = {field for field, own in standings.items() if _is_settled(own, standings)}
    expected = _expectations(standings)
    return {
        (stronger, weaker): _chance_to_turn(expected[stronger], expected[weaker])
        for stronger, weaker in cut_after(groups, FIELDS_NAMED).orders()
        if not {stronger, weaker} & settled and standings[weaker].highest_end > standings[stronger].lowest_end
    }


def _expectations(standings: Standings) -> dict[InterestType, _Expected]:
    scored = {field: own for field, own in standings.items() if own.values}
    values = [value for own in scored.values() for value in own.values]
    freedom = len(values) - len(scored)
    spread = sum(own.spread for own in scored.values())
    variance = (WEIGHT_OF_USUAL * USUAL_VARIANCE + spread) / (WEIGHT_OF_USUAL + freedom)
    return {field: _expectation(own, sum(values) / len(values), variance) for field, own in scored.items()}


def _expectation(own: _Standing, mean_of_all: float, variance: float) -> _Expected:
    """Expect of each item left the same value; that item varies, and so does what is expected of it."""
    weight = len(own.values) + WEIGHT_OF_ALL_FIELDS
    of_one_left = (sum(own.values) + WEIGHT_OF_ALL_FIELDS * mean_of_all) / weight
    mean = (sum(own.values) + own.left * of_one_left) / own.most_values
    movable = own.left / own.most_values**2 * (1 + own.left / weight)
    return _Expected(mean, variance * movable, own.most_values)


def _chance_to_turn(stronger: _Expected, weaker: _Expected) -> float:
    variance = stronger.variance + weaker.variance
    # Means move in steps; half the smallest one is added, since an equal mean does not turn the order.
    half_step = 1 / (2 * lcm(stronger.most_values, weaker.most_values))
    return erfc((stronger.mean - weaker.mean + half_step) / sqrt(2 * variance)) / 2


def _most_doubtful(doubts: Doubts, standings: Standings) -> InterestType:
    """Return the field whose next item tells most; among equals the one with most left, then the first."""
    expected = _expectations(standings)

    def doubt_of(field: InterestType) -> float:
        if standings[field].is_wholly_open:
            return WHOLLY_OPEN * len(InterestType) ** 2
        return sum(_shares(field, doubts, expected))

    open_fields = _open_fields(standings)
    return max(open_fields, key=lambda field: (round(doubt_of(field), 9), standings[field].left))


def _shares(
    field: InterestType, doubts: Doubts, expected: Mapping[InterestType, _Expected]
) -> Iterator[float]:
    """Yield of each doubt the part that this field can take away: its share of what can still move."""
    for pair, doubt in doubts.items():
        if field in pair:
            yield doubt * expected[field].variance / sum(expected[one].variance for one in pair)
