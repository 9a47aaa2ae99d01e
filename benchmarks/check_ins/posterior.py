"""Home of the chance that the full form allows a top three, given the answers so far: sums, no draws."""

from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np

from benchmarks.check_ins.population import ANSWERS, FIELDS, HIGHEST, LOWEST, Array, Places, Population
from benchmarks.check_ins.pupils import ITEMS_A_FIELD
from guidance.ratings import Rating
from guidance.riasec import FIELDS_NAMED, Cut

# Each three as numbers of fields, and beside it the fields that it leaves out.
THREES = np.array(list(combinations(range(len(FIELDS)), FIELDS_NAMED)))
OTHERS = np.array([sorted(set(range(len(FIELDS))) - set(three)) for three in THREES.tolist()])


class Belief:
    """What the answers so far say of the full form, when the items of a field come in the order of the form.

    `ends[field][level, place]` is the chance that the field ends with the mean at this place, together with
    its answers so far; `ends_after[field][answer, level, place]` splits that by the answer to its next item.
    """

    def __init__(self, population: Population) -> None:
        self._population = population
        self._places = _places_of_means(has_unsure=bool(population.chances[..., 0].any()))
        self._only = np.eye(self._places.max() + 1)
        fields, _, interests, _ = population.chances.shape
        self.asked = [0] * fields
        self._counts, self._sums = [0] * fields, [0] * fields
        self._likelihoods = np.ones((fields, interests))
        self.ends_after = np.array([self._ends_after(field) for field in range(fields)])
        self.ends = self.ends_after.sum(axis=1)

    def learn(self, field: int, rating: Rating) -> None:
        """Take in the answer to the next item of a field."""
        answer = rating.value or 0
        self.ends[field] = self.ends_after[field, answer]
        self._likelihoods[field] *= self._population.chances[field, self.asked[field], :, answer]
        self.asked[field] += 1
        self._counts[field] += answer > 0
        self._sums[field] += answer
        self.ends_after[field] = self._ends_after(field) if self.left(field) else 0

    def left(self, field: int) -> int:
        """Return how many items of a field were not asked."""
        return ITEMS_A_FIELD - self.asked[field]

    def _ends_after(self, field: int) -> Array:
        asked = self.asked[field]
        counts, sums, chances = self._population.left_after(field, asked + 1)
        seen = (self._population.chances[field, asked] * self._likelihoods[field][:, None]).T
        joint = (self._population.interest_weights * seen[:, None, :]) @ chances
        ends = np.zeros((len(ANSWERS), joint.shape[1], len(self._only)))
        for answer in ANSWERS:
            count, total = self._counts[field] + (answer > 0), self._sums[field] + answer
            if seen[answer].any():
                ends[answer] = joint[answer] @ self._only[self._places[count + counts, total + sums]]
        return ends

    @property
    def _weights(self) -> Array:
        """Return the level weights over the chance of the answers so far."""
        weights = self._population.level_weights
        found: Array = weights / (weights @ self.ends.sum(axis=2).prod(axis=0))
        return found

    def chances(self) -> Array:
        """Return, of each of THREES, the chance that the full form allows it."""
        at_least, at_most = _at_least(self.ends), self.ends.cumsum(axis=2)
        weakest = _exactly(at_least[THREES].prod(axis=1))
        strongest_other = at_most[OTHERS].prod(axis=1)
        found: Array = np.einsum("tlm,tlm,l->t", weakest, strongest_other, self._weights)
        return found

    def chance_of(self, cut: Cut) -> float:
        """Return the chance that the full form allows every top three that this cut allows."""
        above, tied = ([FIELDS.index(field) for field in of] for of in (cut.above, cut.tied))
        if not tied:
            return float(self.chances()[(np.sort(above) == THREES).all(axis=1)][0])
        below = [field for field in range(len(FIELDS)) if field not in above + tied]
        at_least, at_most = _at_least(self.ends), self.ends.cumsum(axis=2)
        equal = self.ends[tied].prod(axis=0) * at_least[above].prod(axis=0) * at_most[below].prod(axis=0)
        return float(self._weights @ equal.sum(axis=1))

    def chances_by_end(self) -> Array:
        """Return `[field, three, level, place]`: the weight of the three, should the field end at this place.

        Times `ends` or `ends_after`, and summed over levels and places, it gives the chance of the three.
        """
        at_least, at_most = _at_least(self.ends), self.ends.cumsum(axis=2)
        weakest = _exactly(at_least[THREES].prod(axis=1))
        strongest_other = np.diff(at_most[OTHERS].prod(axis=1), axis=2, prepend=0)
        found = np.empty((len(FIELDS), len(THREES), *self.ends.shape[1:]))
        for own, rest in _one_and_rest():
            three = np.arange(len(THREES))
            inside = strongest_other * at_least[THREES[:, rest]].prod(axis=1)
            found[THREES[:, own], three] = inside.cumsum(axis=2)
            outside = weakest * at_most[OTHERS[:, rest]].prod(axis=1)
            found[OTHERS[:, own], three] = _at_least(outside)
        found *= self._weights[:, None]
        return found


def _one_and_rest() -> list[tuple[int, list[int]]]:
    return [(one, [two for two in range(FIELDS_NAMED) if two != one]) for one in range(FIELDS_NAMED)]


@cache
def _places_of_means(has_unsure: bool) -> Places:
    """Return the place of a field's final mean among all that can be, by count and sum of its values."""
    counts = range(ITEMS_A_FIELD + 1) if has_unsure else [ITEMS_A_FIELD]
    means = {
        (count, total): Fraction(total, count) if count else Fraction(0)
        for count in counts
        for total in range(count * LOWEST, count * HIGHEST + 1)
    }
    in_order = sorted(set(means.values()))
    places = np.zeros((ITEMS_A_FIELD + 1, ITEMS_A_FIELD * HIGHEST + 1), dtype=np.intp)
    for at, mean in means.items():
        places[at] = in_order.index(mean)
    return places


def _at_least(chances: Array) -> Array:
    found: Array = chances[..., ::-1].cumsum(axis=-1)[..., ::-1]
    return found


def _exactly(at_least: Array) -> Array:
    found = at_least.copy()
    found[..., :-1] -= at_least[..., 1:]
    return found
