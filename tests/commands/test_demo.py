import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from commands import demo
from commands.demo import DemoIsOff, prepare_demo
from commands.demo_history import tell_history
from commands.demo_school import add_school, staff_in
from guidance.catalogue import programmes_by_key
from guidance.clock import school_day, school_year
from guidance.content import read_content
from guidance.database import engine_for
from guidance.errors import WrongCode
from guidance.models.accounts import DEAN, REGION_VIEWER, SCHOOL_LEAD, STAFF, Staff
from guidance.models.audit import AuditEntryPerson
from guidance.models.check_in import CheckInRun
from guidance.models.experiences import WAITING, Experience
from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.placements import Placement
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.models.talks import Summary, TalkRequest
from guidance.on_time import State, expected_exam_year
from guidance.services import audit, guidance_log
from guidance.services.accounts import get_pupil_by_code, get_school, is_chat_open, sign_in_staff
from guidance.services.experience_offers import list_offers
from guidance.services.pupils import list_pupils_of_dean
from guidance.settings import get_settings

pytestmark = pytest.mark.slow

URL = "http://127.0.0.1:8123"
SMALL = {"havo": {3: 6, 4: 6, 5: 5}, "vwo": {4: 6, 5: 5, 6: 5}}


@dataclass(frozen=True)
class Demo:
    """A machine with the demo: its database and the file with the sign-ins."""

    database: Path
    out: Path
    engine: Engine

    def prepare(self, url: str = URL) -> dict[str, Any]:
        prepare_demo(url=url, out=self.out)
        return self.sign_ins

    @property
    def sign_ins(self) -> dict[str, Any]:
        return json.loads(self.out.read_text(encoding="utf-8"))

    def dump(self) -> list[str]:
        connection = sqlite3.connect(self.database)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Demo]:
    """The demo made once for all tests here; each leaves it in working order."""
    folder = tmp_path_factory.mktemp("demo")
    database = folder / "demo.sqlite"
    shutil.copy(empty_sqlite, database)
    engine = engine_for(f"sqlite:///{database}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "transaction", sessionmaker(engine, expire_on_commit=False).begin)
        made = Demo(database, folder / "demo.json", engine)
        made.prepare()
        yield made
    engine.dispose()


@pytest.fixture
def stored(machine: Demo) -> Iterator[Session]:
    with Session(machine.engine) as session:
        yield session


def dean_of(session: Session, code: str) -> Staff:
    return staff_in(session, get_school(session, code), DEAN)


class TestTheFile:
    def test_has_the_agreed_shape(self, machine: Demo) -> None:
        found = machine.sign_ins

        assert (found["url"], found["school"]) == (URL, "demo")
        assert {frozenset(one) for one in found["pupils"]} == {
            frozenset({"first_name", "code", "level", "leerjaar"})
        }
        people = [*found["deans"], found["safeguarding"]]
        assert {frozenset(one) for one in people} == {
            frozenset({"name", "school", "username", "password", "otp_secret"})
        }
        assert [one["school"] for one in found["deans"]] == ["demo", "demo-elders"]
        assert [one["role"] for one in found["staff"]] == [STAFF, SCHOOL_LEAD, REGION_VIEWER]

    def test_can_be_read_by_its_owner_only(self, machine: Demo) -> None:
        assert machine.out.stat().st_mode & 0o777 == 0o600

    def test_is_the_only_place_that_knows_codes_and_passwords(self, machine: Demo) -> None:
        found, stored = machine.sign_ins, "\n".join(machine.dump())

        secrets = [one["code"] for one in found["pupils"]] + [one["password"] for one in found["deans"]]
        assert [secret for secret in secrets if secret in stored] == []

    def test_lists_pupils_of_both_levels_and_first_one_in_havo_3(self, machine: Demo) -> None:
        places = [(one["level"], one["leerjaar"]) for one in machine.sign_ins["pupils"]]

        assert places[0] == ("havo", 3)
        assert {level for level, _ in places} == {"havo", "vwo"}


class TestSignIns:
    def test_every_code_opens_its_own_pupil(self, machine: Demo, stored: Session) -> None:
        school = get_school(stored, "demo")

        for one in machine.sign_ins["pupils"]:
            assert get_pupil_by_code(stored, school, one["code"]).first_name == one["first_name"]

    def test_staff_sign_in_with_password_and_one_time_code(self, machine: Demo, stored: Session) -> None:
        now = datetime.now(UTC)

        for one in [*machine.sign_ins["deans"], machine.sign_ins["safeguarding"], *machine.sign_ins["staff"]]:
            code = pyotp.TOTP(one["otp_secret"]).at(now)
            assert sign_in_staff(stored, one["username"], one["password"], code, now=now)

    def test_new_ones_replace_the_old_when_the_file_is_gone(self, machine: Demo) -> None:
        before = machine.sign_ins
        machine.out.unlink()

        after = machine.prepare()

        assert {one["code"] for one in before["pupils"]}.isdisjoint(one["code"] for one in after["pupils"])
        with Session(machine.engine) as session:
            school = get_school(session, "demo")
            assert get_pupil_by_code(session, school, after["pupils"][0]["code"])
            with pytest.raises(WrongCode):
                get_pupil_by_code(session, school, before["pupils"][0]["code"])

    def test_a_listed_pupil_who_erased_everything_is_added_again(self, machine: Demo) -> None:
        with Session(machine.engine) as session, session.begin():
            session.delete(session.scalars(select(Pupil).where(Pupil.surname == "Oosterhof")).one())

        listed = machine.prepare()["pupils"]

        assert (listed[0]["first_name"], listed[0]["leerjaar"], len(listed)) == ("Sanne", 3, 6)


class TestASecondStart:
    def test_changes_nothing(self, machine: Demo) -> None:
        machine.prepare()
        before, written_at = machine.dump(), machine.out.stat().st_mtime_ns

        machine.prepare()

        assert machine.dump() == before
        assert machine.out.stat().st_mtime_ns == written_at

    def test_at_another_address_lets_the_widget_stand_there(self, machine: Demo) -> None:
        machine.prepare("http://127.0.0.1:9000")

        with Session(machine.engine) as session:
            origins = get_school(session, "demo").origins
        machine.prepare()
        assert origins == "http://127.0.0.1:9000 http://localhost:9000"

    def test_is_refused_when_the_service_is_no_demo(
        self, machine: Demo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = machine.dump()
        monkeypatch.setenv("GUIDANCE_DEMO", "0")
        get_settings.cache_clear()

        with pytest.raises(DemoIsOff):
            machine.prepare()

        monkeypatch.undo()
        get_settings.cache_clear()
        assert machine.dump() == before


class TestTheSchool:
    def test_is_plainly_made_up_and_open(self, stored: Session) -> None:
        schools = stored.scalars(select(School)).all()

        assert all(school.is_made_up and "verzonnen" in school.name for school in schools)
        assert all(is_chat_open(stored, school) for school in schools)

    def test_has_about_120_pupils_who_all_differ(self, stored: Session) -> None:
        dean = dean_of(stored, "demo")
        rows = list_pupils_of_dean(stored, dean, today=school_day(datetime.now(UTC)))

        assert len(rows) == 120
        assert len({(row.pupil.first_name, row.pupil.surname) for row in rows}) == 120
        assert {row.pupil.class_name[:2] for row in rows if row.pupil.class_name} == {
            "h3", "h4", "h5", "v4", "v5", "v6"
        }  # fmt: skip

    def test_knows_where_its_pupils_were_each_year(self, stored: Session) -> None:
        demo, year = get_school(stored, "demo"), school_year(school_day(datetime.now(UTC)))
        placements = stored.scalars(select(Placement).join(Pupil).where(Pupil.school_id == demo.id)).all()

        assert Counter(one.school_year for one in placements)[year] == 120
        for one in placements:
            assert one.level
            assert one.leerjaar
            assert one.exam_year == expected_exam_year(one.level, one.leerjaar, one.school_year)

    def test_expects_exams_right_for_this_school_year(self, stored: Session) -> None:
        year = school_year(school_day(datetime.now(UTC)))

        for pupil in stored.scalars(select(Pupil).where(Pupil.code_digest.is_not(None))):
            assert pupil.level
            assert pupil.leerjaar
            assert pupil.exam_year == expected_exam_year(pupil.level, pupil.leerjaar, year)
            assert (pupil.profile is None) == (pupil.leerjaar == 3)

    def test_leaves_its_first_pupil_without_history(self, machine: Demo, stored: Session) -> None:
        code = machine.sign_ins["pupils"][0]["code"]
        first = get_pupil_by_code(stored, get_school(stored, "demo"), code)

        assert guidance_log.list_moments(stored, first) == []
        assert stored.scalar(select(func.count()).where(CheckInRun.pupil_id == first.id)) == 0

    def test_has_talks_waiting_and_held_with_summaries_shared(self, stored: Session) -> None:
        talks = Counter(
            bool(discussed_at) for discussed_at in stored.scalars(select(TalkRequest.discussed_at))
        )

        assert talks[False] >= 5
        assert talks[True] >= 5
        assert stored.scalar(select(func.count()).where(Summary.shared_at.is_not(None))) >= 5

    def test_has_experiences_asked_for_and_confirmed_with_a_compliment(self, stored: Session) -> None:
        found = stored.scalars(select(Experience)).all()

        assert len(list_offers(stored, get_school(stored, "demo"))) == 3
        assert [one for one in found if one.state_at(datetime.now(UTC)) == WAITING]
        assert len([one for one in found if one.confirmed_at and one.compliment]) >= 3

    def test_keeps_everyone_inside_their_own_school(self, stored: Session) -> None:
        elders = get_school(stored, "demo-elders")
        theirs = select(Pupil.id).where(Pupil.school_id == elders.id)
        history = (CheckInRun, TalkRequest, GuidanceMomentPerson, AuditEntryPerson, Experience)

        seen = list_pupils_of_dean(
            stored, dean_of(stored, "demo-elders"), today=school_day(datetime.now(UTC))
        )
        assert {row.pupil.school_id for row in seen} == {elders.id}
        assert [stored.scalar(select(func.count()).where(kept.pupil_id.in_(theirs))) for kept in history] == [
            0, 0, 0, 0, 0
        ]  # fmt: skip
        assert set(
            stored.scalars(select(Staff.school_id).join(TalkRequest, TalkRequest.staff_id == Staff.id))
        ).isdisjoint({elders.id})

    def test_has_a_guidance_log_and_an_audit_that_are_whole(self, stored: Session) -> None:
        school = get_school(stored, "demo")

        logged, audited = guidance_log.verify(stored, school), audit.verify(stored, school)

        assert logged.first_bad is audited.first_bad is None
        assert logged.rows > 50
        assert audited.rows > 5


class TestHistory:
    @pytest.fixture(
        params=[date(2026, 11, 23), date(2027, 6, 15), date(2027, 8, 2)],
        ids=["autumn", "exams", "holidays"],
    )
    def today(self, request: pytest.FixtureRequest) -> date:
        day: date = request.param
        return day

    @pytest.fixture
    def dean(self, engine: Engine, today: date) -> Iterator[Staff]:
        """The dean of a small school with its history up to a day of the year."""
        plan = read_content("demo")["schools"][0] | {"cohorts": SMALL}
        with Session(engine) as session:
            school, careers = add_school(session, plan, year=school_year(today))
            dean = staff_in(session, school, DEAN)
            tell_history(session, dean, careers, today=today)
            yield dean

    def test_shows_pupils_of_every_kind_on_any_day(self, dean: Staff, today: date) -> None:
        session = Session.object_session(dean)
        assert session
        rows = list_pupils_of_dean(session, dean, today=today)
        states = Counter(row.state for row in rows)
        has_deadline_ahead = today.month >= 8 or today.month < 5

        assert states[State.ON_TIME] > 0
        assert states[State.TOO_LATE] > 0
        assert (states[State.STILL_OPEN] > 0) == has_deadline_ahead
        for waiting in (TalkRequest.discussed_at, CheckInRun.closed_at):
            assert session.scalar(select(func.count()).where(waiting.is_(None)))

    def test_logs_what_was_expected_then_and_nothing_of_today_or_later(
        self, dean: Staff, today: date
    ) -> None:
        session = Session.object_session(dean)
        assert session
        named = select(GuidanceMoment).where(GuidanceMoment.anonymous.is_(False))
        moments = session.scalars(named.order_by(GuidanceMoment.id)).all()

        assert len({moment.school_year for moment in moments}) >= 2
        assert max(school_day(moment.happened_at) for moment in moments) < today
        for moment in moments:
            assert moment.level
            assert moment.leerjaar
            assert moment.exam_year == expected_exam_year(moment.level, moment.leerjaar, moment.school_year)
            assert school_day(moment.happened_at).weekday() < 6
            assert moment.recorded_at - moment.happened_at < timedelta(hours=1)


def test_programmes_of_the_demo_are_in_the_catalogue() -> None:
    chosen = [key for keys in read_content("demo")["programmes"].values() for key in keys]

    assert [key for key in chosen if key not in programmes_by_key()] == []
