"""Topic files: what is in one, what is refused, and what some of them say to whom."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.asker import Asker, asker_of
from guidance.content import read_content
from guidance.errors import NotFound, UnusableFile
from guidance.knowledge import About, compose
from guidance.steps import Steps
from guidance.topics import Next, get_topic, topic_names, topic_of
from tests.askers import HAVO_3, NOBODY, VWO_5_NT, about, answer, on_roster

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
PLAIN: dict[str, Any] = {"text": "Ja.", "step": "Kijk.", "next": ["find_programmes"]}


class TestTopicOf:
    def test_reads_what_to_offer_with_its_condition(self) -> None:
        raw = {**PLAIN, "next": ["ask_salary", {"intent": "request_talk", "if": "log.check"}]}

        assert topic_of("x", raw).next == (Next("ask_salary"), Next("request_talk", "log.check"))

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"step": ""}, "no step"),
            ({"next": []}, "no next"),
            ({"follow": 1}, "unknown follow"),
            ({"asks": "name"}, "asks for name"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_refuses_a_file_that_is_not_right(self, change: dict[str, Any], problem: str) -> None:
        with pytest.raises(UnusableFile, match=problem):
            topic_of("x", {**PLAIN, **change})


class TestThemeOf:
    @pytest.mark.parametrize(
        ("text", "theme"),
        [
            ("zijn er ook jongens op de pabo", "men"),
            ("Kan dat als MAN", "men"),
            ("kan ik juf worden met een hoofddoek", "faith"),
            ("ik ben moslima mag ik lesgeven", "faith"),
            ("ik heb autisme, kan dat", "disability"),
            ("kan het ook met een rolstoel", "disability"),
            ("mijn ouders zijn gevlucht uit syrië", "background"),
            ("pas ik er wel bij met mijn achtergrond", "background"),
            ("pas ik er wel bij op die manier", None),
            ("bij welke biologie", None),
            ("", None),
        ],
    )
    def test_is_found_by_its_words(self, text: str, theme: str | None) -> None:
        assert get_topic("ask_diversity").theme_of(text) == theme

    def test_is_none_where_there_are_none(self) -> None:
        assert get_topic("ask_salary").theme_of("hoofddoek") is None


def test_a_topic_without_a_file_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_topic("../facts")


DONE = date(2026, 10, 5)


class TestNextStep:
    @pytest.mark.parametrize(
        ("steps", "said", "offered"),
        [
            (Steps(), "Doe de interessecheck vóór 6 december.", "start_interest_check_in"),
            (Steps(has_open_check=True), "Maak de check af vóór 6 december.", "start_interest_check_in"),
            (Steps(check=DONE), "Vraag vóór 6 december een gesprek aan met je decaan.", "request_talk"),
            (
                Steps(check=DONE, talk_asked=DONE),
                "Bedenk vóór 6 december één vraag die je wilt stellen.",
                "prepare_talk",
            ),
            (
                Steps(check=DONE, talk=DONE),
                "Kies vóór 6 december een open dag, of help een keer in een klas.",
                "ask_open_days",
            ),
            (
                Steps(check=DONE, talk=DONE, event=DONE, saved=2),
                "Kies vóór 6 december welke van je bewaarde opleidingen bovenaan staat.",
                "show_saved_programmes",
            ),
        ],
        ids=["new", "check open", "checked", "talk asked", "talk held", "tried"],
    )
    def test_is_one_and_follows_from_what_was_done(self, steps: Steps, said: str, offered: str) -> None:
        found = compose(get_topic("ask_next_step"), on_roster("havo", 4, "EM"), About(), steps)

        assert (found.step, found.offered[0]) == (said, offered)

    def test_is_to_enrol_in_the_year_of_the_exam(self) -> None:
        in_march = on_roster("havo", 5, "EM", date(2027, 3, 1))

        found = answer("ask_next_step", in_march)

        assert found.step == "Meld je uiterlijk 1 mei 2027 aan via Studielink."
        assert found.offered[0] == "ask_enrolment"

    def test_tells_who_is_still_on_time_until_when(self) -> None:
        assert "vóór 1 mei 2027, dan ben je op tijd" in answer("ask_next_step", HAVO_3).text
        assert "op tijd" not in answer("ask_next_step", VWO_5_NT).text


class TestTimeline:
    def test_dates_what_was_done_and_what_is_to_come(self) -> None:
        steps = Steps(check=DONE, event=DONE)
        found = compose(get_topic("ask_timeline"), on_roster("vwo", 5, "NT"), About(), steps)

        assert "Je begon op 5 oktober met een check" in found.text
        assert "Je zag al iets van het werk op 5 oktober." in found.text
        assert "uiterlijk op 1 mei 2028" in found.text

    def test_says_that_an_exam_day_is_provisional(self) -> None:
        assert "1 mei 2029 (voorlopig)" in answer("ask_timeline", HAVO_3).text

    def test_tells_a_visitor_of_the_class_in_which_to_enrol(self) -> None:
        assert "in klas 5" in answer("ask_timeline", asker_of(NOBODY, {"level": "havo"}, {})).text


class TestFiguresByDate:
    @given(DAYS)
    def test_a_fee_always_has_its_study_year_and_an_older_one_is_said_to_be(self, today: date) -> None:
        text = answer("ask_study_costs", Asker(today)).text

        assert re.search(r"€ 2\.\d{3}.* 20\d\d-20\d\d", text)
        has_figure = date(2024, 8, 1) <= today < date(2027, 8, 1)
        assert ("heb ik nog niet" in text) != has_figure

    @pytest.mark.parametrize(("today", "advised"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
    def test_that_are_no_longer_fresh_come_with_the_advice_to_check(self, today: date, advised: bool) -> None:
        found = answer("ask_study_finance", Asker(today))

        assert found.text.endswith("Controleer dit bij duo.nl.") == advised

    def test_of_an_exam_year_date_the_enrolment(self) -> None:
        assert "1 mei 2028" in answer("ask_enrolment", on_roster("havo", 4)).text
        assert "15 januari 2028" in answer("ask_enrolment", on_roster("havo", 4)).text

    def test_two_facts_of_one_publication_are_one_source(self) -> None:
        assert answer("ask_academic_pabo", VWO_5_NT).source == "Bron: DUO, 2026"


class TestProfileRules:
    def test_of_2015_never_say_no(self) -> None:
        found = answer("ask_admission_requirements", on_roster("havo", 5, "CM"), about("natuurkunde", None))

        assert "Volgens de regels van 2015 mist met CM nog een vak." in found.text
        assert "omweg" in found.text
        assert found.text.endswith("Controleer dit bij de opleiding.")
        assert "find_programmes" in found.offered

    def test_ask_a_subject_where_the_table_does(self) -> None:
        found = answer("ask_admission_requirements", on_roster("havo", 4, "NG"), about("wiskunde", None))

        assert "wiskunde B" in found.text

    @pytest.mark.parametrize(
        ("asker", "said"),
        [
            (HAVO_3, "Jij kiest aan het eind van dit schooljaar"),
            (on_roster("havo", 2), "Jij kiest pas aan het eind van klas 3."),
            (VWO_5_NT, "Je profiel staat vast, maar een vak erbij of ruilen lukt soms nog."),
            (on_roster("havo", 5, "NG"), "een toets bij de opleiding is soms mogelijk"),
        ],
        ids=["klas 3", "klas 2", "vwo 5", "havo 5"],
    )
    def test_tell_each_leerjaar_what_is_still_open(self, asker: Asker, said: str) -> None:
        assert said in answer("ask_profile_choice", asker, about("wiskunde", None)).text

    @pytest.mark.parametrize("asker", [HAVO_3, VWO_5_NT, NOBODY], ids=["havo 3", "vwo 5", "anonymous"])
    def test_of_the_alo_speak_of_the_alo(self, asker: Asker) -> None:
        found = answer("ask_profile_choice", asker, about(None, "alo"))

        assert "de alo" in found.text
        assert "selectie" in found.text
        assert "wiskunde" not in found.text


class TestWordsOfTheQuestion:
    def test_about_the_studiekeuzecheck_tell_what_it_is(self) -> None:
        asked = about(None, None, get_topic("ask_enrolment").theme_of("wat is een studiekeuzecheck"))

        found = answer("ask_enrolment", HAVO_3, asked)

        assert found.text.startswith("In een studiekeuzecheck kijk je")
        assert "1 mei 2029" in found.text

    def test_about_children_are_no_farewell_to_teaching(self) -> None:
        asked = about(None, None, get_topic("consider_other_study").theme_of("ik denk iets met kinderen"))

        found = answer("consider_other_study", HAVO_3, asked)

        assert found.text.startswith("Met kinderen werken kan op veel plekken")
        assert "hoeft niet" not in found.text


class TestStudying:
    def test_is_counted_on_to_the_pupils_own_years_and_fees(self) -> None:
        assert "klaar in 2033" in answer("ask_study_duration", HAVO_3).text
        assert "klaar in 2032" in answer("ask_study_duration", VWO_5_NT).text
        assert "€ 10.776" in answer("ask_study_costs", HAVO_3).text
        assert "€ 8.082" in answer("ask_study_costs", VWO_5_NT).text

    def test_in_part_time_is_counted_for_the_subject(self) -> None:
        academic = answer("ask_part_time_dual", VWO_5_NT, about(None, "academische_pabo"))
        pabo = answer("ask_part_time_dual", NOBODY, about(None, "pabo"))

        assert "alleen voltijd" in academic.text
        assert re.search(r"bij \d+ van de \d+", pabo.text)

    def test_near_school_is_named_with_its_distance(self) -> None:
        assert re.search(r"in Zwolle\. Dat is \d+ km\.", answer("ask_taster_day", HAVO_3).text)
        assert "km" not in answer("ask_taster_day", NOBODY).text


class TestThemes:
    @pytest.mark.parametrize(
        ("asked", "theme"),
        [
            ("basisschool of middelbare school, wat past bij mij", "between"),
            ("kan ik beter lesgeven aan kleuters of aan pubers", "between"),
            ("is lesgeven op een basisschool iets voor mij", "primary"),
            ("hoe is lesgeven in het speciaal onderwijs", "special"),
        ],
    )
    def test_of_a_sector_are_one_school_or_a_comparison(self, asked: str, theme: str) -> None:
        topic = get_topic("ask_sector_choice")

        assert topic.theme_of(asked) == theme
        both = "Met de pabo" in answer("ask_sector_choice", NOBODY, about(None, "pabo", theme)).text
        assert both == (theme in {"between", "special"})

    def test_of_a_fee_answer_the_discount_first(self) -> None:
        found = answer("ask_study_costs", VWO_5_NT, about(None, None, "discount"))

        assert found.text.startswith("Nee, een korting")
        assert "Controleer dit" in found.text

    def test_of_belonging_are_answered_apart(self) -> None:
        topic = get_topic("ask_diversity")
        texts = {answer("ask_diversity", HAVO_3, about(None, None, theme)).text for theme in topic.themes}

        assert set(topic.themes) == {"men", "faith", "background", "disability"}
        assert len(texts) == 4


def test_every_fact_is_told_somewhere() -> None:
    told = " ".join(f"{one.text} {one.step} {one.more}" for one in map(get_topic, topic_names()))

    # A count of the catalogue and a profile rule note their fact themselves.
    unused = set(read_content("facts")) - set(re.findall(r"\w+", told)) - {"catalogue", "profile_rules"}
    assert unused == set()
