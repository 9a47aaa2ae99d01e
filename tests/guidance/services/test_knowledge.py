"""What the assistant answers to questions, on which day and for whom."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import read_content
from guidance.errors import NotFound
from guidance.services.knowledge import Answer, answer_question
from tests.readability import longest_sentence, reading_ease, sentences

ANSWERS: dict[str, Any] = read_content("knowledge")["answers"]
TEXTS: dict[str, Any] = read_content("texts/knowledge")
LEVELS = ["havo", "vwo", "mbo4"]
TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
VARIANTS = [(topic, variant) for topic, answer in ANSWERS.items() for variant in answer["variants"]]
# Says only what someone may do next, so there is no source to name.
WITHOUT_FACTS = {"consider_other_study"}
# No text is harder than the rule allows; one that must be is named here, with its reason.
HARD_TO_READ: set[tuple[str, str]] = set()

KNOWLEDGE = {
    "ask_admission_requirements",
    "ask_pabo_entry_tests",
    "ask_profile_choice",
    "ask_routes",
    "ask_qualification_levels",
    "ask_academic_pabo",
    "ask_part_time_dual",
    "ask_from_mbo",
    "ask_study_duration",
    "ask_study_costs",
    "ask_study_finance",
    "ask_enrolment",
    "ask_difficulty_and_dropout",
    "ask_switching",
    "ask_study_practice",
    "ask_sector_choice",
    "ask_daily_life",
    "ask_teamwork",
    "ask_workload",
    "ask_salary",
    "ask_job_prospects",
    "ask_career_growth",
    "ask_starter_support",
    "ask_diversity",
}
PLANNING = {"ask_open_days", "ask_taster_day", "ask_timeline", "ask_next_step"}
OTHER = {"consider_other_study", "find_teaching_experience"}


def answer_of(topic: str, variant: str, *, today: date = TODAY, level: str = "havo") -> Answer:
    if variant == "any":
        return plain(topic, today)
    if variant in LEVELS:
        return answer_question(topic, today=today, level=variant)
    return answer_question(topic, today=today, level=level, kind=variant)


def plain(topic: str, today: date = TODAY) -> Answer:
    return answer_question(topic, today=today)


class TestAnswerQuestion:
    def test_knows_every_question_pupils_ask(self) -> None:
        assert set(ANSWERS) == KNOWLEDGE | PLANNING | OTHER

    @pytest.mark.parametrize(("topic", "variant"), VARIANTS)
    def test_names_source_and_year(self, topic: str, variant: str) -> None:
        source = answer_of(topic, variant).source

        assert re.fullmatch(r"Bron: .+, 20\d\d", source) or (topic in WITHOUT_FACTS and source == "")

    def test_names_one_publication_once(self) -> None:
        assert plain("ask_academic_pabo").source == "Bron: DUO, 2026"

    def test_answers_the_literal_question_first(self) -> None:
        answer = answer_question("ask_study_duration", today=TODAY, kind="pabo")

        assert answer.text.startswith("De pabo duurt vier jaar in voltijd.")

    def test_gives_a_vwo_pupil_the_pabo_without_tests(self) -> None:
        assert "geen toets" in answer_question("ask_pabo_entry_tests", today=TODAY, level="vwo").text

    def test_tells_a_havo_pupil_which_tests_and_what_lifts_them(self) -> None:
        text = answer_question("ask_pabo_entry_tests", today=TODAY, level="havo").text

        assert "een of twee toetsen" in text
        assert "natuurkunde, biologie of nlt" in text

    def test_lets_the_kind_decide_before_the_level(self) -> None:
        asked = answer_question("ask_admission_requirements", today=TODAY, level="vwo", kind="alo")

        assert asked == answer_question("ask_admission_requirements", today=TODAY, kind="alo")

    def test_tells_a_pupil_with_a_kind_what_holds_for_the_own_level(self) -> None:
        havo = answer_of("ask_admission_requirements", "pabo", level="havo")
        vwo = answer_of("ask_admission_requirements", "pabo", level="vwo")

        assert "een of twee toetsen" in havo.text
        assert "geen toets vooraf" in vwo.text

    @given(level=st.text(), kind=st.text())
    def test_answers_in_general_when_level_and_kind_mean_nothing_here(self, level: str, kind: str) -> None:
        answer = answer_question("ask_salary", today=TODAY, level=level, kind=kind)

        assert answer == plain("ask_salary")

    def test_refuses_a_question_it_does_not_know(self) -> None:
        with pytest.raises(NotFound):
            plain("ask_the_weather")

    @pytest.mark.parametrize("topic", ANSWERS)
    def test_offers_one_or_two_other_questions(self, topic: str) -> None:
        payloads = [button.payload for button in plain(topic).follow_ups]

        assert 1 <= len(set(payloads)) == len(payloads) <= 2
        assert f"/{topic}" not in payloads


class TestFiguresByDate:
    @given(DAYS)
    def test_always_say_the_study_year_of_the_fee(self, today: date) -> None:
        text = plain("ask_study_costs", today).text

        assert re.search(r"€ 2\.\d{3} voor studiejaar 20\d\d-20\d\d", text)

    @given(DAYS)
    def test_admit_when_there_is_none_for_this_year(self, today: date) -> None:
        has_figure = date(2024, 8, 1) <= today < date(2027, 8, 1)

        assert ("heb ik nog niet" in plain("ask_study_costs", today).text) != has_figure

    @given(DAYS)
    def test_of_grants_name_their_months_and_admit_other_years(self, today: date) -> None:
        text = plain("ask_study_finance", today).text

        assert "september tot en met december 2026" in text
        assert ("heb ik nog niet" in text) != (date(2026, 8, 1) <= today < date(2027, 8, 1))

    @pytest.mark.parametrize(("today", "advised"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
    def test_that_are_no_longer_fresh_come_with_the_advice_to_check(self, today: date, advised: bool) -> None:
        assert plain("ask_study_finance", today).text.endswith("Controleer dit bij duo.nl.") == advised

    @pytest.mark.parametrize("topic", ["ask_profile_choice", "ask_study_costs"])
    def test_that_are_unsure_come_with_the_advice_to_check(self, topic: str) -> None:
        assert plain(topic).text.endswith("Controleer dit bij de opleiding.")


class TestTexts:
    @given(case=st.sampled_from(VARIANTS), today=DAYS, level=st.sampled_from(LEVELS))
    def test_stay_short_and_readable_on_any_day(self, case: tuple[str, str], today: date, level: str) -> None:
        answer = answer_of(*case, today=today, level=level)

        assert longest_sentence(answer.text) <= 15, answer.text
        assert longest_sentence(answer.source) <= 15, answer.source
        assert 2 <= len(sentences(answer.text)) <= 7, answer.text
        assert reading_ease(answer.text) >= 65 or case in HARD_TO_READ, answer.text

    @pytest.mark.parametrize(("topic", "variant"), VARIANTS)
    def test_hold_no_figure_of_their_own(self, topic: str, variant: str) -> None:
        outside_braces = re.sub(r"{{.*?}}|{%.*?%}", "", TEXTS[topic][variant])

        assert not re.search(r"\d", outside_braces)

    @pytest.mark.parametrize("topic", ANSWERS)
    def test_are_those_the_answers_name(self, topic: str) -> None:
        assert set(TEXTS[topic]) == set(ANSWERS[topic]["variants"])

    @pytest.mark.parametrize(("topic", "variant"), VARIANTS)
    def test_sound_calm_and_turn_nobody_away(self, topic: str, variant: str) -> None:
        text = answer_of(topic, variant).text

        assert "!" not in text
        assert not re.search(r"\b(verboden|mag niet|kan niet|afgewezen)\b", text)
