"""What a number, a word of a title and "meer" mean after what was shown."""

import pytest

from bot.open_question import Meaning, Offer, OpenQuestion, Said
from tests.bot.open_questions import ITEM, LIST, SEARCH, TALK, TO_SAVE, WHERE, WHO, asked, meaning


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "ordinal"),
        [
            ("die tweede", "2"),
            ("de eerste graag", "1"),
            ("de laatste", "last"),
            ("2", "2"),
            ("nummer 3", "3"),
        ],
    )
    def test_mean_a_programme_right_after_a_list(self, text: str, ordinal: str) -> None:
        assert meaning(text, LIST, "save_programme") == Meaning("ask_programme_details", ordinal=ordinal)

    @pytest.mark.parametrize(
        "text", ["bewaar de tweede", "de eerste of de tweede", "vertel meer over de eerste"]
    )
    def test_with_a_verb_or_another_number_they_mean_what_they_say(self, text: str) -> None:
        assert meaning(text, LIST, "save_programme") is None

    def test_save_nothing_because_every_card_has_a_button(self) -> None:
        cards = tuple((offer,) for offer in TO_SAVE.asking.offers)
        listed = OpenQuestion((Said("Ik vond er twee.", cards=cards),), has_list=True)

        assert meaning("die tweede", listed) == Meaning("ask_programme_details", ordinal="2")

    def test_mean_the_button_when_asked_which_to_save(self) -> None:
        found = meaning("die tweede", TO_SAVE)

        assert found == Meaning("save_programme", '/save_programme{"programme": "b"}')

    @pytest.mark.parametrize(
        ("text", "at"), [("1", 0), ("de eerste", 0), ("die tweede", 1), ("de laatste", 1)]
    )
    def test_pick_a_button_of_a_choice(self, text: str, at: int) -> None:
        choice = Said("Bedoel je dit of dat?", (SEARCH, TALK), is_choice=True)

        found = meaning(text, asked(choice))

        assert found is not None
        assert found.payload == choice.offers[at].payload

    @pytest.mark.parametrize("question", [WHO, WHERE], ids=["who", "where"])
    @pytest.mark.parametrize(("text", "at"), [("de eerste", 0), ("2", 1)])
    def test_pick_from_any_list_of_like_things(self, question: OpenQuestion, text: str, at: int) -> None:
        found = meaning(text, question)

        assert found is not None
        assert found.payload == question.asking.offers[at].payload

    def test_erase_nothing(self) -> None:
        offers = (
            Offer("Ja, wis alles", '/delete_my_data{"confirmed": "yes"}'),
            Offer("Nee, bewaar alles", '/delete_my_data{"confirmed": "no"}'),
        )

        assert meaning("de eerste", asked(Said("Wil je alles wissen?", offers))) is None

    @pytest.mark.parametrize(
        "question",
        [
            asked(Said("Wat wil je doen?", (SEARCH, TALK))),
            OpenQuestion((Said("Bedoel je?", (SEARCH,), is_choice=True),)),
        ],
        ids=["no choice", "too few buttons"],
    )
    def test_mean_nothing_of_their_own_elsewhere(self, question: OpenQuestion) -> None:
        assert meaning("2", question) is None

    def test_mean_the_list_when_a_choice_came_with_it(self) -> None:
        choice = Said("Bedoel je dit of dat?", (SEARCH, TALK), is_choice=True)

        assert meaning("2", OpenQuestion((choice,), has_list=True)) == Meaning(
            "ask_programme_details", ordinal="2"
        )


class TestNumbersOnCards:
    """A number picks an experience, each on a card with a button of its own."""

    HEARD = Said(
        "Welke van deze was het?",
        (TALK,),
        cards=(
            (Offer("Dit heb ik gedaan", '/log_experience{"offer": "1", "part": "done"}'),),
            (),
            (Offer("Dit heb ik gedaan", '/log_experience{"offer": "3", "part": "done"}'),),
        ),
    )

    @pytest.mark.parametrize(
        ("text", "offer"), [("de eerste", "1"), ("1", "1"), ("die derde graag", "3"), ("de laatste", "3")]
    )
    def test_is_its_button(self, text: str, offer: str) -> None:
        found = meaning(text, asked(self.HEARD))

        assert found == Meaning("log_experience", f'/log_experience{{"offer": "{offer}", "part": "done"}}')

    @pytest.mark.parametrize("text", ["de tweede", "de vierde", "de eerste of de derde", "de eerste was top"])
    def test_is_none_without_a_button_or_a_clear_number(self, text: str) -> None:
        assert meaning(text, asked(self.HEARD)) is None

    def test_amid_a_check_in_is_its_button_too(self) -> None:
        found = meaning("de derde", asked(self.HEARD, *ITEM.said, slot=ITEM.slot), "nlu_fallback")

        assert found is not None
        assert found.payload == '/log_experience{"offer": "3", "part": "done"}'

    def test_amid_a_check_in_a_bare_figure_answers_the_item(self) -> None:
        found = meaning("3", asked(self.HEARD, *ITEM.said, slot=ITEM.slot), "answer_rating")

        assert found is None

    def test_saves_no_programme(self) -> None:
        cards = tuple((offer,) for offer in TO_SAVE.asking.offers)

        assert meaning("de eerste", asked(Said("Ik vond er twee.", cards=cards)), "save_programme") is None


class TestWordsOfATitle:
    @pytest.mark.parametrize(
        ("text", "question", "at"),
        [
            ("die in limburg", WHERE, 1),
            ("noord-holland", WHERE, 0),
            ("mijn mentor", WHO, 0),
            ("een oud-leerling", WHO, 1),
        ],
    )
    def test_pick_the_only_button_that_has_them(self, text: str, question: OpenQuestion, at: int) -> None:
        found = meaning(text, question)

        assert found is not None
        assert found.payload == question.asking.offers[at].payload

    @pytest.mark.parametrize("text", ["bergen", "die in friesland", "in", "limburg is ver weg"])
    def test_pick_nothing_when_several_have_them_or_none(self, text: str) -> None:
        assert meaning(text, WHERE) is None

    def test_pick_nothing_from_different_things(self) -> None:
        assert meaning("zoeken", asked(Said("Zoeken of praten?", (SEARCH, TALK)))) is None


class TestMore:
    @pytest.mark.parametrize("text", ["meer", "Meer!", "vertel eens meer", "nog meer"])
    def test_is_the_rest_of_the_last_answer_and_never_danger(self, text: str) -> None:
        costs = Offer("Meer", '/ask_study_costs{"part": "more"}')
        question = asked(
            Said("Vier jaar.", (Offer("Meer", '/x{"part": "more"}'),)), Said("Zoveel.", (costs, TALK))
        )

        found = meaning(text, question, "nlu_fallback", "express_crisis")

        assert found == Meaning("ask_study_costs", costs.payload)

    def test_of_a_list_is_about_one_of_them(self) -> None:
        assert meaning("meer", LIST, "nlu_fallback", "express_crisis") == Meaning("ask_programme_details")

    def test_within_a_check_in_is_about_the_item(self) -> None:
        assert meaning("meer", ITEM, "nlu_fallback", "express_crisis") == Meaning("explain_question")

    def test_with_nothing_more_to_tell_is_what_else_there_is(self) -> None:
        found = meaning("meer", asked(Said("Dat was het.", (TALK,))), "nlu_fallback", "express_crisis")

        assert found == Meaning("ask_capabilities")
