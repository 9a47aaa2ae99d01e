"""Scores a field and the order of fields, with ties as ties."""

from fractions import Fraction

import pytest
from hypothesis import given

from guidance.ratings import SKIP, UNSURE
from guidance.riasec import Cut, InterestType, Score, cut_after, interest_scores, strongest_interests
from tests.guidance.interest_answers import INTEREST, Answers, all_of, only, some_answers

REAL, INV, ART, SOC, ENT, CON = InterestType
THREE_SOCIAL = ("explain_until_it_works", "listen_to_someone", "guide_children")

TABLE = [
    ("all equal", all_of(4), [(REAL, INV, ART, SOC, ENT, CON)]),
    ("one ahead", all_of(2, but={"social": 5}), [(SOC,), (REAL, INV, ART, ENT, CON)]),
    ("a tie in front", all_of(2, but={"social": 5, "artistic": 5}), [(ART, SOC), (REAL, INV, ENT, CON)]),
    (
        "a tie behind",
        all_of(1, but={"social": 5, "artistic": 4, "realistic": 4}),
        [(SOC,), (REAL, ART), (INV, ENT, CON)],
    ),
    ("teaching does not weigh", all_of(3, but={"teaching": 5}), [(REAL, INV, ART, SOC, ENT, CON)]),
    (
        "half done",
        only({"repair_bike": 4, "explain_until_it_works": 4, "do_experiment": 1}),
        [(REAL, SOC), (INV,)],
    ),
    ("all skipped", {item.id: SKIP for item in INTEREST.items}, []),
    ("all unsure", {item.id: UNSURE for item in INTEREST.items}, []),
    ("nothing", {}, []),
    ("means, not sums", {**only({"perform": 5}), **only(dict.fromkeys(THREE_SOCIAL, 4))}, [(ART,), (SOC,)]),
]


class TestInterestScores:
    def test_are_the_mean_of_the_values_given(self) -> None:
        answers = only({"explain_until_it_works": 5, "listen_to_someone": 4})

        assert interest_scores(INTEREST, {**answers, "guide_children": UNSURE}) == {
            SOC: Score(Fraction(9, 2), rated=2, total=3)
        }

    def test_say_whether_a_field_is_complete(self) -> None:
        half = interest_scores(INTEREST, only({"perform": 3}))

        assert not half[ART].is_complete
        assert all(score.is_complete for score in interest_scores(INTEREST, all_of(1)).values())

    @given(some_answers)
    def test_leave_out_a_field_without_a_value(self, answers: Answers) -> None:
        rated = {INTEREST.item(item).field for item, rating in answers.items() if rating.value is not None}

        assert {str(field) for field in interest_scores(INTEREST, answers)} == rated - {"teaching"}


class TestStrongestInterests:
    @pytest.mark.parametrize(
        ("answers", "groups"), [case[1:] for case in TABLE], ids=[case[0] for case in TABLE]
    )
    def test_gives_groups_of_equals(self, answers: Answers, groups: list[tuple[InterestType, ...]]) -> None:
        assert strongest_interests(interest_scores(INTEREST, answers)) == groups

    @given(some_answers)
    def test_never_cuts_a_tie_and_loses_no_field(self, answers: Answers) -> None:
        scores = interest_scores(INTEREST, answers)
        groups = strongest_interests(scores)
        means = [{scores[field].mean for field in group} for group in groups]

        assert sorted(field for group in groups for field in group) == sorted(scores)
        assert all(len(equal) == 1 for equal in means)
        assert [max(equal) for equal in means] == sorted(
            {score.mean for score in scores.values()}, reverse=True
        )


class TestCutAfter:
    @pytest.mark.parametrize(
        ("groups", "cut", "choices"),
        [
            ([(SOC,), (ART, REAL), (INV,)], Cut((SOC, ART, REAL), (), (INV,)), [{SOC, ART, REAL}]),
            (
                [(SOC,), (ART,), (REAL, INV), (ENT,)],
                Cut((SOC, ART), (REAL, INV), (ENT,)),
                [{SOC, ART, REAL}, {SOC, ART, INV}],
            ),
            ([(SOC, ART)], Cut((SOC, ART), (), ()), [{SOC, ART}]),
            ([], Cut((), (), ()), [set()]),
        ],
        ids=["no tie at the cut", "a tie at the cut", "too few to cut", "no score at all"],
    )
    def test_never_chooses_between_equals(
        self, groups: list[tuple[InterestType, ...]], cut: Cut, choices: list[set[InterestType]]
    ) -> None:
        assert cut_after(groups, 3) == cut
        assert cut.choices(3) == {frozenset(choice) for choice in choices}

    def test_gives_the_orders_that_every_choice_leans_on(self) -> None:
        assert Cut((SOC,), (ART, REAL), (INV,)).orders() == [
            (SOC, ART),
            (SOC, REAL),
            (SOC, INV),
            (ART, REAL),
            (ART, INV),
            (REAL, ART),
            (REAL, INV),
        ]
