"""The import of open days as an operator meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from commands.open_days import main
from guidance import clock, database
from guidance.models.open_days import OpenDay
from tests.open_days import EVENT, KPZ, calendar, table
from tests.people import MONDAY

ROW = "Proefdag;23-01-2027;10:00;14:00;Zwolle;;;;"


@pytest.fixture
def count(
    sessions: sessionmaker[Session], session: Session, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], int]:
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)

    def rows() -> int:
        session.rollback()
        return session.scalar(select(func.count()).select_from(OpenDay)) or 0

    return rows


def file(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


@pytest.mark.parametrize(
    ("name", "content"),
    [("dagen.csv", table(ROW)), ("dagen.ics", calendar(EVENT))],
    ids=["table", "calendar"],
)
def test_stores_the_days_once_and_says_what_changed(
    name: str, content: bytes, count: Callable[[], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, name, content)

    assert main(["import", path, "--institution", KPZ.lower()]) == 0
    said = capsys.readouterr().out
    assert "erbij: Proefdag, zaterdag 23 januari 2027, 10.00 tot 14.00 uur" in said
    assert "Hogeschool KPZ: 1 erbij, 0 anders, 0 weg, 0 gelijk, 0 al voorbij." in said

    assert main(["import", path, "--institution", KPZ]) == 0
    assert "0 erbij, 0 anders, 0 weg, 1 gelijk" in capsys.readouterr().out
    assert count() == 1


def test_a_dry_run_says_the_same_and_stores_nothing(
    count: Callable[[], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", file(tmp_path, "x.csv", table(ROW)), "--institution", KPZ, "--dry-run"]) == 0

    said = capsys.readouterr().out
    assert "1 erbij" in said
    assert "Er is niets veranderd." in said
    assert count() == 0


def test_one_bad_row_changes_nothing(
    count: Callable[[], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", file(tmp_path, "x.csv", table(ROW)), "--institution", KPZ])

    bad = file(tmp_path, "y.csv", table("Andere dag;24-01-2027;;;;;;;", "Kapot;32-01-2027;;;;;;;"))
    assert main(["import", bad, "--institution", KPZ]) == 1
    assert "Rij 3: '32-01-2027' is geen dag." in capsys.readouterr().err
    assert count() == 1


@pytest.mark.parametrize(
    ("path", "institution", "said"),
    [("er-niet.csv", KPZ, "er-niet.csv"), ("x.csv", "99ZZ", "Deze instelling (99ZZ)")],
    ids=["no file", "no institution"],
)
def test_names_what_it_cannot_use(
    path: str,
    institution: str,
    said: str,
    count: Callable[[], int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file(tmp_path, "x.csv", table(ROW))

    assert main(["import", str(tmp_path / path), "--institution", institution]) == 1
    assert said in capsys.readouterr().err
    assert count() == 0
