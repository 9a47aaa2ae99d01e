"""The chance of each top three: what counting every way to finish the form gives, and what drawing gives."""

from itertools import product
from math import prod

import numpy as np
import pytest

from benchmarks.check_ins.agreement import named_by
from benchmarks.check_ins.population import ANSWERS, FIELDS, ITEMS, Array, Population, population_of
from benchmarks.check_ins.posterior import THREES, Belief
from benchmarks.check_ins.pupils import (
    FORM,
    PLAIN,
    PUPILS_A_FORM,
    Answers,
    Pupil,
    Style,
    pupils_with_their_interests,
)
from guidance.ratings import UNSURE, Rating
from guidance.riasec import InterestType, cut_after, interest_scores, strongest_interests

SEED = 7
ASKED_FIRST = 33
OFTEN_UNSURE = Style("often unsure", unsure=0.3)
# How the answers to an item that is left can turn out.
RATINGS = [UNSURE, *(Rating("value", value) for value in ANSWERS if value)]


def pupil_of(style: Style) -> Pupil:
    return next(pupils_with_their_interests(style, 1, SEED))


def believed(population: Population, answers: Answers, asked: int) -> Belief:
    """Learn the first so many items of the form."""
    belief = Belief(population)
    for item in FORM.items[:asked]:
        belief.learn(FIELDS.index(item.field), answers[item.id])
    return belief


def likelihood(population: Population, answers: Answers) -> float:
    """Return the chance of a whole sheet, from the definition: over levels, and interests in each field."""
    chances = population.chances
    of_levels = [
        prod(
            sum(
                weight
                * prod(
                    chances[field, number, place, answers[item].value or 0]
                    for number, item in enumerate(ITEMS[FIELDS[field]])
                )
                for place, weight in enumerate(interests)
            )
            for field in range(len(FIELDS))
        )
        for interests in population.interest_weights
    ]
    return float(population.level_weights @ np.array(of_levels))


def coarse(population: Population) -> Population:
    """Keep two levels and four interests, so that every way to finish can be counted."""
    weights = population.interest_weights[[3, 5]][:, 14:30:4]
    return Population(
        np.array([0.4, 0.6]), weights / weights.sum(axis=1, keepdims=True), population.chances[:, :, 14:30:4]
    )


def number_of(three: frozenset[InterestType]) -> int:
    return THREES.tolist().index(sorted(FIELDS.index(field) for field in three))


@pytest.mark.parametrize("style", [PLAIN, OFTEN_UNSURE], ids=["plain", "often unsure"])
def test_is_what_counting_every_way_to_finish_gives(style: Style) -> None:
    pupil = pupil_of(style)
    population = coarse(population_of(style, pupil.liked))
    belief = believed(population, pupil.answers, ASKED_FIRST)
    left = [item.id for item in FORM.items[ASKED_FIRST:]]
    given = {item.id: pupil.answers[item.id] for item in FORM.items[:ASKED_FIRST]}
    shorter = cut_after(strongest_interests(interest_scores(FORM, given)), 3)

    total, same, counted = 0.0, 0.0, np.zeros(len(THREES))
    for ratings in product(RATINGS, repeat=len(left)):
        sheet = given | dict(zip(left, ratings, strict=True))
        weight = likelihood(population, sheet)
        full = named_by(FORM, sheet)
        total += weight
        same += weight * (shorter.choices(3) <= full.threes)
        for three in full.threes:
            counted[number_of(three)] += weight

    assert belief.chances() == pytest.approx(counted / total)
    assert belief.chance_of(shorter) == pytest.approx(same / total)


@pytest.mark.parametrize("asked", [0, 6, 20, 33])
def test_gives_the_same_chances_split_by_the_end_of_any_field(asked: int) -> None:
    pupil = pupil_of(OFTEN_UNSURE)
    belief = believed(population_of(OFTEN_UNSURE, pupil.liked), pupil.answers, asked)

    by_field = np.einsum("ftlm,flm->ft", belief.chances_by_end(), belief.ends)

    assert by_field == pytest.approx(np.tile(belief.chances(), (len(FIELDS), 1)))


def test_expects_before_an_answer_what_it_knows_after_it() -> None:
    pupil = pupil_of(OFTEN_UNSURE)
    population = population_of(OFTEN_UNSURE, pupil.liked)
    before = believed(population, pupil.answers, 12)

    after = []
    for rating in RATINGS:
        belief = believed(population, pupil.answers, 12)
        belief.learn(0, rating)
        after.append(belief.chances())

    expected = chances_of_next_answer(before, population) @ np.array(after)
    assert expected == pytest.approx(before.chances())


def chances_of_next_answer(belief: Belief, population: Population) -> Array:
    """Return the chance of each answer to the next item of the first field."""
    others = population.level_weights * belief.ends[1:].sum(axis=2).prod(axis=0)
    joint: Array = belief.ends_after[0].sum(axis=2) @ others
    return joint / joint.sum()


@pytest.mark.parametrize("style", [PLAIN, OFTEN_UNSURE], ids=["plain", "often unsure"])
def test_is_certain_of_what_the_full_form_names_when_all_is_asked(style: Style) -> None:
    pupil = pupil_of(style)
    belief = believed(population_of(style, pupil.liked), pupil.answers, len(FORM.items))
    full = named_by(FORM, pupil.answers)

    certain = {number for number, chance in enumerate(belief.chances()) if chance > 0.5}

    assert certain == {number_of(three) for three in full.threes}
    assert belief.chances() == pytest.approx(np.round(belief.chances()))


def test_knows_before_any_answer_how_often_each_three_is_drawn() -> None:
    drawn = list(pupils_with_their_interests(PLAIN, PUPILS_A_FORM, SEED))
    expected = Belief(population_of(PLAIN, drawn[0].liked)).chances()

    found = np.zeros(len(THREES))
    for pupil in drawn:
        for three in named_by(FORM, pupil.answers).threes:
            found[number_of(three)] += 1 / PUPILS_A_FORM

    # Four standard errors of the largest share.
    assert np.abs(found - expected).max() < 4 * np.sqrt(expected.max() / PUPILS_A_FORM)
