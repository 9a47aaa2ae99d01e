"""What is known of who asks: message over talk over roster."""

from datetime import date

import pytest

from guidance.asker import Asker, asker_of

TODAY = date(2026, 11, 22)
ANNA = Asker(TODAY, "havo", 4, "NG", 2028, "Ommen", is_anonymous=False)
NOBODY = Asker(TODAY)


class TestAskerOf:
    def test_is_the_roster_when_nothing_was_said(self) -> None:
        assert asker_of(ANNA, {}, {"level": None, "leerjaar": None}) == ANNA

    @pytest.mark.parametrize(
        ("said", "remembered", "level"),
        [
            ({}, {"level": "vwo"}, "vwo"),
            ({"level": "mbo4"}, {"level": "vwo"}, "mbo4"),
            ({"level": None}, {"level": "vwo"}, None),
        ],
        ids=["talk over roster", "message over talk", "named in two ways is not known"],
    )
    def test_believes_the_nearest_word(
        self, said: dict[str, str | None], remembered: dict[str, str | None], level: str | None
    ) -> None:
        assert asker_of(ANNA, said, remembered).level == level

    def test_keeps_class_and_profile_to_the_level_they_belong_to(self) -> None:
        found = asker_of(ANNA, {"level": "vwo"}, {})

        assert (found.leerjaar, found.profile, found.exam_year) == (None, None, None)
        assert found.school_place == "Ommen"

    def test_counts_the_exam_year_from_a_class_that_was_said(self) -> None:
        assert asker_of(ANNA, {"leerjaar": "5"}, {}).exam_year == 2027
        assert asker_of(NOBODY, {"level": "vwo", "leerjaar": "4"}, {}).exam_year == 2029

    @pytest.mark.parametrize("leerjaar", ["6", "0", "vier"])
    def test_knows_no_exam_year_of_a_class_that_is_not_there(self, leerjaar: str) -> None:
        assert asker_of(NOBODY, {"level": "havo", "leerjaar": leerjaar}, {}).exam_year is None

    def test_of_the_same_level_changes_nothing(self) -> None:
        assert asker_of(ANNA, {"level": "havo"}, {}) == ANNA


class TestYears:
    @pytest.mark.parametrize(
        ("today", "left", "in_exam_year", "enrols", "gone"),
        [
            (date(2026, 11, 22), 1, False, False, False),
            (date(2027, 9, 1), 0, True, False, False),
            (date(2028, 3, 1), 0, True, True, False),
            (date(2028, 8, 1), -1, False, True, True),
        ],
        ids=["the year before", "autumn of the exam year", "its spring", "after it"],
    )
    def test_are_counted_to_the_exam(
        self, today: date, left: int, in_exam_year: bool, enrols: bool, gone: bool
    ) -> None:
        found = Asker(today, "havo", 5, exam_year=2028)

        assert (found.years_left, found.is_in_exam_year, found.enrols_now, found.has_left) == (
            left,
            in_exam_year,
            enrols,
            gone,
        )

    def test_are_not_known_of_nobody(self) -> None:
        assert (NOBODY.years_left, NOBODY.has_left, NOBODY.is_before_profile) == (None, False, False)
