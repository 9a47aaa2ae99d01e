"""The import of a list of pupils as an operator meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from commands.roster import main
from guidance import clock, database
from guidance.models.pupil import Pupil
from tests.guidance.services.test_roster import LIST
from tests.people import MONDAY


@pytest.fixture
def count(
    sessions: sessionmaker[Session], session: Session, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], int]:
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)

    def rows() -> int:
        found = session.scalar(select(func.count()).select_from(Pupil)) or 0
        session.rollback()
        return found

    return rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "lijst.csv").write_text(LIST)
    return tmp_path / "lijst.csv"


def test_takes_a_list_over_once(
    count: Callable[[], int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--school", "Vechtdal", str(file), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "Vechtdal College: 2 nieuw, 0 veranderd, 0 gelijk, 2 niet in het bestand." in said
    assert "Er is niets veranderd." in said
    assert "Cem" not in said
    assert count() == 2

    assert main(["import", "--school", "vechtdal", str(file)]) == 0
    assert count() == 4
    assert main(["import", "--school", "vechtdal", str(file)]) == 0
    assert "0 nieuw, 0 veranderd, 2 gelijk" in capsys.readouterr().out


def test_names_every_wrong_line_and_stores_nothing(
    count: Callable[[], int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(LIST + "3;A;B;x;mavo;3;\n4;;B;x;havo;3;\n")

    assert main(["import", "--school", "vechtdal", str(file)]) == 1
    said = capsys.readouterr().err
    assert "Regel 4: Het niveau moet havo of vwo zijn." in said
    assert "Regel 5: De voornaam ontbreekt of is te lang." in said
    assert count() == 2


@pytest.mark.parametrize(("school", "name"), [("nergens", "lijst.csv"), ("vechtdal", "anders.csv")])
def test_says_which_school_or_file_there_is_not(
    count: Callable[[], int], file: Path, school: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--school", school, str(file.with_name(name))]) == 2
    assert capsys.readouterr().err
    assert count() == 2
