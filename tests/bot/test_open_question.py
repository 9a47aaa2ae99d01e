"""What a message means beside a button, a yes or no, and an item: the decisions, without Rasa."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.open_question import Meaning, Offer, OpenQuestion, Said
from tests.bot.open_questions import (
    ELSE,
    GO_ON,
    ITEM,
    NOT_NOW,
    OFFER,
    SEARCH,
    TALK,
    asked,
    intents,
    meaning,
    titles,
)


class TestWithoutAQuestion:
    @settings(deadline=None)
    @given(st.text(), intents)
    def test_nothing_changes(self, text: str, intent: str) -> None:
        assert meaning(text, OpenQuestion(), intent) is None


class TestButtonInWords:
    @settings(deadline=None)
    @given(titles, st.data(), intents)
    def test_the_whole_title_gives_its_payload(
        self, names: list[str], data: st.DataObject, intent: str
    ) -> None:
        offers = tuple(Offer(f"Kies {name}", f"/inform{{}}@{at}") for at, name in enumerate(names))
        chosen = data.draw(st.sampled_from(offers))

        found = meaning(chosen.title.upper(), asked(Said("Kies.", offers)), intent)

        assert found is not None
        assert found.payload == chosen.payload

    @pytest.mark.parametrize(
        ("text", "payload"),
        [
            ("opleidingen zoeken", "/find_programmes"),
            ("Opleidingen zoeken!", "/find_programmes"),
            ("opleidngen zoeken", "/find_programmes"),
            ("praten met", "/request_talk"),
            ("praten met mijn decan", "/request_talk"),
            ("ga verder", "/start_interest_check_in"),
            ("nu niet", "/stop_task"),
        ],
    )
    def test_so_does_its_beginning_and_a_small_typo(self, text: str, payload: str) -> None:
        found = meaning(text, asked(OFFER, Said("Wat wil je doen?", (SEARCH, TALK))))

        assert found == Meaning(payload[1:], payload)

    @pytest.mark.parametrize("text", ["praten", "met mijn decaan", "opleidingen vergelijken", "3 leuk", "🙂"])
    def test_no_other_text_does(self, text: str) -> None:
        offers = (SEARCH, TALK, Offer("4 leuk", "/answer_rating"))

        assert meaning(text, asked(Said("Wat wil je doen?", offers))) is None

    def test_a_title_of_several_buttons_is_left_alone(self) -> None:
        offers = (Offer("Bewaar", '/save_programme{"programme": "a"}'), Offer("Bewaar", "/save_programme"))

        assert meaning("bewaar", asked(Said("Ik vond er twee.", offers))) is None

    def test_a_button_on_a_card_has_a_title_too(self) -> None:
        card = Said("Dit weet ik.", cards=((Offer("Bewaar", '/save_programme{"programme": "a"}'),),))

        assert meaning("bewaar", asked(card)) == Meaning(
            "save_programme", '/save_programme{"programme": "a"}'
        )

    def test_a_payload_is_left_alone(self) -> None:
        assert meaning("/find_programmes", asked(Said("?", (Offer("/find_programmes", "/greet"),)))) is None


class TestYesAndNo:
    @pytest.mark.parametrize(("intent", "offer"), [("affirm", GO_ON), ("deny", NOT_NOW)], ids=["yes", "no"])
    def test_mean_the_button_that_begins_so(self, intent: str, offer: Offer) -> None:
        found = meaning("tuurlijk", asked(OFFER), intent)

        assert found is not None
        assert found.payload == offer.payload

    def test_yes_means_the_only_button_of_a_question(self) -> None:
        found = meaning("ja", asked(Said("Hallo."), Said("Zal ik zoeken?", (SEARCH,))), "affirm")

        assert found == Meaning("find_programmes", "/find_programmes")

    @pytest.mark.parametrize(
        "said",
        [
            (Said("Je mag zoeken.", (SEARCH,)),),
            (Said("Zoeken of praten?", (SEARCH, TALK)),),
            (Said("Zal ik zoeken?", (SEARCH,)), Said("Dat was het.")),
        ],
        ids=["no question", "two buttons", "not the last"],
    )
    def test_yes_answers_nothing_else(self, said: tuple[Said, ...]) -> None:
        assert meaning("ja", asked(*said), "affirm") is None

    def test_no_is_no_only_button(self) -> None:
        assert meaning("nee", asked(Said("Zal ik zoeken?", (SEARCH,))), "deny") is None

    @pytest.mark.parametrize(("intent", "offer"), [("affirm", SEARCH), ("deny", ELSE)], ids=["yes", "no"])
    def test_answer_what_was_asked_back(self, intent: str, offer: Offer) -> None:
        found = meaning("klopt", asked(Said("Is het dit?", (SEARCH, ELSE), is_choice=True)), intent)

        assert found is not None
        assert found.payload == offer.payload

    def test_no_turns_two_choices_down_and_yes_is_neither(self) -> None:
        question = asked(Said("Is het een van deze twee?", (SEARCH, TALK, ELSE), is_choice=True))

        assert meaning("nee", question, "deny") == Meaning("nlu_fallback", "/nlu_fallback")
        assert meaning("ja", question, "affirm") is None

    def test_yes_to_an_item_is_no_yes_to_what_was_asked_before_it(self) -> None:
        erase = Said("Wil je alles wissen?", (Offer("Ja, wis alles", '/delete_my_data{"confirmed": "yes"}'),))

        found = meaning("ja", asked(erase, *ITEM.said, slot="check_in_answer"), "affirm")

        assert found == Meaning("answer_rating")


class TestCheckIn:
    @pytest.mark.parametrize(
        ("text", "understood", "means"),
        [
            ("4", ("nlu_fallback", "inform", "answer_rating"), "answer_rating"),
            ("nee", ("deny",), "answer_rating"),
            ("ja hoor", ("affirm",), "answer_rating"),
            ("geen flauw idee", ("nlu_fallback", "answer_unsure"), "answer_unsure"),
            ("ik moet naar de les", ("out_of_scope",), "stop_task"),
            ("Later verder.", ("ask_next_step",), "stop_task"),
            ("hou op", ("save_programme", "insult"), "stop_task"),
            ("ga zo verder", ("nlu_fallback", "answer_rating"), "stop_task"),
        ],
    )
    def test_a_short_message_answers_or_stops(
        self, text: str, understood: tuple[str, ...], means: str
    ) -> None:
        assert meaning(text, ITEM, *understood) == Meaning(means)

    def test_sla_over_is_its_button(self) -> None:
        found = meaning("sla over", ITEM, "answer_unsure")

        assert found is not None
        assert found.payload == '/answer_unsure{"rating": "skip", "item": "repair_bike"}'

    @pytest.mark.parametrize(
        ("text", "understood"),
        [
            ("leuk?", ("nlu_fallback", "answer_rating")),
            ("wat kost de pabo", ("ask_study_costs", "answer_rating")),
            ("wat bedoel je", ("explain_question",)),
            ("ja maar dat hangt er van af of het moet", ("affirm",)),
            ("ik wil niet meer leven", ("express_crisis",)),
            ("kan niet meer", ("nlu_fallback", "express_crisis", "answer_rating")),
            ("2", ("answer_rating",)),
        ],
    )
    def test_anything_else_keeps_its_meaning(self, text: str, understood: tuple[str, ...]) -> None:
        assert meaning(text, ITEM, *understood) is None

    def test_a_figure_is_a_rating_even_after_a_list(self) -> None:
        assert meaning("2", ITEM._replace(has_list=True), "answer_rating") is None
