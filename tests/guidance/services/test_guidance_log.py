import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.on_time import State
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.guidance_log import (
    first_qualifying_day,
    list_moments,
    on_time_of,
    on_time_of_school,
    record_moment,
    record_school_moment,
    reverse_moment,
    verify,
)
from tests.people import MONDAY, pupil

TODAY = date(2026, 11, 23)


def log(
    session: Session, who: Pupil, kind: str = "talk_held", at: datetime = MONDAY, key: str = ""
) -> GuidanceMoment:
    return record_moment(
        session, who, kind, happened_at=at, now=MONDAY, actor="dean:1", source_key=key or f"{kind}:{at}"
    )


def log_of_school(session: Session, kind: str = "mentor_evening_proposed") -> GuidanceMoment:
    return record_school_moment(
        session,
        school_of(session),
        kind,
        happened_at=MONDAY,
        now=MONDAY,
        actor="mentor:1",
        source_key="mentor_proposal:1",
    )


def school_of(session: Session, code: str = "vechtdal") -> School:
    return session.scalars(select(School).where(School.code == code)).one()


class TestRecordMoment:
    def test_keeps_what_was_expected_of_the_pupil_then(self, session: Session) -> None:
        moment = log(session, pupil(session, "Anna"), "check_in_completed")

        assert (moment.level, moment.leerjaar, moment.exam_year, moment.school_year) == (
            "havo",
            3,
            2029,
            2026,
        )

    def test_logs_one_source_once(self, session: Session) -> None:
        first = log(session, pupil(session, "Anna"), key="talk:1")

        assert log(session, pupil(session, "Anna"), key="talk:1") is first

    def test_logs_one_evening_for_each_pupil(self, session: Session) -> None:
        log(session, pupil(session, "Anna"), key="event:1")
        log(session, pupil(session, "Bilal"), key="event:1")

        assert session.scalar(select(func.count()).select_from(GuidanceMoment)) == 2

    def test_does_not_let_an_anonymous_visitor_count_for_on_time(self, session: Session) -> None:
        visitor = add_anonymous_pupil(session, school_of(session), now=MONDAY)

        moment = log(session, visitor, "check_in_completed")

        assert (moment.anonymous, moment.qualifying) == (True, False)

    def test_lets_writers_at_the_same_time_make_one_whole_chain(
        self, session: Session, sessions: sessionmaker[Session]
    ) -> None:
        def write(key: str) -> None:
            with sessions.begin() as own:
                log(own, pupil(own, "Anna"), key=key)

        session.rollback()
        threads = [threading.Thread(target=write, args=(f"talk:{number % 6}",)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (verify(session, school_of(session)).rows, verify(session, school_of(session)).is_whole) == (
            6,
            True,
        )


class TestRecordSchoolMoment:
    @pytest.mark.parametrize("kind", ["mentor_evening_proposed", "talk_held"], ids=["its own", "of a pupil"])
    def test_is_of_nobody_and_counts_for_no_verdict(self, session: Session, kind: str) -> None:
        moment = log_of_school(session, kind)

        assert (moment.level, moment.leerjaar, moment.exam_year) == (None, None, None)
        assert (moment.school_year, moment.qualifying, moment.anonymous) == (2026, False, False)
        assert session.scalars(select(GuidanceMomentPerson.pupil_id)).all() == [None]

    def test_logs_one_source_once_in_a_school(self, session: Session) -> None:
        first = log_of_school(session)
        elsewhere = record_school_moment(
            session,
            school_of(session, "elders"),
            "mentor_evening_proposed",
            happened_at=MONDAY,
            now=MONDAY,
            actor="mentor:1",
            source_key="mentor_proposal:1",
        )

        assert log_of_school(session) is first
        assert elsewhere is not first
        assert session.scalar(select(func.count()).select_from(GuidanceMoment)) == 2

    def test_is_taken_back_by_a_row_of_its_own_and_may_come_again(self, session: Session) -> None:
        first = log_of_school(session)
        reversal = reverse_moment(session, None, first, now=MONDAY, actor="dean:1")

        assert reverse_moment(session, None, first, now=MONDAY, actor="dean:1") is reversal
        assert (reversal.reverses, reversal.exam_year, reversal.qualifying) == (first.hash, None, False)
        assert log_of_school(session) not in (first, reversal)
        assert verify(session, school_of(session)).rows == 3

    def test_leaves_what_is_told_of_pupils_as_it_was(self, session: Session) -> None:
        anna, school = pupil(session, "Anna"), school_of(session)
        log(session, anna)
        before = on_time_of_school(session, school, today=TODAY)

        log_of_school(session, "talk_held")

        assert on_time_of_school(session, school, today=TODAY) == before
        assert [moment.kind for moment in list_moments(session, anna)] == ["talk_held"]

    def test_keeps_the_chain_whole_between_those_of_pupils(self, session: Session) -> None:
        log(session, pupil(session, "Anna"))
        log_of_school(session)
        log(session, pupil(session, "Bilal"))
        session.execute(delete(Pupil).where(Pupil.first_name == "Anna"))
        session.commit()
        session.expire_all()

        found = verify(session, school_of(session))

        assert (found.is_whole, found.rows, found.erased) == (True, 3, 1)


class TestFirstQualifyingDay:
    @pytest.mark.parametrize("kind", ["sign_in", "invitation", "programme_viewed"])
    def test_does_not_count_what_asks_nothing_of_the_pupil(self, session: Session, kind: str) -> None:
        log(session, pupil(session, "Anna"), kind)

        assert first_qualifying_day(session, pupil(session, "Anna")) is None

    def test_is_the_school_day_of_the_earliest_moment(self, session: Session) -> None:
        log(session, pupil(session, "Anna"), at=MONDAY)
        log(session, pupil(session, "Anna"), at=datetime(2026, 5, 1, 22, 30, tzinfo=UTC))

        assert first_qualifying_day(session, pupil(session, "Anna")) == date(2026, 5, 2)

    def test_forgets_a_moment_that_was_taken_back(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        moment = log(session, anna)
        reverse_moment(session, anna, moment, now=MONDAY, actor="dean:1")
        reverse_moment(session, anna, moment, now=MONDAY, actor="dean:1")

        assert first_qualifying_day(session, anna) is None
        assert list_moments(session, anna) == []
        assert session.scalar(select(func.count()).select_from(GuidanceMoment)) == 2


class TestOnTimeOf:
    def test_gives_both_figures_once_the_exam_year_has_moved(self, session: Session) -> None:
        bilal = pupil(session, "Bilal")
        log(session, bilal)
        bilal.exam_year = 2029

        figures = on_time_of(session, bilal, today=TODAY)

        assert figures
        assert (figures.then.exam_year, figures.then.state) == (2028, State.TOO_LATE)
        assert (figures.now.exam_year, figures.now.state) == (2029, State.ON_TIME)

    def test_says_nothing_of_an_anonymous_visitor(self, session: Session) -> None:
        visitor = add_anonymous_pupil(session, school_of(session), now=MONDAY)

        assert on_time_of(session, visitor, today=TODAY) is None


class TestOnTimeOfSchool:
    def test_agrees_with_the_verdict_on_each_pupil(self, session: Session) -> None:
        log(session, pupil(session, "Anna"))
        add_anonymous_pupil(session, school_of(session), now=MONDAY)

        found = on_time_of_school(session, school_of(session), today=TODAY)

        people = [pupil(session, "Anna"), pupil(session, "Bilal")]
        assert found == {who.id: on_time_of(session, who, today=TODAY) for who in people}

    def test_takes_two_queries_for_any_number_of_pupils(self, session: Session, engine: Engine) -> None:
        school = school_of(session)
        statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))

        on_time_of_school(session, school, today=TODAY)

        assert len(statements) == 2


class TestVerify:
    def test_finds_a_log_whole_after_a_pupil_is_erased(self, session: Session) -> None:
        log(session, pupil(session, "Anna"))
        log(session, pupil(session, "Bilal"))
        session.execute(delete(Pupil).where(Pupil.first_name == "Anna"))

        found = verify(session, school_of(session))

        assert (found.is_whole, found.rows, found.erased) == (True, 2, 1)

    def test_survives_storage_and_reading_back(self, session: Session) -> None:
        log(session, pupil(session, "Anna"), at=MONDAY + timedelta(microseconds=7))
        session.commit()
        session.expire_all()

        assert verify(session, school_of(session)).is_whole

    def test_finds_a_moment_that_was_given_to_another_pupil(self, session: Session) -> None:
        moment = log(session, pupil(session, "Anna"))
        session.scalars(select(GuidanceMomentPerson)).one().pupil_id = pupil(session, "Bilal").id
        session.flush()

        found = verify(session, school_of(session))

        assert found.first_bad
        assert (found.first_bad.number, found.first_bad.reason) == (moment.id, "personal side")

    def test_finds_a_moment_of_the_school_that_was_given_to_a_pupil(self, session: Session) -> None:
        moment = log_of_school(session)
        session.scalars(select(GuidanceMomentPerson)).one().pupil_id = pupil(session, "Anna").id
        session.flush()

        found = verify(session, school_of(session))

        assert found.first_bad
        assert (found.first_bad.number, found.first_bad.reason) == (moment.id, "personal side")


class TestDatabase:
    @pytest.mark.parametrize(
        "change",
        ["UPDATE guidance_moment SET kind = 'sign_in'", "DELETE FROM guidance_moment"],
        ids=["update", "delete"],
    )
    def test_refuses_to_change_the_log(self, session: Session, change: str) -> None:
        log(session, pupil(session, "Anna"))

        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(text(change))

    def test_refuses_a_replaced_row(self, session: Session) -> None:
        log(session, pupil(session, "Anna"))
        replacing = {
            "sqlite": "INSERT OR REPLACE INTO guidance_moment SELECT * FROM guidance_moment",
            "postgresql": "INSERT INTO guidance_moment SELECT * FROM guidance_moment "
            "ON CONFLICT (id) DO UPDATE SET kind = 'sign_in'",
        }

        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(text(replacing[session.get_bind().dialect.name]))
