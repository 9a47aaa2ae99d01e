"""What the answers of a competence check-in say, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.bekwaamheden import Bekwaamheid, SelfSelection, Standing
from guidance.competence_outcome import NO, YES, CompetenceOutcome, competence_outcome
from guidance.competence_outcome_replies import competence_replies
from guidance.competence_picture import competence_picture, competence_rows
from guidance.instruments import get_instrument
from guidance.ratings import SKIP, UNSURE, Rating
from tests.guidance.check_in_answers import NEXT_DAY, Answers, answers_to, in_any_order
from tests.readability import longest_sentence, reading_ease

COMPETENCE = get_instrument("competence")
STORY = Rating("words", words="Ik hielp mijn zusje met breuken en dat lukte.")
RATED = [item.id for item in COMPETENCE.items if item.asks]


def outcome(answers: Answers) -> CompetenceOutcome:
    return competence_outcome(COMPETENCE, answers)


def all_of(rating: Rating) -> Answers:
    return {item.id: STORY if item.is_words else rating for item in COMPETENCE.items}


class TestCompetenceOutcome:
    def test_has_a_cell_for_each_question_about_each_bekwaamheid(self) -> None:
        cells = outcome({}).cells

        assert [(cell.bekwaamheid, cell.asks) for cell in cells] == [
            (field, asks) for field in Bekwaamheid for asks in SelfSelection
        ]

    @pytest.mark.parametrize(
        ("rating", "standing"),
        [
            (None, Standing.NOT_DISCUSSED),
            (SKIP, Standing.NOT_DISCUSSED),
            (UNSURE, Standing.DOUBT),
            (Rating("value", 2), Standing.DOUBT),
            (Rating("value", NO), Standing.CLEAR),
            (Rating("value", YES), Standing.CLEAR),
        ],
        ids=["not asked", "skipped", "unsure", "doubt", "no", "yes"],
    )
    def test_says_where_a_question_stands(self, rating: Rating | None, standing: Standing) -> None:
        cell = outcome({RATED[0]: rating} if rating else {}).cells[0]

        assert cell.standing == standing
        assert cell.value == (rating.value if rating and standing == Standing.CLEAR else None)

    def test_keeps_own_words_with_their_bekwaamheid(self) -> None:
        (words,) = outcome({"explaining_story": STORY}).words

        assert (words.bekwaamheid, words.text) == (Bekwaamheid.DIDACTICS, STORY.words)

    def test_is_too_thin_below_three_answers(self) -> None:
        assert outcome({}).is_too_thin
        assert outcome({item.id: SKIP for item in COMPETENCE.items}).is_too_thin
        assert outcome({"group_story": STORY, RATED[0]: UNSURE}).is_too_thin
        assert not outcome({"group_story": STORY, RATED[0]: UNSURE, RATED[1]: UNSURE}).is_too_thin

    @given(answers_to(COMPETENCE), st.data())
    def test_is_the_same_whatever_order_the_answers_came_in(
        self, answers: Answers, data: st.DataObject
    ) -> None:
        assert outcome(in_any_order(answers, data)) == outcome(answers)


class TestCompetenceReplies:
    @pytest.mark.parametrize(
        ("answers", "step"),
        [
            (all_of(Rating("value", YES)), "wat jou duidelijk is"),
            (all_of(UNSURE), "waar je twijfelt"),
            ({item: Rating("value", NO) for item in RATED[:3]}, "wat nog open staat"),
        ],
        ids=["clear", "doubt", "open"],
    )
    def test_end_with_a_dated_step_that_fits(self, answers: Answers, step: str) -> None:
        said = competence_replies(outcome(answers), NEXT_DAY)

        assert step in said[-1].text
        assert "30 september" in said[-1].text

    def test_take_a_clear_no_as_good_to_know(self) -> None:
        words = competence_replies(outcome(all_of(Rating("value", NO))), NEXT_DAY)[0].text

        assert "Dat is ook goed om te weten" in words
        assert "Dit is geen cijfer" in words

    @given(answers_to(COMPETENCE))
    def test_name_each_cell_once_and_quote_the_words(self, answers: Answers) -> None:
        found = outcome(answers)
        if found.is_too_thin:
            return
        text = competence_replies(found, NEXT_DAY)[0].text

        assert text.count("- ") >= len(found.cells) + len(found.words)
        assert all(f"“{one.text}”" in text for one in found.words)

    @pytest.mark.parametrize("rating", [Rating("value", NO), Rating("value", YES), UNSURE, SKIP], ids=str)
    def test_are_easy_to_read(self, rating: Rating) -> None:
        for reply in competence_replies(outcome(all_of(rating)), NEXT_DAY):
            assert longest_sentence(reply.text) <= 15
            assert reading_ease(reply.text) >= 65

    def test_say_nothing_of_nothing(self) -> None:
        first, step = competence_replies(outcome({}), NEXT_DAY)

        assert "te weinig voor een uitslag" in first.text
        assert step.buttons


class TestPicture:
    def test_says_in_words_what_it_shows(self) -> None:
        found = outcome({**all_of(UNSURE), RATED[0]: Rating("value", NO), RATED[1]: SKIP})
        svg, rows = competence_picture(found), competence_rows(found)

        assert [words for _, words in rows][:3] == ["duidelijk, nee", "nog niet besproken", "twijfel"]
        assert all(f"{label}: {words}." in svg for label, words in rows)
