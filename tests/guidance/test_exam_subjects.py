"""Exam subjects: what they are called, and which ones a message says someone has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.errors import UnusableFilter
from guidance.exam_subjects import exam_subject_names, exam_subjects_in, exam_subjects_named


class TestExamSubjectsNamed:
    def test_are_each_there_once_and_in_order(self) -> None:
        assert exam_subjects_named(["wis b, m&o", "Bio", "biologie"]) == (
            "bedrijfseconomie",
            "biologie",
            "wiskunde B",
        )

    @pytest.mark.parametrize("given", [[], [""], [" , "]])
    def test_may_be_none(self, given: list[str]) -> None:
        assert exam_subjects_named(given) == ()

    @pytest.mark.parametrize("given", ["toveren", "wiskunde E", "biologie;nlt"])
    def test_refuse_what_is_no_exam_subject(self, given: str) -> None:
        with pytest.raises(UnusableFilter):
            exam_subjects_named([given])

    @given(st.lists(st.sampled_from(exam_subject_names())), st.randoms())
    def test_do_not_depend_on_their_order(self, names: list[str], chance: object) -> None:
        assert exam_subjects_named(names) == exam_subjects_named([",".join(reversed(names))])


class TestExamSubjectsIn:
    @pytest.mark.parametrize(
        ("text", "subjects"),
        [
            ("ik heb biologie", ["biologie"]),
            ("ik heb NT met bio en wiskunde B, mag ik dan leraar worden", ["biologie", "wiskunde B"]),
            ("ik doe NG met wis b", ["wiskunde B"]),
            ("havo 4 EM met aardrijkskunde, welke toetsen moet ik voor de pabo", ["aardrijkskunde"]),
            ("ik doe examen in geschiedenis, ak en nlt", ["geschiedenis", "aardrijkskunde", "nlt"]),
            ("mijn vakken zijn duits, frans + economie", ["Duits", "Frans", "economie"]),
            ("ik heb ook nog wiskunde", []),
            ("ik heb ook wiskunde", ["wiskunde"]),
            ("ik heb natuurkunde nodig toch", []),
            ("ik heb geen natuurkunde", []),
            ("heb ik wiskunde B nodig", []),
            ("leraar biologie worden met NT", []),
            ("waar kan ik docent spaans worden", []),
            ("ik heb zin in de pabo", []),
            ("ik heb frans laten vallen", []),
            ("ik heb kunstmatige dingen", []),
            ("", []),
        ],
    )  # fmt: skip
    def test_are_those_that_the_pupil_has(self, text: str, subjects: list[str]) -> None:
        assert [one for mention in exam_subjects_in(text) for one in mention.subjects] == subjects

    def test_stand_where_they_are_said(self) -> None:
        text = "ik heb NT met biologie en wil leraar biologie worden"
        (mention,) = exam_subjects_in(text)

        assert text[mention.start : mention.end] == "biologie"

    @given(st.text(max_size=200))
    def test_are_found_in_any_text_without_failing(self, text: str) -> None:
        for mention in exam_subjects_in(text):
            assert set(mention.subjects) <= set(exam_subject_names())
