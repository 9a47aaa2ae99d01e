"""The lines of a career file: each follows from facts and names its row."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.career_file_input import CareerFacts
from guidance.career_lines import derived_lines
from guidance.ratings import SKIP
from tests.guidance.career_facts import (
    FEW,
    MUCH,
    NOTHING,
    STORY,
    check,
    facts_of_any_pupil,
    shuffled,
    sources_in,
    values,
)
from tests.readability import longest_sentence, reading_ease

# Of the person who wrote them, and not ours to shorten.
OWN_WORDS = {"story", "compliment", "programme"}


def texts(facts: CareerFacts, section: str) -> list[str]:
    return [line.text for line in derived_lines(facts) if line.section == section]


class TestEveryLine:
    @settings(max_examples=FEW)
    @given(facts_of_any_pupil)
    def test_names_rows_of_the_facts_and_has_a_key_of_its_own(self, facts: CareerFacts) -> None:
        lines = derived_lines(facts)

        assert all(line.text and line.sources and set(line.sources) <= sources_in(facts) for line in lines)
        assert len({line.key for line in lines}) == len(lines)
        assert all(line.origin for line in lines)

    @settings(max_examples=FEW)
    @given(facts_of_any_pupil, st.data())
    def test_is_the_same_in_whatever_order_the_facts_came(
        self, facts: CareerFacts, data: st.DataObject
    ) -> None:
        assert derived_lines(shuffled(facts, data)) == derived_lines(facts)

    @settings(max_examples=FEW)
    @given(facts_of_any_pupil)
    def test_is_easy_to_read_and_holds_no_placeholder(self, facts: CareerFacts) -> None:
        for line in derived_lines(facts):
            assert longest_sentence(line.text) <= 15 or line.kind in OWN_WORDS, line.text
            assert not any(sign in line.text for sign in ("!", "{", "None", "  "))

    def test_reads_easily_as_a_whole(self) -> None:
        assert reading_ease(" ".join(line.text for line in derived_lines(MUCH))) >= 65

    def test_is_gone_without_the_fact_it_follows_from(self) -> None:
        assert derived_lines(NOTHING) == []


class TestMotives:
    def test_tell_the_newest_interests_and_what_changed(self) -> None:
        assert texts(MUCH, "motives") == [
            "Dit vind ik het leukst: mensen helpen. Daarna: creatief bezig zijn.",
            "Dit doe ik graag. Iemand iets uitleggen tot het lukt. Iets tekenen, schilderen of ontwerpen."
            " Luisteren naar iemand die ergens mee zit.",
            "Lesgeven lijkt me zo wel wat. Jonge kinderen helpen met lezen en rekenen."
            " Tieners lesgeven op een middelbare school. Studenten van het mbo een beroep leren.",
            "Ik deed deze check ook op 2 november 2026."
            " Nieuw erbij: mensen helpen en creatief bezig zijn. Minder dan toen: doen en maken.",
        ]

    def test_follow_from_the_run_they_name(self) -> None:
        named = {line.kind: line.sources for line in derived_lines(MUCH) if line.section == "motives"}

        assert named["strongest"] == ("check_in_run:2",)
        assert named["changed"] == ("check_in_run:2", "check_in_run:1")

    def test_say_it_when_nothing_stands_out(self) -> None:
        facts = replace(NOTHING, checks=(check(1, "interest", values("interest", {}, others=3)),))

        assert texts(facts, "motives") == ["Ik vind van alles wat leuk. Er springt nog niets uit."]

    def test_pass_over_a_check_that_was_skipped(self) -> None:
        skipped = check(9, "interest", dict.fromkeys(values("interest", {}, others=3), SKIP), days=9)

        assert texts(replace(MUCH, checks=(*MUCH.checks, skipped)), "motives") == texts(MUCH, "motives")


class TestQualities:
    def test_tell_each_clear_yes_own_words_and_a_compliment(self) -> None:
        assert texts(MUCH, "qualities") == [
            "Het vak zelf: dit wil ik graag. Ook de studie en het werk kan ik aan.",
            "Een ander iets leren: de studie en het werk kan ik aan.",
            f"Over een ander iets leren schreef ik: “{STORY}”",
            "Bij Lezen met groep 4 hoorde ik: “Anna legt rustig uit.”",
        ]

    @pytest.mark.parametrize(
        ("given_yes", "said"),
        [
            ({"subject_study"}, "Het vak zelf: de studie kan ik aan."),
            ({"subject_job"}, "Het vak zelf: het werk kan ik aan."),
            ({"subject_want"}, "Het vak zelf: dit wil ik graag."),
            ({"subject_want", "subject_study"}, "Het vak zelf: dit wil ik graag. Ook de studie kan ik aan."),
            ({"subject_want", "subject_job"}, "Het vak zelf: dit wil ik graag. Ook het werk kan ik aan."),
        ],
        ids=["study", "job", "want", "want and study", "want and job"],
    )
    def test_say_what_was_answered_yes(self, given_yes: set[str], said: str) -> None:
        answers = values("competence", dict.fromkeys(given_yes, 3), others=2)

        assert texts(replace(NOTHING, checks=(check(1, "competence", answers),)), "qualities") == [said]


class TestTheOtherSections:
    def test_explore_work_by_what_was_done_seen_and_surprising(self) -> None:
        assert texts(MUCH, "work_exploration") == [
            "Lezen met groep 4. Dat heb ik gedaan.",
            "Open dag van de pabo. Daar was ik bij.",
            "Anders dan ik dacht. “Op een school leer je minder dan een kwart van de studie” klopt niet.",
        ]

    def test_name_source_and_year_of_a_surprise(self) -> None:
        (line,) = (line for line in derived_lines(MUCH) if line.kind == "surprise")

        assert line.origin.startswith("Verwachtingscheck, 2 november 2026. Bron: ")

    def test_steer_by_programmes_and_a_dated_step(self) -> None:
        assert texts(MUCH, "career_direction") == [
            "Pabo in Zwolle. Mijn notitie: “dichtbij”",
            "Vraag vóór 7 december een gesprek aan met je decaan.",
        ]

    def test_network_by_talks_and_people(self) -> None:
        assert texts(MUCH, "networking") == [
            "Ik sprak op 12 november 2026 met De Vries.",
            "Ik vroeg op 20 november 2026 een gesprek aan met De Vries.",
            "Een oud-leerling gaf op 10 november 2026 antwoord op mijn vraag.",
        ]
