"""The career file as a whole: what follows, and what the pupil made of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.career_competencies import CareerCompetency
from guidance.career_file import OWN, compose
from guidance.career_file_input import CareerFacts, OwnEntry, Wording
from guidance.career_lines import derived_lines
from guidance.wording import texts_of
from tests.guidance.career_facts import (
    FEW,
    MUCH,
    NOTHING,
    entries,
    facts_of_any_pupil,
    shuffled,
    wordings_of,
)
from tests.readability import longest_sentence, reading_ease

MOTIVES, QUALITIES, *_ = CareerCompetency
STRONGEST = "check_in_run:2:strongest"
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


class TestCompose:
    @settings(max_examples=FEW)
    @given(facts_of_any_pupil, entries, st.data())
    def test_gives_the_same_file_in_whatever_order_things_happened(
        self, facts: CareerFacts, written: list[OwnEntry], data: st.DataObject
    ) -> None:
        wordings = data.draw(wordings_of([line.key for line in derived_lines(facts)]))
        file = compose(facts, entries=written, wordings=wordings)

        other = compose(
            shuffled(facts, data),
            entries=data.draw(st.permutations(written)),
            wordings=data.draw(st.permutations(wordings)),
        )

        assert other == file

    @settings(max_examples=FEW)
    @given(facts_of_any_pupil, entries, st.data())
    def test_loses_no_line_and_no_word(
        self, facts: CareerFacts, written: list[OwnEntry], data: st.DataObject
    ) -> None:
        lines = derived_lines(facts)
        wordings = data.draw(wordings_of([line.key for line in lines]))
        file = compose(facts, entries=written, wordings=wordings)

        told = [one for section in file.sections for one in (*section.lines, *section.left_out)]
        own = [entry for section in file.sections for entry in (*section.entries, *section.removed)]
        assert {one.line.key for one in told} >= {line.key for line in lines}
        assert {one.text for one in told} >= {wording.text for wording in wordings if wording.text}
        assert sorted(own, key=lambda entry: entry.id) == sorted(written, key=lambda entry: entry.id)

    def test_has_five_sections_in_fixed_order_of_which_none_is_missing(self) -> None:
        file = compose(NOTHING)

        assert [section.competency for section in file.sections] == list(CareerCompetency)
        assert all(section.is_empty for section in file.sections)
        assert file.interests is None

    def test_shows_the_pupils_own_words_in_place_of_a_line(self) -> None:
        wording = Wording(STRONGEST, MOTIVES, "Ik help graag.")

        line = compose(MUCH, wordings=[wording]).section(MOTIVES).lines[0]

        assert (line.text, line.line.sources) == ("Ik help graag.", ("check_in_run:2",))
        assert line.line.text.startswith("Dit vind ik het leukst")
        assert line.origin == "In eigen woorden. Interessecheck, 9 november 2026."

    def test_leaves_a_line_out_and_keeps_it_at_hand(self) -> None:
        section = compose(MUCH, wordings=[Wording(STRONGEST, MOTIVES, is_left_out=True)]).section(MOTIVES)

        assert STRONGEST not in {one.line.key for one in section.lines}
        assert [one.line.key for one in section.left_out] == [STRONGEST]

    def test_keeps_own_words_to_a_line_that_made_place_with_their_row(self) -> None:
        wording = Wording(STRONGEST, MOTIVES, "Ik help graag.")

        (line,) = compose(NOTHING, wordings=[wording]).section(MOTIVES).lines

        assert (line.text, line.line.sources) == ("Ik help graag.", ("check_in_run:2",))
        assert line.line.kind == "earlier"

    def test_shows_what_was_written_in_its_section_and_not_what_was_removed(self) -> None:
        written = OwnEntry(1, QUALITIES, "Ik kan goed luisteren.", NOON)

        shown = compose(NOTHING, entries=[written]).section(QUALITIES)
        removed = compose(NOTHING, entries=[replace(written, is_removed=True)]).section(QUALITIES)

        assert (shown.entries, shown.is_empty) == ((written,), False)
        assert (removed.entries, removed.is_empty) == ((), True)

    def test_gives_the_texts_of_kinds_in_the_order_asked_for(self) -> None:
        section = compose(MUCH, entries=[OwnEntry(1, QUALITIES, "Ik luister.", NOON)]).section(QUALITIES)

        assert section.texts_of(OWN, "compliment") == [
            "Ik luister.",
            "Bij Lezen met groep 4 hoorde ik: “Anna legt rustig uit.”",
        ]


class TestTheWordsAround:
    @pytest.mark.parametrize("name", ["empty", "done", "presentation"])
    def test_are_easy_to_read(self, name: str) -> None:
        for text in texts_in(texts_of(f"career_file.{name}")):
            assert longest_sentence(text) <= 15, text
            assert "!" not in text

    def test_are_easy_to_read_together(self) -> None:
        texts = list(texts_in({name: texts_of(f"career_file.{name}") for name in ("empty", "done")}))

        assert reading_ease(". ".join(texts)) >= 65


def texts_in(content: object) -> Iterator[str]:
    """Yield every text without a value to fill in."""
    if isinstance(content, dict):
        for value in content.values():
            yield from texts_in(value)
    elif "{" not in str(content):
        yield str(content)
