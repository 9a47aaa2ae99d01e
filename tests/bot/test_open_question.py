"""What a message means in the light of the question that is open: the decisions, without Rasa."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.open_question import Meaning, Offer, OpenQuestion, Said, Understood, meaning_of
from bot.titles import bare
from bot.words import read_words

WORDS = read_words()
GO_ON = Offer("Ja, ga verder", "/start_interest_check_in")
NOT_NOW = Offer("Nee, nu niet", "/stop_task")
OFFER = Said("Wil je verdergaan?", (GO_ON, NOT_NOW))
SEARCH = Offer("Opleidingen zoeken", "/find_programmes")
TALK = Offer("Praten met mijn decaan", "/request_talk")
SKIP = Offer("Overslaan", '/answer_unsure{"rating": "skip"}')
FREE_TEXT = OpenQuestion((Said("Waar wil je het over hebben?", (SKIP,)),), slot="talk_words")
ITEM = OpenQuestion(
    (
        Said(
            "1 van 24: Een lekke fietsband plakken.\nHoe leuk vind je dit?",
            (
                Offer("4 Best leuk", '/answer_rating{"rating": "4", "item": "repair_bike"}'),
                Offer("Sla over", '/answer_unsure{"rating": "skip", "item": "repair_bike"}'),
            ),
        ),
    ),
    slot="check_in_answer",
)
LIST = OpenQuestion((Said("Ik vond 3 opleidingen."),), has_list=True)
TO_SAVE = OpenQuestion(
    (
        Said(
            "Welke opleiding wil je bewaren?",
            (
                Offer("Pabo, KPZ, Zwolle", '/save_programme{"programme": "a"}'),
                Offer("Pabo, Windesheim, Zwolle", '/save_programme{"programme": "b"}'),
            ),
        ),
    )
)
WHO = OpenQuestion(
    (
        Said(
            "Bedoel je je mentor op school of een oud-leerling?",
            (
                Offer("Mijn mentor op school", '/report_mentor{"about": "staff"}'),
                Offer("Een oud-leerling", '/report_mentor{"about": "mentor"}'),
            ),
        ),
    )
)
WHERE = OpenQuestion(
    (
        Said(
            "Welke bedoel je?",
            (
                Offer("Bergen (Noord-Holland)", '/find_programmes{"place": "Bergen (Noord-Holland)"}'),
                Offer("Bergen (Limburg)", '/find_programmes{"place": "Bergen (Limburg)"}'),
            ),
        ),
    )
)
ELSE = Offer("Iets anders", "/nlu_fallback")
titles = st.lists(st.text("abcdefgh éë'-,. 1234", min_size=1).filter(bare), min_size=1, unique_by=bare)
intents = st.sampled_from(
    ["greet", "ask_salary", "affirm", "deny", "nlu_fallback", "start_interest_check_in"]
)


def meaning(text: str, question: OpenQuestion, intent: str = "out_of_scope", *more: str) -> Meaning | None:
    likeliest = tuple(name for name in (intent, *more) if name != "nlu_fallback")
    return meaning_of(Understood(text, intent, likeliest), question, WORDS)


def asked(*said: Said, slot: str | None = None) -> OpenQuestion:
    return OpenQuestion(said, slot)


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
        card = Said("Dit weet ik.", on_cards=(Offer("Bewaar", '/save_programme{"programme": "a"}'),))

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
        listed = OpenQuestion((Said("Ik vond er twee.", on_cards=TO_SAVE.asking.offers),), has_list=True)

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


class TestFreeText:
    @settings(deadline=None)
    @given(st.text(st.characters(exclude_characters="?"), min_size=1), intents)
    def test_everything_is_the_answer(self, text: str, intent: str) -> None:
        is_special = bare(text) == "overslaan" or bare(text) in WORDS["stopping"] or text.startswith("/")
        if not is_special:
            assert meaning(text.strip(), FREE_TEXT, intent) == Meaning("give_words")

    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("ik wil een interessetest doen", "start_interest_check_in"),
            ("Opleidingen zoeken", "find_programmes"),
            ("ik wil met mijn decaan praten over geld", "request_talk"),
            ("die tweede", "save_programme"),
            ("ja", "affirm"),
            ("sla over", "answer_unsure"),
        ],
    )
    def test_also_what_looks_like_something_else(self, text: str, intent: str) -> None:
        assert meaning(text, FREE_TEXT, intent) == Meaning("give_words")

    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("wat kost de pabo?", "ask_study_costs"),
            ("wat kost de pabo?!", "ask_study_costs"),
            ("stop hier maar mee", "stop_task"),
            ("wat bedoel je", "explain_question"),
            ("ik wil niet meer leven", "express_crisis"),
        ],
    )
    def test_four_things_leave_it(self, text: str, intent: str) -> None:
        assert meaning(text, FREE_TEXT, intent) is None

    def test_what_may_be_danger_is_answered_first(self) -> None:
        found = meaning("ik trek het niet meer", FREE_TEXT, "nlu_fallback", "express_crisis")

        assert found == Meaning("express_crisis")

    def test_a_mere_guess_at_danger_is_the_answer(self) -> None:
        message = Understood("over mijn thuis", "nlu_fallback", ("express_crisis",), likelihood=0.28)

        assert meaning_of(message, FREE_TEXT, WORDS) == Meaning("give_words")

    def test_stopping_with_a_subject_is_no_order_to_stop(self) -> None:
        message = Understood(
            "ik wil stoppen met wiskunde", "stop_task", ("stop_task",), frozenset({"subject"})
        )

        assert meaning_of(message, FREE_TEXT, WORDS) == Meaning("give_words")

    def test_moet_naar_de_les_leaves_it(self) -> None:
        assert meaning("ik moet naar de les", FREE_TEXT, "goodbye") == Meaning("stop_task")

    def test_the_button_in_words_is_the_button(self) -> None:
        assert meaning("overslaan", FREE_TEXT) == Meaning("answer_unsure", SKIP.payload)
