"""Open days as a service: taking over a file, and finding what is still to come."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from guidance.errors import NotFound, UnknownPlace, UnusableFilter
from guidance.models.open_days import OpenDay
from guidance.open_days import AnnouncedDay, get_institution
from guidance.services.open_days import (
    compare_open_days,
    find_open_days,
    get_open_day,
    import_open_days,
)
from guidance.services.programmes import ProgrammeQuery
from tests.open_days import KPZ, SATURDAY, institution, open_day
from tests.people import MONDAY

LATER = MONDAY + timedelta(hours=1)
WINDESHEIM = "01VU"
IN_OMMEN = ProgrammeQuery(near="Ommen")


def take(session: Session, *days: AnnouncedDay, now: datetime = MONDAY, brin: str = KPZ) -> Any:
    return import_open_days(session, get_institution(brin), days, source="proef.ics", now=now)


def stored(session: Session) -> list[dict[str, Any]]:
    rows = session.scalars(select(OpenDay).order_by(OpenDay.uid))
    return [{c.name: getattr(row, c.name) for c in OpenDay.__table__.columns} for row in rows]


def found(session: Session, query: ProgrammeQuery = IN_OMMEN, *, now: datetime = MONDAY) -> list[str]:
    return [one.day.uid for one in find_open_days(session, query, now=now).days]


class TestImportOpenDays:
    def test_does_the_same_twice(self, session: Session) -> None:
        take(session, open_day(), open_day("2@kpz.nl"))
        before = stored(session)

        changes = take(session, open_day(), open_day("2@kpz.nl"), now=LATER)

        assert (changes.added, changes.changed, changes.removed, changes.same) == ((), (), (), 2)
        assert stored(session) == before

    def test_lets_a_new_file_take_the_place_of_what_is_to_come(self, session: Session) -> None:
        take(session, open_day("stays"), open_day("goes"), open_day("moves"))

        moved = open_day("moves", starts_at=SATURDAY + timedelta(days=7))
        changes = take(session, open_day("stays"), moved, open_day("new"), now=LATER)

        assert [day.uid for day in changes.added] == ["new"]
        assert changes.changed == (moved,)
        assert [day.uid for day in changes.removed] == ["goes"]
        assert {row["uid"]: row["imported_at"] for row in stored(session)} == {
            "stays": MONDAY, "moves": LATER, "new": LATER,
        }  # fmt: skip

    def test_leaves_other_institutions_alone(self, session: Session) -> None:
        take(session, open_day())
        page = get_institution(WINDESHEIM).url

        take(session, open_day(url=page), brin=WINDESHEIM)
        take(session, brin=WINDESHEIM)

        assert [row["brin"] for row in stored(session)] == [KPZ]

    def test_counts_what_is_over_and_keeps_it_out(self, session: Session) -> None:
        changes = take(session, open_day(starts_at=MONDAY - timedelta(days=7)), open_day("2"))

        assert (changes.past, [row["uid"] for row in stored(session)]) == (1, ["2"])

    def test_takes_a_day_that_was_and_is_put_off(self, session: Session) -> None:
        take(session, open_day())
        after, again = SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=90)

        take(session, open_day(starts_at=again), now=after)

        assert found(session, now=after) == ["1@kpz.nl"]

    def test_comparing_stores_nothing(self, session: Session) -> None:
        changes = compare_open_days(session, institution(), [open_day()], now=MONDAY)

        assert changes.added == (open_day(),)
        assert stored(session) == []

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        files=st.lists(
            st.dictionaries(st.sampled_from("abcd"), st.integers(-100, 100), max_size=4), max_size=4
        ),
        last=st.dictionaries(st.sampled_from("abcd"), st.integers(-100, 100), max_size=4),
    )
    def test_the_last_file_is_what_counts_and_twice_is_once(
        self, sessions: sessionmaker[Session], files: list[dict[str, int]], last: dict[str, int]
    ) -> None:
        with rolled_back(sessions) as session:
            for file in files:
                take(session, *days_of(file))
            take(session, *days_of(last))
            once = stored(session)

            take(session, *days_of(last), now=MONDAY)

            assert stored(session) == once
            assert set(found(session)) == {uid for uid, days in last.items() if days >= 0}


@contextmanager
def rolled_back(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        yield session
        session.rollback()


def days_of(file: dict[str, int]) -> list[AnnouncedDay]:
    return [open_day(uid, starts_at=MONDAY + timedelta(days=days)) for uid, days in file.items()]


class TestFindOpenDays:
    def test_shows_the_soonest_first_with_its_distance(self, session: Session) -> None:
        take(session, open_day("later", starts_at=SATURDAY + timedelta(days=30)), open_day("sooner"))

        results = find_open_days(session, IN_OMMEN, now=MONDAY)

        assert [(one.day.uid, one.distance_km) for one in results.days] == [("sooner", 22.1), ("later", 22.1)]
        assert results.days[0].institution == "Hogeschool KPZ"
        assert "Hogeschool KPZ" not in {one.name for one in results.without}

    @pytest.mark.parametrize(
        ("minutes", "uids"), [(-1, ["1@kpz.nl"]), (0, []), (1, [])], ids=["before", "at", "after"]
    )
    def test_never_shows_one_that_is_over(self, session: Session, minutes: int, uids: list[str]) -> None:
        take(session, open_day())
        (key,) = [row["key"] for row in stored(session)]
        now = open_day().ends_at + timedelta(minutes=minutes)

        assert found(session, now=now) == uids
        if not uids:
            with pytest.raises(NotFound):
                get_open_day(session, key, now=now)

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            (ProgrammeQuery(near="Ommen", kind="pabo"), True),
            (ProgrammeQuery(near="Ommen", kind="alo"), False),
            (ProgrammeQuery(near="Ommen", subject="wiskunde"), False),
            (ProgrammeQuery(near="Maastricht"), False),
            (ProgrammeQuery(near="Maastricht", radius_km=350), True),
            (ProgrammeQuery(), True),
        ],
        ids=["kind", "another kind", "subject", "far", "wider", "whole country"],
    )
    def test_fits_the_search(self, session: Session, query: ProgrammeQuery, is_found: bool) -> None:
        take(session, open_day())

        assert found(session, query) == (["1@kpz.nl"] if is_found else [])

    def test_keeps_to_the_kinds_that_a_day_is_for(self, session: Session) -> None:
        take(session, open_day(kinds=("associate_degree",)))

        assert found(session, ProgrammeQuery(near="Ommen", kind="pabo")) == []
        assert found(session, ProgrammeQuery(near="Ommen", kind="associate_degree")) == ["1@kpz.nl"]

    def test_gives_no_distance_to_a_place_it_does_not_know(self, session: Session) -> None:
        take(
            session, open_day(place="Hal 3", city=None), open_day("2", place=None, city=None, is_online=True)
        )

        results = find_open_days(session, IN_OMMEN, now=MONDAY)
        assert [one.distance_km for one in results.days] == [None, None]

    def test_finds_a_day_at_a_site_that_is_not_the_nearest(self, session: Session) -> None:
        page = get_institution(WINDESHEIM).url
        take(session, open_day(city="Almere", place="Almere", url=page), brin=WINDESHEIM)

        wide = ProgrammeQuery(near="Zwolle", kind="pabo", radius_km=100)
        (one,) = find_open_days(session, wide, now=MONDAY).days
        assert one.distance_km is not None
        assert one.distance_km > 40

    def test_names_the_schools_nearby_of_which_it_knows_none(self, session: Session) -> None:
        results = find_open_days(session, ProgrammeQuery(near="Ommen", kind="pabo"), now=MONDAY)

        assert results.days == ()
        distances = [one.distance_km for one in results.without]
        assert distances == sorted(distances, key=lambda km: km or 0)
        assert (results.without[0].name, results.without[0].url) == ("Hogeschool KPZ", "https://www.kpz.nl")

    def test_names_only_safe_pages_of_schools(self, session: Session) -> None:
        results = find_open_days(session, ProgrammeQuery(near="Ommen", radius_km=350), now=MONDAY)

        assert len(results.without) > 30
        assert all(re.fullmatch(r"https://[\w.-]+/?[\w-]*", one.url) for one in results.without)

    def test_counts_those_elsewhere_when_there_are_none_nearby(self, session: Session) -> None:
        take(session, open_day())

        results = find_open_days(session, ProgrammeQuery(near="Maastricht"), now=MONDAY)
        assert (results.days, results.elsewhere) == ((), 1)

    def test_looks_in_the_first_circle_that_holds_something(self, session: Session) -> None:
        results = find_open_days(session, ProgrammeQuery(near="Urk", subject="Spaans"), now=MONDAY)

        assert results.radius_km == 75
        assert results.without

    def test_shows_what_was_kept_however_far(self, session: Session) -> None:
        take(session, open_day())

        far = ProgrammeQuery(near="Maastricht")
        results = find_open_days(session, far, now=MONDAY, kept=["00ic-34808-zwolle"])
        assert [one.day.uid for one in results.days] == ["1@kpz.nl"]

    @pytest.mark.parametrize(
        ("query", "failure"),
        [
            (ProgrammeQuery(near="zwole"), UnknownPlace),
            (ProgrammeQuery(near="Ommen", kind="kapper"), UnusableFilter),
        ],
        ids=["place", "kind"],
    )
    def test_drops_no_filter(self, session: Session, query: ProgrammeQuery, failure: type[Exception]) -> None:
        with pytest.raises(failure):
            find_open_days(session, query, now=MONDAY)
