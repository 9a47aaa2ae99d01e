"""What a message means while the pupil is asked for own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.open_question import Meaning, Understood, meaning_of
from bot.titles import bare
from tests.bot.open_questions import FREE_TEXT, SKIP, WORDS, intents, meaning


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
