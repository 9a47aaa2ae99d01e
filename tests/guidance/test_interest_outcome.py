"""What the answers of one run say, and what they do not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.interest_outcome import InterestOutcome, interest_outcome
from guidance.ratings import SKIP, UNSURE
from guidance.riasec import InterestType
from tests.guidance.interest_answers import INTEREST, Answers, all_of, only, some_answers

REAL, INV, ART, SOC, ENT, CON = InterestType


def outcome_of(answers: Answers, level: str | None = "havo") -> InterestOutcome:
    return interest_outcome(INTEREST, answers, level)


def named(outcome: InterestOutcome) -> list[tuple[InterestType, ...]]:
    return [group.types for group in outcome.standing_out]


class TestInterestOutcome:
    def test_gives_the_answers_that_led_to_a_group(self) -> None:
        outcome = outcome_of(all_of(2, but={"social": 5, "perform": 4}))

        assert [group.reasons for group in outcome.groups] == [
            ("explain_until_it_works", "listen_to_someone", "guide_children"),
            ("perform",),
            (),
        ]

    @pytest.mark.parametrize(
        ("answers", "groups"),
        [
            (all_of(2, but={"social": 5}), [(SOC,)]),
            (all_of(4, but={"social": 5}), [(SOC,), (REAL, INV, ART, ENT, CON)]),
            (
                all_of(2, but={"social": 5, "artistic": 5, "realistic": 4, "enterprising": 4}),
                [(ART, SOC), (REAL, ENT)],
            ),
            (
                all_of(1, but={"social": 5, "artistic": 5, "realistic": 5, "enterprising": 4}),
                [(REAL, ART, SOC)],
            ),
            (all_of(2, but={"social": 3}), []),
            (all_of(5), []),
        ],
    )
    def test_names_what_stands_out_and_never_half_a_tie(
        self, answers: Answers, groups: list[tuple[InterestType, ...]]
    ) -> None:
        assert named(outcome_of(answers)) == groups

    def test_says_when_all_fields_are_equal(self) -> None:
        assert outcome_of(all_of(1)).all_equal
        assert not outcome_of(only({"perform": 3})).all_equal
        assert not outcome_of(all_of(1, but={"perform": 2})).all_equal

    def test_counts_unsure_as_an_answer_and_a_skip_as_none(self) -> None:
        outcome = outcome_of({"perform": UNSURE, "mbo": SKIP, **only({"repair_bike": 1})})

        assert (outcome.answered, outcome.total) == (2, 24)

    def test_needs_three_answers(self) -> None:
        two = only({"perform": 5, "mbo": 5})

        assert outcome_of({**two, "repair_bike": SKIP}).is_too_thin
        assert not outcome_of({**two, "repair_bike": UNSURE}).is_too_thin

    def test_tells_teaching_that_does_not_stand_out_from_teaching_not_rated(self) -> None:
        assert outcome_of(all_of(2, but={"mbo": 4})).teaching_stands_out
        assert not outcome_of(all_of(5, but={"teaching": 3})).teaching_stands_out
        assert outcome_of(all_of(2)).rated_teaching
        assert not outcome_of({"mbo": UNSURE}).rated_teaching

    def test_leaves_out_answers_to_items_of_another_version(self) -> None:
        assert outcome_of({**all_of(3), **only({"juggling": 5})}) == outcome_of(all_of(3))

    @given(some_answers, st.randoms())
    def test_is_the_same_in_whatever_order_the_answers_came(self, answers: Answers, random: Any) -> None:
        shuffled = list(answers.items())
        random.shuffle(shuffled)

        assert outcome_of(dict(shuffled)) == outcome_of(answers)
