"""What a check-in says, turn by turn and at its end."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance import check_in_replies as replies
from guidance.instruments import Instrument, get_instrument, shipped_instruments
from guidance.interest_outcome import interest_outcome
from guidance.interest_outcome_replies import interest_replies
from guidance.ratings import SKIP, UNSURE, Rating, rating_in
from guidance.replies import Button, Reply
from guidance.riasec import InterestType
from tests.guidance.interest_answers import INTEREST, Answers, all_of, only, some_answers
from tests.readability import longest_sentence, reading_ease

ITEM = INTEREST.items[0]
NEXT_DAY = date(2026, 9, 30)
DUTCH_EASE = 65
LONGEST_SENTENCE = 15


def told(answers: Answers, level: str | None = "havo") -> list[Reply]:
    return interest_replies(interest_outcome(INTEREST, answers, level), NEXT_DAY)


def all_buttons(said: list[Reply]) -> list[Button]:
    on_cards = [button for reply in said for card in reply.cards for button in card.buttons]
    return [*(button for reply in said for button in reply.buttons), *on_cards]


class TestItemReply:
    def test_shows_how_far_it_is_and_asks(self) -> None:
        assert replies.item_reply(INTEREST, ITEM, 7, 24).text == f"7 van 24\n{ITEM.text}\n{INTEREST.question}"

    def test_offers_the_scale_and_both_ways_out_for_this_item_only(self) -> None:
        buttons = replies.item_reply(INTEREST, ITEM, 2, 24).buttons

        assert [button.payload for button in buttons] == [
            *(f'/answer_rating{{"rating": "{value}", "item": "{ITEM.id}"}}' for value in range(1, 6)),
            f'/answer_unsure{{"item": "{ITEM.id}"}}',
            f'/answer_unsure{{"rating": "skip", "item": "{ITEM.id}"}}',
        ]

    def test_offers_the_long_form_with_the_first_item(self) -> None:
        first, second = (replies.item_reply(INTEREST, ITEM, number, 24).buttons for number in (1, 2))

        assert [button for button in first if button not in second] == [
            Button("Liever de lange versie", '/start_interest_check_in{"part": "long"}')
        ]

    def test_has_buttons_whose_titles_can_be_typed_too(self) -> None:
        titles = [button.title for button in replies.item_reply(INTEREST, ITEM, 2, 24).buttons]

        assert [rating_in(title) for title in titles] == [*map(rating_in, "12345"), UNSURE, SKIP]


class TestTurns:
    def test_start_says_how_long_it_takes_and_who_sees_it(self) -> None:
        text = replies.start_reply(INTEREST).text

        assert "24 korte vragen" in text
        assert INTEREST.intro in text
        assert "decaan" in text
        assert "niet ingelogd" in replies.start_reply(INTEREST, signed_in=False).text

    def test_not_understood_shows_the_scale(self) -> None:
        assert "1 is helemaal niet leuk, 5 is heel leuk" in replies.not_understood_reply(INTEREST).text

    def test_explained_gives_the_example_of_the_item(self) -> None:
        assert replies.explained_reply(ITEM).text == f"{ITEM.text}\n{ITEM.explain}"

    @pytest.mark.parametrize(("answered", "left"), [(7, "17 vragen"), (23, "1 vraag over")])
    def test_paused_says_what_is_left(self, answered: int, left: str) -> None:
        reply = replies.paused_reply(INTEREST, answered, 24)

        assert left in reply.text
        assert [button.payload for button in reply.buttons] == [
            "/start_interest_check_in",
            '/start_interest_check_in{"part": "anew"}',
        ]

    @pytest.mark.parametrize(
        ("rating", "words"),
        [
            (Rating("value", 4), "nu: 4, best leuk."),
            (UNSURE, "nu: weet ik niet."),
            (SKIP, "slaat deze vraag nu over"),
        ],
    )
    def test_corrected_says_what_it_has_become(self, rating: Rating, words: str) -> None:
        text = replies.corrected_reply(INTEREST, ITEM, rating).text

        assert words in text
        assert text.endswith(ITEM.text)

    def test_corrected_names_the_label_of_a_scale_in_words(self) -> None:
        competence = get_instrument("competence")
        item = competence.item("subject_study")

        assert "nu: ik twijfel." in replies.corrected_reply(competence, item, Rating("value", 2)).text

    def test_a_correction_is_offered_for_this_item_only(self) -> None:
        reply = replies.which_correction_reply(INTEREST, ITEM, is_open=False)

        assert [button.payload for button in reply.buttons] == [
            f'/correct_answer{{"rating": "{value}", "item": "{ITEM.id}"}}' for value in range(1, 6)
        ]

    @pytest.mark.parametrize(
        ("name", "example"), [("interest", "'ik bedoelde 5'"), ("expectation", "'ik bedoelde klopt'")]
    )
    def test_after_a_pause_a_correction_shows_how_to_type_it(self, name: str, example: str) -> None:
        instrument = get_instrument(name)

        reply = replies.which_correction_reply(instrument, instrument.items[0], is_open=False)

        assert example in reply.text

    def test_in_the_check_in_a_correction_can_be_left(self) -> None:
        reply = replies.which_correction_reply(INTEREST, ITEM, is_open=True)

        assert "Typ" not in reply.text
        assert (reply.buttons[-1].title, reply.buttons[-1].payload) == (
            "Laat maar",
            "/start_interest_check_in",
        )


class TestOutcomeReplies:
    def test_come_as_words_then_picture_then_routes_then_a_dated_step(self) -> None:
        words, picture, routes, step = told(all_of(2, but={"social": 5, "young_children": 5}))

        assert words.text.startswith("Het leukst vind je: mensen helpen.")
        assert "- Iemand iets uitleggen tot het lukt." in words.text
        assert (words.image, words.cards) == (None, ())
        assert str(picture.image).startswith("data:image/svg+xml;base64,")
        assert picture.table[0] == ("Mensen helpen", "gemiddeld 5,0 van 5")
        assert [card.title for card in routes.cards] == ["Pabo: leraar op de basisschool"]
        assert "30 september" in step.text

    def test_give_each_route_its_why_and_a_search(self) -> None:
        routes = told(all_of(2, but={"young_children": 5, "guide_children": 4}))[2]

        assert routes.cards[0].subtitle == (
            "Waarom zie je dit?\n"
            "- Je gaf een 5 bij 'Jonge kinderen helpen met lezen en rekenen'.\n"
            "- Je gaf een 4 bij 'Een groepje kinderen begeleiden bij een spel'.\n"
            "- Je gaf een 2 bij 'Eén vak geven, in plaats van alle vakken'."
        )
        assert routes.cards[0].buttons == (Button("Zoek: pabo", '/find_programmes{"kind": "pabo"}'),)

    def test_say_a_tie_as_a_tie(self) -> None:
        text = told(all_of(2, but={"social": 5, "artistic": 5}))[0].text

        assert "creatief bezig zijn en mensen helpen. Die zijn even sterk." in text

    def test_say_that_nothing_differs_when_all_are_equal(self) -> None:
        text = told(all_of(4))[0].text

        assert "alle zes gebieden even leuk" in text
        assert "gemiddeld een 4,0" in text
        assert "leukst" not in text

    def test_serve_a_pupil_for_whom_teaching_does_not_stand_out_as_well(self) -> None:
        _, _, directions, step = told(all_of(2, but={"realistic": 5}))

        assert "Dit zegt niet dat lesgeven nooit bij je past." in directions.text
        assert "techniek" in directions.cards[0].subtitle
        assert "Je gaf een 5 bij 'Een lekke fietsband plakken'." in directions.cards[0].subtitle
        assert "één richting" in step.text

    def test_say_nothing_about_teaching_that_was_not_rated(self) -> None:
        answers = {
            item: rating for item, rating in all_of(4).items() if INTEREST.item(item).field != "teaching"
        }

        assert "nog geen cijfer bij de vragen over lesgeven" in told(answers)[2].text

    def test_show_no_order_and_no_picture_when_all_is_unsure(self) -> None:
        said = told({item.id: UNSURE for item in INTEREST.items})

        assert "geen volgorde" in said[0].text
        assert [reply.image for reply in said] == [None] * len(said)

    def test_say_how_many_answers_are_missing_when_there_are_too_few(self) -> None:
        said = told(only({"perform": 5, "mbo": 5}))

        assert "2 van de 24" in said[0].text
        assert [reply.image for reply in said] == [None, None]

    def test_name_the_routes_that_do_not_fit_on_the_screen(self) -> None:
        routes = told(all_of(5), "vwo")[2]

        kinds = [
            json.loads(button.payload[len("/find_programmes") :])["kind"] for button in all_buttons([routes])
        ]
        assert len(routes.cards) == 4
        assert len(kinds) == len(set(kinds)) == 8

    @given(some_answers, st.sampled_from(["havo", "vwo", None]))
    def test_close_with_a_dated_step_to_a_person(self, answers: Answers, level: str | None) -> None:
        last = told(answers, level)[-1]

        assert "30 september" in last.text
        assert [button.payload for button in last.buttons] == ["/request_talk", "/start_competence_check_in"]

    @given(some_answers, st.sampled_from(["havo", "vwo", None]))
    def test_quote_only_answers_that_were_given(self, answers: Answers, level: str | None) -> None:
        given_values = {
            INTEREST.item(item).text.rstrip("."): str(rating.value) for item, rating in answers.items()
        }
        for reply in told(answers, level):
            for card in reply.cards:
                for value, text in re.findall(r"Je gaf een (\d) bij '([^']+)'", card.subtitle):
                    assert given_values[text] == value


def every_reply() -> Iterator[Reply]:
    """Give every reply there is, with its longest values."""
    for instrument in shipped_instruments():
        yield from every_turn_reply(instrument)
    yield from (
        replies.offer_to_begin_reply(),
        replies.already_done_reply(),
        replies.check_words_reply("Ik hielp mijn zusje met breuken.", ITEM),
        replies.nothing_to_compare_reply([("interest", INTEREST.title)]),
    )
    yield from every_outcome_reply()


def every_turn_reply(instrument: Instrument) -> Iterator[Reply]:
    for item in instrument.items:
        yield replies.item_reply(instrument, item, 1, 42)
        yield replies.explained_reply(item)
        for rating in (Rating("value", 1), UNSURE, SKIP):
            yield replies.corrected_reply(instrument, item, rating)
        for is_open in (True, False):
            yield replies.which_correction_reply(instrument, item, is_open=is_open)
    for signed_in in (True, False):
        yield replies.start_reply(instrument, signed_in=signed_in)
    for answered in (0, 1, len(instrument.items) - 1, len(instrument.items)):
        yield replies.paused_reply(instrument, answered, len(instrument.items))
        yield replies.resumed_reply(instrument, answered, len(instrument.items))
        yield replies.offer_to_go_on_reply(instrument, answered, len(instrument.items))
        yield replies.surely_anew_reply(instrument, answered, 1)
    yield replies.first_finish_reply(instrument)
    for misses in (1, 2, 3):
        yield replies.not_understood_reply(instrument, misses, can_ask_talk=True)


def every_outcome_reply() -> Iterator[Reply]:
    """Give the outcomes of pupils who like one field, two, all or none, and teaching or not."""
    for first, second, teaching in product(InterestType, InterestType, (1, 5)):
        yield from told(all_of(2, but={first: 5, second: 4, "teaching": teaching}), "vwo")
    for value in range(1, 6):
        yield from told(all_of(value), "vwo")
    yield from told({item.id: UNSURE for item in INTEREST.items})
    yield from told({})


class TestTheirWords:
    def test_are_easy_to_read(self) -> None:
        texts = {
            text for reply in every_reply() for text in (reply.text, *(card.subtitle for card in reply.cards))
        }

        assert {
            text: longest_sentence(text) for text in texts if longest_sentence(text) > LONGEST_SENTENCE
        } == {}
        assert {text: reading_ease(text) for text in texts if reading_ease(text) < DUTCH_EASE} == {}

    def test_hold_no_exclamation_mark_and_no_placeholder(self) -> None:
        for reply in every_reply():
            assert not re.search(r"[!{}]|None|True|False", reply.text)
