"""The adaptive order of the long interest form: what comes next, when it stops, and what may still come."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.adaptive_order import RULE, Rule, most_items_left, next_interest_item, next_step
from guidance.ratings import SKIP, UNSURE, Rating
from guidance.riasec import FIELDS_NAMED, InterestType, cut_after, interest_scores, strongest_interests
from tests.guidance.interest_answers import INTEREST
from tests.guidance.long_interest import (
    IDS,
    INTEREST_ITEMS,
    LONG,
    TEACHING_ITEMS,
    Answers,
    mind,
    minds,
    some_answers,
)

CERTAIN = Rule(most_doubt=0)
# One example is a whole check-in, asked item by item.
whole_runs = settings(max_examples=40, deadline=None)
REAL, INV, ART, SOC, ENT, CON = InterestType
FIRST_TWELVE = [item.id for item in INTEREST_ITEMS[:12]]
THEN_TEACHING = [item.id for item in TEACHING_ITEMS]


def asked_of(mind: Answers, rule: Rule = RULE) -> Answers:
    """Answer what is asked until nothing is."""
    given: Answers = {}
    while item := next_interest_item(LONG, given, rule):
        assert item.id not in given
        given[item.id] = mind[item.id]
    return given


def asked_a_field(mind: Answers, rule: Rule = RULE) -> dict[str, int]:
    asked = asked_of(mind, rule)
    return {field: sum(LONG.item(item).field == field for item in asked) for field in InterestType}


def threes(answers: Answers) -> set[frozenset[InterestType]]:
    groups = strongest_interests(interest_scores(LONG, answers))
    return cut_after(groups, FIELDS_NAMED).choices(FIELDS_NAMED)


class TestNextInterestItem:
    def test_begins_with_two_items_a_field_and_then_teaching(self) -> None:
        assert list(asked_of(mind()))[:18] == FIRST_TWELVE + THEN_TEACHING

    def test_stops_soon_when_three_fields_are_far_ahead(self) -> None:
        far_apart = mind(realistic=5, social=5, artistic=5, investigative=1, enterprising=1, conventional=1)

        assert len(asked_of(far_apart)) < 30
        assert threes(asked_of(far_apart)) == {frozenset({REAL, SOC, ART})}

    def test_asks_on_about_the_fields_at_the_cut_only(self) -> None:
        counts = asked_a_field(
            mind(social=5, artistic=5, realistic=3, investigative=3, enterprising=1, conventional=1)
        )

        assert counts["realistic"] == counts["investigative"] == 6
        assert max(counts["enterprising"], counts["conventional"], counts["social"]) < 6

    @pytest.mark.parametrize(
        "answers",
        [mind(), dict.fromkeys(IDS, SKIP), dict.fromkeys(IDS, UNSURE)],
        ids=["all equal", "all skipped", "all unsure"],
    )
    def test_asks_everything_where_nothing_can_be_told(self, answers: Answers) -> None:
        assert set(asked_of(answers)) == set(IDS)

    def test_asks_for_the_field_without_a_value_first(self) -> None:
        given = {item: Rating("value", 3) for item in FIRST_TWELVE + THEN_TEACHING}
        given |= {"artistic_1": UNSURE, "artistic_2": SKIP}

        assert next_interest_item(LONG, given) == LONG.item("artistic_3")

    def test_takes_the_form_up_where_it_was_left(self) -> None:
        half = {item: Rating("value", 4) for item in FIRST_TWELVE[:5]}

        assert next_interest_item(LONG, half) == LONG.item(FIRST_TWELVE[5])

    def test_is_done_when_every_field_with_a_value_is_named(self) -> None:
        given = mind(artistic=SKIP, social=SKIP, realistic=SKIP)

        assert next_interest_item(LONG, given) is None

    def test_works_for_the_short_form_too(self) -> None:
        given: Answers = {}
        while item := next_interest_item(INTEREST, given):
            given[item.id] = Rating("value", 3)

        assert set(given) == {item.id for item in INTEREST.items}

    @whole_runs
    @given(minds)
    def test_ends_after_each_item_at_most_once(self, mind: Answers) -> None:
        asked = asked_of(mind)

        assert set(FIRST_TWELVE + THEN_TEACHING) <= set(asked) <= set(IDS)

    @given(some_answers, st.randoms(use_true_random=False))
    def test_depends_on_the_set_of_answers_only(self, answers: Answers, shuffler: random.Random) -> None:
        others = list(answers.items())
        shuffler.shuffle(others)

        assert next_step(LONG, dict(others)) == next_step(LONG, answers)

    @given(some_answers)
    def test_never_asks_what_has_an_answer(self, answers: Answers) -> None:
        item = next_interest_item(LONG, answers)

        assert item is None or item.id not in answers

    @given(some_answers)
    def test_leaves_answers_to_unknown_items_out(self, answers: Answers) -> None:
        known = next_step(LONG, answers)

        assert next_step(LONG, {**answers, "of_another_form": Rating("value", 5)}) == known

    @whole_runs
    @given(minds, minds)
    def test_stops_for_certain_only_when_no_answer_can_change_the_three(
        self, mind: Answers, otherwise: Answers
    ) -> None:
        asked = asked_of(mind, CERTAIN)

        assert threes(asked) <= threes({**otherwise, **asked})

    @whole_runs
    @given(minds)
    def test_stops_later_when_less_doubt_is_left(self, mind: Answers) -> None:
        counts = [len(asked_of(mind, Rule(most_doubt=doubt))) for doubt in (0.3, 0.05, 0.01, 0)]

        assert counts == sorted(counts)


class TestMostItemsLeft:
    def test_is_the_whole_form_at_the_start(self) -> None:
        assert most_items_left(LONG, {}) == 42

    def test_is_nothing_at_the_end(self) -> None:
        assert most_items_left(LONG, asked_of(mind(social=5, artistic=5, realistic=5))) == 0

    @whole_runs
    @given(minds)
    def test_makes_a_total_that_never_grows_and_is_never_passed(self, mind: Answers) -> None:
        asked = asked_of(mind)
        given_so_far = [dict(list(asked.items())[:count]) for count in range(len(asked) + 1)]

        totals = [len(given) + most_items_left(LONG, given) for given in given_so_far]

        assert all(later <= earlier for earlier, later in pairwise(totals))
        assert totals[-1] == len(asked)
