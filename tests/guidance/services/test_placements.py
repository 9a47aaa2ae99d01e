from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from guidance.models.placements import Placement
from guidance.services.placements import note_placement, placement_in
from tests.people import MONDAY, pupil

TUESDAY = MONDAY + timedelta(days=1)


class TestNotePlacement:
    def test_keeps_what_the_roster_says_now(self, session: Session) -> None:
        placement = note_placement(session, pupil(session, "Anna"), 2026, now=MONDAY)

        assert (placement.level, placement.leerjaar, placement.class_name, placement.exam_year) == (
            "havo",
            3,
            "h3a",
            2029,
        )
        assert not placement.is_vavo

    def test_follows_the_roster_within_a_year(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        first = note_placement(session, anna, 2026, now=MONDAY)
        anna.class_name = "h3b"

        assert note_placement(session, anna, 2026, now=TUESDAY) is first
        assert (first.class_name, first.noted_at) == ("h3b", TUESDAY)

    def test_changes_nothing_when_told_the_same(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        first = note_placement(session, anna, 2026, now=MONDAY)

        assert note_placement(session, anna, 2026, now=TUESDAY).noted_at == MONDAY
        assert session.scalars(select(Placement)).all() == [first]

    def test_leaves_an_earlier_year_as_it_was(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        note_placement(session, anna, 2025, now=MONDAY)
        anna.leerjaar = 4
        note_placement(session, anna, 2026, now=MONDAY)

        years = [placement_in(session, anna, year) for year in (2025, 2026)]
        assert [placement and placement.leerjaar for placement in years] == [3, 4]


class TestPlacementIn:
    def test_knows_nothing_of_a_year_that_was_not_noted(self, session: Session) -> None:
        note_placement(session, pupil(session, "Bilal"), 2026, now=MONDAY)

        assert placement_in(session, pupil(session, "Bilal"), 2025) is None
        assert placement_in(session, pupil(session, "Anna"), 2026) is None


def test_the_database_refuses_a_second_one_for_a_year(session: Session) -> None:
    for _ in range(2):
        session.add(Placement(pupil=pupil(session, "Anna"), school_year=2026, noted_at=MONDAY))

    with pytest.raises(IntegrityError):
        session.flush()
