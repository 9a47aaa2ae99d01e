"""What the answers of an expectation check-in say, and what is said of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.expectation_outcome import ExpectationOutcome, expectation_outcome
from guidance.expectation_outcome_replies import expectation_replies, known_reply
from guidance.instruments import Item, get_instrument
from guidance.ratings import SKIP, UNSURE, Rating
from tests.guidance.check_in_answers import NEXT_DAY, Answers, answers_to, in_any_order
from tests.people import MONDAY
from tests.readability import longest_sentence, reading_ease

EXPECTATION = get_instrument("expectation")
TODAY = MONDAY.date()


def outcome(answers: Answers) -> ExpectationOutcome:
    return expectation_outcome(EXPECTATION, answers)


def other_than(item: Item) -> Rating:
    return Rating("value", 3 - (item.right or 0))


def right(item: Item) -> Rating:
    return Rating("value", item.right)


class TestExpectationOutcome:
    def test_tells_what_was_expected_what_surprised_and_what_was_not_known(self) -> None:
        first, second, third, fourth = EXPECTATION.items[:4]
        found = outcome(
            {first.id: right(first), second.id: other_than(second), third.id: UNSURE, fourth.id: SKIP}
        )

        assert (found.expected, found.surprises, found.unsure) == ((first.id,), (second.id,), (third.id,))
        assert found.answered == 3

    @given(answers_to(EXPECTATION), st.data())
    def test_is_the_same_whatever_order_the_answers_came_in(
        self, answers: Answers, data: st.DataObject
    ) -> None:
        assert outcome(in_any_order(answers, data)) == outcome(answers)


class TestKnownReply:
    @pytest.mark.parametrize("item", EXPECTATION.items, ids=lambda item: item.id)
    def test_says_whether_it_holds_with_a_year_and_a_source(self, item: Item) -> None:
        for rating in (right(item), other_than(item), UNSURE, SKIP):
            text = known_reply(item, rating, TODAY).text

            assert ("klopt niet" in text.split(".")[0]) == (item.right == 1)
            assert re.search(r"\nBron: .+, 20\d\d", text)
            assert longest_sentence(text.split("\n\nBron")[0]) <= 15

    def test_names_a_surprise_and_nothing_else_so(self) -> None:
        item = EXPECTATION.items[0]

        assert "anders dan je dacht" in known_reply(item, other_than(item), TODAY).text
        for rating in (right(item), UNSURE, SKIP):
            assert "anders dan je dacht" not in known_reply(item, rating, TODAY).text


class TestExpectationReplies:
    def test_name_what_surprised_and_give_no_mark(self) -> None:
        item, *others = EXPECTATION.items[:3]
        answers = {item.id: other_than(item), **{other.id: right(other) for other in others}}
        words = expectation_replies(outcome(answers), NEXT_DAY)[0].text

        assert item.text.rstrip(".") in words
        assert "geen cijfer" in words
        assert not re.search(r"\d+ van (de )?\d+", words)

    @given(answers_to(EXPECTATION))
    def test_are_easy_to_read_and_end_with_a_dated_step(self, answers: Answers) -> None:
        said = expectation_replies(outcome(answers), NEXT_DAY)

        assert "30 september" in said[-1].text
        for reply in said:
            assert longest_sentence(reply.text) <= 15
            assert reading_ease(reply.text) >= 65
