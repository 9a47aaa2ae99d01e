from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session, sessionmaker

from guidance.database import empty_write_ahead_log, engine_for, session_factory, transaction
from guidance.models.conversations import Turn
from guidance.models.school import School
from tests.people import MONDAY

SECRET = "kwikstaart"


def school(code: str, name: str = "School", at: datetime = MONDAY) -> School:
    return School(code=code, name=name, place="Ommen", created_at=at)


class TestMoments:
    def test_come_back_aware_and_in_utc(self, session: Session) -> None:
        amsterdam = timezone(timedelta(hours=1))
        session.add(school("een", at=datetime(2026, 11, 23, 10, tzinfo=amsterdam)))
        session.commit()
        session.expire_all()

        stored = session.scalars(select(School).where(School.code == "een")).one()
        assert stored.created_at == MONDAY
        assert stored.created_at.tzinfo is UTC

    def test_are_refused_without_a_zone(self, session: Session) -> None:
        session.add(school("twee", at=datetime(2026, 11, 23, 10)))  # noqa: DTZ001  naive on purpose

        with pytest.raises(StatementError):
            session.flush()


class TestErrors:
    def test_never_carry_what_was_typed(self, session: Session) -> None:
        session.add(
            Turn(conversation_id="weg", message_id="m1", body_digest="", text=SECRET, received_at=MONDAY)
        )

        with pytest.raises(IntegrityError) as caught:
            session.flush()

        assert SECRET not in str(caught.value)


class TestSqlite:
    def test_erases_for_real(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "erased.sqlite"
        engine = engine_for(f"sqlite:///{path}")
        monkeypatch.setattr("guidance.database.session_factory", lambda: sessionmaker(engine))
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE words (word TEXT)"))
            connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": SECRET})
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM words"))

        empty_write_ahead_log()

        left = [file for file in tmp_path.iterdir() if SECRET.encode() in file.read_bytes()]
        assert left == []
        engine.dispose()


def test_only_sqlite_has_a_log_to_empty(
    sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidance.database.session_factory", lambda: sessions)

    empty_write_ahead_log()


def test_a_transaction_rolls_back_on_any_exception(
    sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidance.database.session_factory", lambda: sessions)

    def fail_halfway() -> None:
        with transaction() as session:
            session.add(school("drie"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()

    with sessions() as session:
        assert session.get(School, 1) is None


def test_the_factory_of_this_process_is_made_once() -> None:
    assert session_factory() is session_factory()
