"""The outline of a presentation: which points stand on which slide, and what to tell without any."""

from datetime import UTC, datetime

from hypothesis import given, settings

from guidance import career_lines
from guidance.career_competencies import CareerCompetency
from guidance.career_file import EARLIER, OWN, compose
from guidance.career_file_input import CareerFacts, OwnEntry
from guidance.career_file_replies import presentation_replies
from guidance.content import read_content
from guidance.presentation import outline
from guidance.wording import texts_of
from tests.guidance.career_facts import FEW, MUCH, NOTHING, facts_of_any_pupil
from tests.readability import longest_sentence, reading_ease

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
SLIDES = ["motives", "qualities", "tried", "surprised", "programmes", "next_step"]


class TestOutline:
    def test_takes_points_from_the_file(self) -> None:
        slides = {slide.name: slide.points for slide in outline(compose(MUCH))}

        assert list(slides) == SLIDES
        assert slides["motives"][0] == "Dit vind ik het leukst: mensen helpen. Daarna: creatief bezig zijn."
        assert slides["qualities"][0] == "Bij Lezen met groep 4 hoorde ik: “Anna legt rustig uit.”"
        assert slides["tried"] == (
            "Lezen met groep 4. Dat heb ik gedaan.",
            "Open dag van de pabo. Daar was ik bij.",
        )
        assert slides["programmes"] == ("Pabo in Zwolle. Mijn notitie: “dichtbij”",)
        assert slides["next_step"] == ("Vraag vóór 7 december een gesprek aan met je decaan.",)

    def test_begins_with_what_the_pupil_wrote(self) -> None:
        own = OwnEntry(1, CareerCompetency.MOTIVES, "Ik help graag kleuters.", NOON)

        assert outline(compose(MUCH, entries=[own]))[0].points[0] == "Ik help graag kleuters."

    def test_says_what_to_tell_when_a_section_is_empty(self) -> None:
        assert all(not slide.points and slide.empty and slide.tip for slide in outline(compose(NOTHING)))

    @settings(max_examples=FEW)
    @given(facts_of_any_pupil)
    def test_takes_no_more_than_two_points_and_only_lines_of_the_file(self, facts: CareerFacts) -> None:
        file = compose(facts)
        told = {one.text for section in file.sections for one in section.lines}

        for slide in outline(file):
            assert len(slide.points) <= 2
            assert set(slide.points) <= told

    def test_names_kinds_of_lines_that_exist(self) -> None:
        known = {*texts_of("career_file.lines"), OWN, EARLIER}

        assert {kind for slide in read_content("presentation") for kind in slide["kinds"]} <= known
        assert career_lines.MOTIVES == "motives"


class TestPresentationReplies:
    @settings(max_examples=FEW)
    @given(facts_of_any_pupil)
    def test_take_at_most_ninety_words_a_message(self, facts: CareerFacts) -> None:
        assert all(len(said.text.split()) <= 90 for said in presentation_replies(compose(facts)))

    def test_name_the_six_slides_and_lead_to_page_file_and_pdf(self) -> None:
        first, rest = presentation_replies(compose(MUCH))

        assert [line for line in first.text.splitlines() if line[:1].isdigit()] == [
            "1. Wat ik leuk vind",
            "2. Waar ik goed in ben",
            "3. Wat ik al deed",
        ]
        assert "6. Mijn volgende stap\nVraag vóór 7 december" in rest.text
        assert [card.url for card in rest.cards] == [
            "/leerling/loopbaandossier/presentatie",
            "/leerling/loopbaandossier",
            "/leerling/loopbaandossier.pdf",
        ]

    def test_are_easy_to_read(self) -> None:
        for said in (*presentation_replies(compose(NOTHING)), *presentation_replies(compose(MUCH))):
            assert longest_sentence(said.text) <= 15, said.text
            assert reading_ease(said.text) >= 65, said.text
