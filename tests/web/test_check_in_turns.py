"""Turns of a check-in that meet: two tabs, two check-ins, old buttons, a new beginning sent twice."""

from collections.abc import Callable

import pytest

from guidance.ratings import SKIP, Rating
from guidance.services.check_in import answers_of
from tests.web.check_in_engine import cuts
from tests.web.check_in_pupil import REFUSED, Pupil
from tests.web.crashes import Cut

Arrive = Callable[[], Pupil]
STORY = "Ik hielp mijn zusje met breuken."


def stored(someone: Pupil, number: int = -1) -> dict[str, Rating]:
    return dict(answers_of(someone.runs[number]))


def value(number: int) -> Rating:
    return Rating("value", number)


def button(someone: Pupil, start: str) -> str:
    return next(payload for payload in someone.offered if payload.startswith(start))


class TestTwoTabs:
    def test_words_typed_in_the_older_one_are_for_the_item_shown_there(self, arrive: Arrive) -> None:
        older = arrive()
        older.say(text="interessecheck")
        newer = older.in_another_talk()
        newer.say(text="interessecheck")
        newer.say(text="4")
        newer.say(text="4")

        older.say(text="1")

        assert stored(older) == {"repair_bike": value(1), "explain_until_it_works": value(4)}
        assert older.item == newer.item

    def test_the_older_one_gets_the_outcome_that_the_newer_one_closed(self, arrive: Arrive) -> None:
        older = arrive()
        older.say(text="verwachtingscheck")
        newer = older.in_another_talk()
        newer.say(text="verwachtingscheck")
        while newer.item:
            newer.say(text="1")

        older.say(text="wat bedoel je")

        assert older.texts[-2:] == newer.texts[-2:]

    def test_an_item_of_a_run_that_was_dropped_gets_no_answer(self, arrive: Arrive) -> None:
        older = arrive()
        older.say(text="interessecheck")
        older.say(text="4")
        newer = older.in_another_talk()
        newer.say(text="opnieuw")
        newer.say(payload=button(newer, '/start_interest_check_in{"part": "surely'))

        older.say(text="5")

        assert stored(older) == {}
        assert older.item == newer.item


class TestOldButtons:
    def test_of_an_earlier_item_change_nothing(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        old = button(someone, "/answer_rating")
        someone.say(text="4")

        someone.say(payload=old)

        assert stored(someone) == {"repair_bike": value(4)}
        assert someone.item
        assert someone.item.id == "explain_until_it_works"

    @pytest.mark.parametrize("old", ["/affirm", "/answer_unsure", "/deny"])
    def test_under_words_shown_back_change_nothing_later(self, arrive: Arrive, old: str) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text=STORY)
        payload = button(someone, old)
        someone.say(payload=button(someone, "/affirm"))

        someone.say(payload=payload)

        assert stored(someone) == {"subject_story": Rating("words", words=STORY)}
        assert someone.item
        assert someone.item.id == "subject_study"

    def test_under_words_skip_that_question(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text=STORY)

        someone.say(payload=button(someone, "/answer_unsure"))

        assert stored(someone) == {"subject_story": SKIP}

    def test_of_words_of_an_earlier_question_keep_none_for_the_next(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text=STORY)
        old = button(someone, "/affirm")
        someone.say(payload=old)
        for _ in range(3):
            someone.say(text="2")

        someone.say(payload=old)
        someone.say(text="Ik leerde mijn opa appen.")
        someone.say(payload=old)

        assert someone.is_asked_to_check
        assert "explaining_story" not in stored(someone)


class TestCorrections:
    def test_amid_own_words_change_the_answer_before_them(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text="weet ik niet")
        for _ in range(3):
            someone.say(text="1")

        someone.say(text="oeps, ik bedoelde 2")

        assert "subject_want" in stored(someone)
        assert stored(someone)["subject_want"] == value(2)
        assert someone.item
        assert someone.item.id == "explaining_story"
        assert not someone.is_asked_to_check

    def test_without_an_answer_before_them_are_own_words(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")

        someone.say(text="oeps, ik bedoelde 2")

        assert someone.is_asked_to_check

    def test_of_an_answer_keep_the_words_that_are_shown_back(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text="weet ik niet")
        for _ in range(3):
            someone.say(text="1")
        someone.say(text=STORY)

        someone.say(text="oeps, ik bedoelde 2")

        assert stored(someone)["subject_want"] == value(2)
        assert someone.texts[-1] == f"Dit schreef je:\n“{STORY}”\nKlopt dit?"
        someone.say(payload=button(someone, "/affirm"))
        assert stored(someone)["explaining_story"] == Rating("words", words=STORY)

    def test_of_the_words_shown_back_ask_for_them_anew(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text=STORY)

        someone.say(text="oeps verkeerd")

        assert not someone.is_asked_to_check
        assert someone.item
        assert someone.item.id == "subject_story"

    def test_are_read_whatever_they_were_taken_for(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")

        someone.say(text="eigenlijk had ik 2 moeten zeggen")

        assert stored(someone) == {"repair_bike": value(2)}
        assert someone.texts[-1].startswith("2 van 24")

    def test_without_the_new_answer_ask_for_that_alone(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")

        someone.say(text="oeps verkeerd")

        (asked,) = someone.texts
        assert asked == "Wat wordt je nieuwe antwoord bij deze vraag?\nEen lekke fietsband plakken."

    def test_take_the_next_message_for_the_new_answer(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="oeps verkeerd")

        someone.say(text="2")

        assert stored(someone) == {"repair_bike": value(2)}
        assert someone.texts[0].startswith("Aangepast. Je antwoord is nu: 2, niet zo leuk.")
        assert someone.texts[1].startswith("2 van 24")

    @pytest.mark.parametrize("text", ["wat bedoel je", "mwoah zo zo ish"])
    def test_come_back_after_something_else(self, arrive: Arrive, text: str) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="oeps verkeerd")

        someone.say(text=text)
        asked = someone.texts[-1]
        someone.say(text="2")

        assert asked.startswith("Wat wordt je nieuwe antwoord")
        assert stored(someone) == {"repair_bike": value(2)}

    def test_explain_the_item_that_is_changed(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="oeps verkeerd")

        someone.say(text="wat bedoel je")

        assert someone.texts[0].startswith("Een lekke fietsband plakken.\nDenk aan")

    def test_can_be_left(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="oeps verkeerd")

        someone.say(text="laat maar")
        someone.say(text="1")

        assert stored(someone) == {"repair_bike": value(4), "explain_until_it_works": value(1)}

    def test_on_a_scale_of_words_are_read_in_words(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="verwachtingscheck")
        someone.say(text="1")

        someone.say(text="oeps, ik bedoelde klopt")

        assert list(stored(someone).values()) == [value(2)]
        assert someone.texts[0].startswith("Aangepast. Je antwoord is nu: klopt.")

    def test_typed_on_a_known_statement_tell_it_no_second_time(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="verwachtingscheck")
        someone.say(text="1")
        someone.say(text="oeps verkeerd")

        someone.say(text="klopt")

        assert someone.texts[0].startswith("Aangepast.")
        assert len(someone.texts) == 2


class TestComingBack:
    """The welcome offers to go on; the engine never heard it."""

    @pytest.mark.parametrize("text", ["ja", "Ja!", "ga verder", "ok"])
    def test_with_yes_goes_on(self, arrive: Arrive, text: str) -> None:
        before = arrive()
        before.say(text="interessecheck")
        before.say(text="4")
        someone = before.in_another_talk()

        someone.say(text=text)

        assert someone.texts[0].startswith("We gaan verder waar je was.")
        assert someone.item
        assert someone.item.id == "explain_until_it_works"

    def test_with_no_leaves_it(self, arrive: Arrive) -> None:
        before = arrive()
        before.say(text="interessecheck")
        before.say(text="4")
        someone = before.in_another_talk()

        someone.say(text="nee")

        assert someone.texts == ["utter_no_question_open"]

    def test_with_opnieuw_asks_whether_that_is_meant(self, arrive: Arrive) -> None:
        before = arrive()
        before.say(text="interessecheck")
        before.say(text="4")
        someone = before.in_another_talk()

        someone.say(text="opnieuw")

        assert "Weet je het zeker?" in someone.texts[0]
        assert stored(someone) == {"repair_bike": value(4)}


class TestTwoCheckIns:
    def test_each_goes_on_at_its_own_item(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="verwachtingscheck")
        someone.say(text="1")
        someone.say(text="interessecheck")
        someone.say(text="2")

        interest, expectation = (stored(someone, number) for number in (0, 1))

        assert interest == {"repair_bike": value(4), "explain_until_it_works": value(2)}
        assert expectation == {"share_at_school": value(1)}

    def test_a_correction_after_a_pause_is_read_on_the_scale_of_its_own(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="stop")
        newer = someone.in_another_talk()
        newer.say(text="verwachtingscheck")
        newer.say(text="1")

        someone.say(text="oeps, ik bedoelde 5")

        assert stored(someone) == {"share_at_school": value(1)}


class TestBeginningAnew:
    @pytest.mark.parametrize("cut", cuts(6), ids=str)
    def test_drops_the_answers_once_however_often_it_is_sent(self, arrive: Arrive, cut: Cut) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="opnieuw")

        someone.say(cut, "same id", payload=button(someone, '/start_interest_check_in{"part": "surely'))

        assert [bool(run.dropped_at) for run in someone.runs] == [True, False]
        assert stored(someone) == {}
        assert someone.item
        assert someone.item.id == "repair_bike"

    def test_is_not_done_once_the_pupil_heard_that_it_failed(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="opnieuw")
        payload = button(someone, '/start_interest_check_in{"part": "surely')

        assert someone.post("too slow", {"payload": payload}, Cut(0, "before")) == REFUSED

        assert stored(someone) == {"repair_bike": value(4)}

    def test_is_not_done_by_an_answer(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="opnieuw")

        someone.say(text="5")

        assert stored(someone) == {"repair_bike": value(4)}

    def test_by_the_button_of_an_earlier_time_drops_nothing(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="interessecheck")
        someone.say(text="4")
        someone.say(text="opnieuw")
        old = button(someone, '/start_interest_check_in{"part": "surely')
        someone.say(payload=old)
        someone.say(text="3")

        someone.say(payload=old)

        assert stored(someone) == {"repair_bike": value(3)}


def test_the_long_form_keeps_what_was_answered_in_the_short_one(arrive: Arrive) -> None:
    someone = arrive()
    someone.say(text="interessecheck")
    longer = button(someone, '/start_interest_check_in{"part": "long')
    for number in (1, 2, 3):
        someone.say(text=str(number))
    before = stored(someone)

    someone.say(payload=longer)

    assert stored(someone) == before
    assert someone.runs[-1].version == "interest-long-1"
    assert someone.item
    assert someone.item.id not in before


class TestCorrection:
    def test_of_own_words_leaves_them_out(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="competentiecheck")
        someone.say(text=STORY)
        someone.say(payload=button(someone, "/affirm"))
        someone.say(text="oeps, ik bedoelde iets anders")

        someone.say(payload=button(someone, "/correct_answer"))

        assert stored(someone) == {"subject_story": SKIP}
        assert someone.item
        assert someone.item.id == "subject_study"

    def test_to_what_is_not_on_the_scale_is_asked_about(self, arrive: Arrive) -> None:
        someone = arrive()
        someone.say(text="verwachtingscheck")
        someone.say(text="1")

        someone.say(text="oeps, ik bedoelde 5")

        assert stored(someone) == {"share_at_school": value(1)}
        assert button(someone, "/correct_answer")
