"""The career file as a PDF, read back: its words, its pages and what it says of itself."""

from datetime import UTC, datetime
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from guidance.career_competencies import CareerCompetency
from guidance.career_file import CareerFile, compose
from guidance.career_file_input import OwnEntry
from guidance.career_file_pdf import career_file_pdf
from guidance.career_lines import interest_of, newest_checks
from guidance.picture import interest_bars
from tests.guidance.career_facts import MUCH, NOTHING

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
TITLES = ["Motieven", "Kwaliteiten", "Werkexploratie", "Loopbaansturing", "Netwerken"]


def read(file: CareerFile, name: str = "Şeyma", class_name: str | None = "h3a") -> PdfReader:
    return PdfReader(BytesIO(career_file_pdf(file, name=name, class_name=class_name)))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def own(text: str, number: int = 1) -> OwnEntry:
    return OwnEntry(number, CareerCompetency.QUALITIES, text, NOON)


class TestCareerFilePdf:
    def test_tells_whose_it_is_and_when_it_was_made(self) -> None:
        text = words(read(compose(MUCH)))

        assert text.startswith("Loopbaandossier Şeyma Klas h3a · Gemaakt op 23 november 2026")
        assert "Dit dossier is van Şeyma zelf. Het is geen beoordeling." in text

    def test_has_every_line_with_its_source_and_the_sections_in_order(self) -> None:
        file = compose(MUCH, entries=[own("Ik kan goed luisteren.")])
        text = words(read(file))

        assert [text.index(title) for title in TITLES] == sorted(text.index(title) for title in TITLES)
        for section in file.sections:
            for one in section.lines:
                assert one.text in text
                assert one.line.origin in text
        assert "Ik kan goed luisteren. Zelf geschreven, 3 november 2026." in text

    def test_draws_the_interests_with_the_figures_of_the_picture(self) -> None:
        outcome = interest_of(newest_checks(MUCH, "interest")[0])
        text = words(read(compose(MUCH)))

        assert "Wat ik leuk vind, per soort werk" in text
        assert [bar.figure for bar in interest_bars(outcome)][:2] == ["5,0", "4,0"]
        assert all(bar.label in text and bar.figure in text for bar in interest_bars(outcome))

    def test_says_that_a_section_is_empty_and_has_no_picture_without_interests(self) -> None:
        text = words(read(compose(NOTHING)))

        assert text.count("Hier staat nog niets.") == 5
        assert "per soort werk" not in text

    def test_numbers_its_pages(self) -> None:
        many = [own(f"Regel {number} over wat ik kan.", number) for number in range(60)]
        reader = read(compose(NOTHING, entries=many))

        assert len(reader.pages) > 1
        for number, page in enumerate(reader.pages, start=1):
            assert f"{number} van {len(reader.pages)}" in page.extract_text()

    def test_names_its_title_and_language(self) -> None:
        reader = read(compose(MUCH))

        assert reader.metadata is not None
        assert reader.metadata.title == "Loopbaandossier"
        root = reader.trailer["/Root"]
        assert root["/Lang"] == "nl"
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])

    def test_shows_what_was_written_as_it_is_and_says_what_it_cannot(self) -> None:
        text = words(read(compose(NOTHING, entries=[own("Ik <b>help</b> & lach 😀 met محمد.")])))

        assert "Ik <b>help</b> & lach • met […]." in text
        assert "Tekens die we niet konden drukken, staan er als […]." in text

    @settings(max_examples=40)
    @given(st.text(max_size=500), st.text(max_size=30))
    def test_takes_any_text_and_any_name(self, text: str, name: str) -> None:
        made = career_file_pdf(compose(NOTHING, entries=[own(text)]), name=name, class_name=None)

        assert made.startswith(b"%PDF")

    def test_takes_a_word_that_does_not_fit_on_a_line(self) -> None:
        assert len(read(compose(NOTHING, entries=[own("a" * 500)])).pages) == 1
