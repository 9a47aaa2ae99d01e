"""Home of the ideal asker, who knows how the pupils of a style answer, beside ours on the same pupils.

It asks the field that adds most to the chance of naming rightly, for each item that it takes to ask all of
it: better on average than looking one answer ahead. It names the three with the best chance.
Three of them know more and more. `any form` knows the style. `ideal` also knows how much everyone likes each
item of this form, which no answer tells. `told` knows even how strong each field is in this pupil.
`our order` asks as ours does, and stops as `ideal` would: what is left of the gap is due to when ours stops.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.check_ins.agreement import Named, named_by
from benchmarks.check_ins.forms import walk
from benchmarks.check_ins.population import FIELDS, ITEMS, Array, Population, population_of, population_of_one
from benchmarks.check_ins.posterior import THREES, Belief
from benchmarks.check_ins.pupils import FORM, Answers, Style, pupils_with_their_interests
from guidance.adaptive_order import RULE
from guidance.riasec import FIELDS_NAMED, InterestType, cut_after, interest_scores, strongest_interests

OURS, OUR_ORDER, ANY_FORM, IDEAL, TOLD = ASKERS = ("ours", "our order", "any form", "ideal", "told")
MOST_ITEMS = len(FORM.items)
CERTAIN = 1 - 1e-9


class Run(NamedTuple):
    """One pupil asked to the end; each row has a place for 0, 1, 2, ... items asked.

    How sure the asker is, the chance that what it would name is one of the full form, and whether it is.
    """

    sure: Array
    chance: Array
    agrees: Array


def runs_of(style: Style, count: int, seed: int) -> Iterator[dict[str, Run]]:
    """Yield of each simulated pupil the run of every asker."""
    any_form, this_form = population_of(style, None), None
    liked = None
    for pupil in pupils_with_their_interests(style, count, seed):
        if this_form is None or pupil.liked is not liked:
            liked, this_form = pupil.liked, population_of(style, pupil.liked)
        full = named_by(FORM, pupil.answers)
        ours = run_of_ours(this_form, pupil.answers, full)
        yield {
            OURS: ours,
            OUR_ORDER: ours._replace(sure=ours.chance),
            ANY_FORM: run_of_ideal(any_form, pupil.answers, full),
            IDEAL: run_of_ideal(this_form, pupil.answers, full),
            TOLD: run_of_ideal(population_of_one(style, pupil), pupil.answers, full),
        }


def run_of_ideal(population: Population, answers: Answers, full: Named) -> Run:
    """Ask a pupil what tells most, until nothing can change."""
    belief, run = Belief(population), _certain()
    for asked in range(MOST_ITEMS):
        chances = belief.chances()
        best = int(chances.argmax())
        run.sure[asked] = run.chance[asked] = chances[best]
        run.agrees[asked] = frozenset(InterestType(FIELDS[one]) for one in THREES[best]) in full.threes
        if chances[best] > CERTAIN:
            break
        field = next_field(belief)
        belief.learn(field, answers[next_item(belief, field)])
    return run


def next_item(belief: Belief, field: int) -> str:
    """Return the next item of a field, in the order of the form."""
    return ITEMS[FIELDS[field]][belief.asked[field]]


def next_field(belief: Belief) -> int:
    """Return the field whose items add most to the best chance, an item."""
    left = np.array([belief.left(field) for field in range(len(FIELDS))])
    weights = belief.chances_by_end()
    best_when_known = np.einsum("ftlm,flm->ftm", weights, belief.ends).max(axis=1).sum(axis=1)
    gain = best_when_known - belief.chances().max()
    return int(np.where(left > 0, gain / np.maximum(left, 1), -np.inf).argmax())


def run_of_ours(population: Population, answers: Answers, full: Named) -> Run:
    """Ask a pupil in the adaptive order; only the chance is the ideal asker's."""
    belief, run = Belief(population), _certain()
    walked = walk(answers, RULE.first_items)
    given: Answers = {}
    for asked, (item, doubt) in enumerate(zip(walked.items, walked.doubts, strict=True)):
        cut = cut_after(strongest_interests(interest_scores(FORM, given)), FIELDS_NAMED)
        # While a field has no value it never stops, and may have no three to name.
        may_stop = doubt is not None and doubt < 1
        run.sure[asked] = 1 - doubt if may_stop and doubt is not None else 0
        run.chance[asked] = belief.chance_of(cut) if may_stop else 0
        run.agrees[asked] = may_stop and cut.choices(FIELDS_NAMED) <= full.threes
        belief.learn(FIELDS.index(FORM.item(item).field), answers[item])
        given[item] = answers[item]
    return run


def _certain() -> Run:
    return Run(*(np.ones(MOST_ITEMS + 1) for _ in Run._fields))
