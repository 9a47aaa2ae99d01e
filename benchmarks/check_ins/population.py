"""Home of what an ideal asker knows: how likely every answer is, given how strong a field is in the pupil.

It is the model of pupils.py, written down as chances on a grid, so that nothing has to be drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray

from benchmarks.check_ins.pupils import (
    FORM,
    MIDDLE,
    SPREAD_OF_ANSWER,
    SPREAD_OF_ITEM,
    SPREAD_OF_LEVEL,
    Pupil,
    Style,
)
from guidance.riasec import InterestType

Array = NDArray[np.float64]
Places = NDArray[np.intp]
FIELDS = [str(field) for field in InterestType]
ITEMS = {field: [item.id for item in FORM.items_of(field)] for field in FIELDS}
# Answers are counted by value; 0 is an answer without one.
LOWEST, HIGHEST = FORM.scale[0][0], FORM.scale[-1][0]
ANSWERS = range(HIGHEST + 1)
# The grid: how many levels and interests, and how many standard deviations it reaches.
LEVELS, INTERESTS, WIDTHS = 9, 41, 4.5
CHANCE_BELOW = np.vectorize(NormalDist().cdf, otypes=[np.float64])


class Left(NamedTuple):
    """Each way in which items that are left can turn out: the number of values, their sum, and the chance.

    `chances[interest, way]`.
    """

    counts: Places
    sums: Places
    chances: Array


@dataclass(frozen=True)
class Population:
    """Levels with their weights, interests with theirs at each level, and the chance of each answer.

    `chances[field, item, interest, answer]` has the items of a field in the order of the form.
    """

    level_weights: Array
    interest_weights: Array
    chances: Array

    def left_after(self, field: int, asked: int) -> Left:
        """Return what the items of a field that come after the first so many can add."""
        return self._left[field][asked]

    @cached_property
    def _left(self) -> list[list[Left]]:
        return [self._of_field(chances) for chances in self.chances]

    @staticmethod
    def _of_field(chances: Array) -> list[Left]:
        items, interests, _ = chances.shape
        left = np.zeros((interests, items + 1, items * HIGHEST + 1))
        left[:, 0, 0] = 1
        found = [left]
        for item in reversed(range(items)):
            longer = left * chances[item, :, 0, None, None]
            for value in range(LOWEST, HIGHEST + 1):
                longer[:, 1:, value:] += left[:, :-1, :-value] * chances[item, :, value, None, None]
            left = longer
            found.append(left)
        return [_reachable(one) for one in reversed(found)]


def _reachable(chances: Array) -> Left:
    counts, sums = np.nonzero(chances.sum(axis=0))
    return Left(counts, sums, chances[:, counts, sums])


def population_of(style: Style, liked: Mapping[str, float] | None) -> Population:
    """Return what is known of pupils of this style before any answer; without `liked`, of any form."""
    points, level_weights = hermegauss(LEVELS)
    levels = MIDDLE + SPREAD_OF_LEVEL * points
    width = WIDTHS * hypot(SPREAD_OF_LEVEL, style.spread)
    interests = np.linspace(MIDDLE - width, MIDDLE + width, INTERESTS)
    density = np.exp(-(((interests - levels[:, None]) / style.spread) ** 2) / 2)
    spread = SPREAD_OF_ANSWER if liked else hypot(SPREAD_OF_ANSWER, SPREAD_OF_ITEM)
    felt = [[interests + (liked[item] if liked else 0) for item in ITEMS[field]] for field in FIELDS]
    return Population(
        level_weights / level_weights.sum(),
        density / density.sum(axis=1, keepdims=True),
        np.array([[_chances(style, means, spread) for means in of_field] for of_field in felt]),
    )


def population_of_one(style: Style, pupil: Pupil) -> Population:
    """Return what is known when the pupil's own true interests are told too."""
    felt = [
        [np.array([pupil.interest[field] + pupil.liked[item]]) for item in ITEMS[field]] for field in FIELDS
    ]
    chances = [[_chances(style, means, SPREAD_OF_ANSWER) for means in of_field] for of_field in felt]
    return Population(np.ones(1), np.ones((1, 1)), np.array(chances))


def _chances(style: Style, felt: Array, spread: float) -> Array:
    """Return the chance of each answer, a row for each mean of what is felt."""
    middle = (LOWEST + HIGHEST) / 2
    said = middle + style.stretch * (felt - middle) + style.shift
    borders = np.arange(LOWEST, HIGHEST) + 0.5
    below = CHANCE_BELOW((borders - said[:, None]) / (style.stretch * spread))
    edges = np.hstack([np.zeros((len(felt), 1)), below, np.ones((len(felt), 1))])
    values = (1 - style.unsure - style.careless) * np.diff(edges, axis=1)
    careless = style.careless / (HIGHEST - LOWEST + 1)
    return np.hstack([np.full((len(felt), 1), style.unsure), values + careless])
