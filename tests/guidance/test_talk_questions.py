"""The three questions to bring: which rule gives them, from which rows, and that they stay the same."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.career_file_input import CareerFacts, SavedOne
from guidance.content import read_content
from guidance.instruments import get_instrument
from guidance.models.talks import TalkRequest
from guidance.ratings import Rating
from guidance.talk_questions import FINDERS, RULES, talk_questions
from guidance.talk_replies import prepare_replies
from tests.guidance.career_facts import (
    FEW,
    MUCH,
    NOTHING,
    check,
    facts_of_any_pupil,
    right_but,
    shuffled,
    sources_in,
    values,
)
from tests.readability import longest_sentence, reading_ease

DOUBT = check(1, "competence", values("competence", {"explaining_want": 2}, others=3))
SURPRISE = check(2, "expectation", right_but("teamwork"))
INTERESTS = check(3, "interest", values("interest", {"social": 5}, others=2))
SAVED = (SavedOne("saved_programme:1", "Pabo in Zwolle"),)
CHOSEN = replace(NOTHING, person=replace(NOTHING.person, profile="NT"))


def rules(facts: CareerFacts) -> list[str]:
    return [question.rule for question in talk_questions(facts)]


class TestTalkQuestions:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            (NOTHING, ["profile_choice", "nothing_done", "always"]),
            (CHOSEN, ["nothing_done", "always", "always"]),
            (replace(CHOSEN, checks=(DOUBT, SURPRISE), saved=SAVED), ["doubt", "surprise", "programme"]),
            (
                replace(NOTHING, checks=(DOUBT, SURPRISE), saved=SAVED),
                ["profile_choice", "doubt", "surprise"],
            ),
            (replace(CHOSEN, checks=(INTERESTS,)), ["interest", "nothing_done", "always"]),
            (replace(CHOSEN, saved=SAVED), ["programme", "nothing_done", "always"]),
        ],
        ids=["new in the third year", "new", "much", "profile first", "interests", "a programme"],
    )
    def test_follow_from_what_was_done_by_the_order_of_the_rules(
        self, facts: CareerFacts, expected: list[str]
    ) -> None:
        assert rules(facts) == expected

    def test_take_a_second_of_a_rule_before_what_always_holds(self) -> None:
        two = replace(
            MUCH,
            person=replace(MUCH.person, profile="NT"),
            checks=(check(1, "competence", values("competence", {}, others=2)),),
            saved=(),
        )

        assert rules(two) == ["doubt", "doubt", "always"]

    @settings(max_examples=FEW)
    @given(facts_of_any_pupil, st.data())
    def test_are_three_and_the_same_for_the_same_file_in_any_order(
        self, facts: CareerFacts, data: st.DataObject
    ) -> None:
        questions = talk_questions(facts)

        assert talk_questions(shuffled(facts, data)) == questions
        assert len({question.dean for question in questions}) == 3
        assert all(set(question.sources) <= sources_in(facts) for question in questions)

    def test_are_asked_by_rules_that_exist_and_each_rule_is_used(self) -> None:
        assert {rule["rule"] for rule in read_content(RULES)} == set(FINDERS)


def every_cell() -> list[CareerFacts]:
    """Give a pupil with one doubt, one surprise, or one interest: each there is."""
    doubts = [
        check(1, "competence", values("competence", {item.id: 2}, others=3))
        for item in get_instrument("competence").items
        if not item.is_words
    ]
    surprises = [check(1, "expectation", right_but(item.id)) for item in get_instrument("expectation").items]
    fields = [
        check(1, "interest", values("interest", {field: 5}, others=1))
        for field in {item.field for item in get_instrument("interest").items}
    ]
    return [
        NOTHING,
        replace(CHOSEN, saved=SAVED),
        *(replace(CHOSEN, checks=(one,)) for one in (*doubts, *surprises, *fields)),
    ]


class TestTheirWords:
    @pytest.mark.parametrize("words", ["", "hoe vertel ik het thuis"], ids=["dean", "home"])
    def test_are_easy_to_read(self, words: str) -> None:
        for facts in every_cell():
            for said in prepare_replies(None, talk_questions(facts), words=words):
                assert longest_sentence(said.text) <= 15, said.text
                assert reading_ease(said.text) >= 65, said.text

    @settings(max_examples=FEW)
    @given(facts_of_any_pupil)
    def test_take_at_most_ninety_words_a_message(self, facts: CareerFacts) -> None:
        for request, words in product((None, TalkRequest()), ("", "thuis")):
            is_shared = request is not None
            for said in prepare_replies(request, talk_questions(facts), is_shared=is_shared, words=words):
                assert len(said.text.split()) <= 90

    def test_leave_out_what_the_pupil_wrote(self) -> None:
        told = {"group_story": Rating("words", words="Mijn geheim.")}
        facts = replace(CHOSEN, checks=(check(1, "competence", {**DOUBT.closed.answers, **told}),))

        assert "geheim" not in str(talk_questions(facts))
