import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from commands import guidance_log
from guidance.services.guidance_log import record_moment, record_school_moment
from tests.people import MONDAY, pupil


@pytest.fixture
def written(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Session:
    """A log of three moments in the database that the command opens."""
    for number, name in enumerate(["Anna", "Bilal", "Anna"]):
        record_moment(
            session,
            pupil(session, name),
            "talk_held",
            happened_at=MONDAY,
            now=MONDAY,
            actor="dean:1",
            source_key=f"talk:{number}",
        )
    session.commit()
    monkeypatch.setattr(guidance_log, "transaction", sessions.begin)
    return session


def tamper(session: Session, statement: str) -> None:
    """Do what only the owner of the database can: drop the triggers, then change a row."""
    drops = {
        "sqlite": [f"DROP TRIGGER guidance_moment_refuses_{event}" for event in ("update", "delete")],
        "postgresql": ["ALTER TABLE guidance_moment DISABLE TRIGGER USER"],
    }
    for drop in [*drops[session.get_bind().dialect.name], statement]:
        session.execute(text(drop))
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE guidance_moment ENABLE TRIGGER USER"))
        session.commit()


def exported(folder: Path) -> Path:
    assert guidance_log.main(["export", "--school", "vechtdal", "--out", str(folder / "log.zip")]) == 0
    with zipfile.ZipFile(folder / "log.zip") as evidence:
        evidence.extractall(folder)
    return folder


def checked(folder: Path, *arguments: str) -> int:
    """Run the exported checker with a bare Python that sees nothing of ours."""
    command = [sys.executable, "-I", "-S", "check.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "moments.jsonl").read_text().splitlines()]


def write_rows(folder: Path, rows: list[dict[str, Any]]) -> None:
    (folder / "moments.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


class TestVerify:
    def test_finds_an_untouched_log_whole(self, written: Session, capsys: pytest.CaptureFixture[str]) -> None:
        assert guidance_log.main(["verify", "--school", "vechtdal"]) == 0
        assert capsys.readouterr().out.startswith("Heel: 3 rijen, waarvan 0 gewist.")

    @pytest.mark.parametrize(
        ("statement", "row"),
        [
            ("UPDATE guidance_moment SET kind = 'sign_in' WHERE id = 2", "rij 2"),
            ("UPDATE guidance_moment SET school_id = 2 WHERE id = 2", "rij 3"),
            ("UPDATE guidance_moment SET id = 7 WHERE id = 2", "rij 3"),
        ],
        ids=["changed", "missing", "moved"],
    )
    def test_names_the_first_bad_row(
        self, written: Session, capsys: pytest.CaptureFixture[str], statement: str, row: str
    ) -> None:
        written.execute(text("DELETE FROM guidance_moment_person"))
        written.commit()
        tamper(written, statement)

        assert guidance_log.main(["verify", "--school", "vechtdal"]) == 1
        assert row in capsys.readouterr().out

    def test_misses_a_head_that_was_mailed(self, written: Session) -> None:
        assert guidance_log.main(["verify", "--school", "vechtdal", "--head", "ab" * 32]) == 1

    def test_calls_an_unknown_school_misuse(self, written: Session) -> None:
        assert guidance_log.main(["verify", "--school", "nergens"]) == 2

    def test_calls_a_missing_school_misuse(self) -> None:
        with pytest.raises(SystemExit, match="2"):
            guidance_log.main(["verify"])


class TestExport:
    def test_carries_a_checker_that_finds_it_whole(self, written: Session, tmp_path: Path) -> None:
        folder = exported(tmp_path)

        assert checked(folder) == 0
        assert checked(folder, rows_of(folder)[0]["hash"]) == 0

    def test_holds_nothing_of_a_person(self, written: Session, tmp_path: Path) -> None:
        public = {name for row in rows_of(exported(tmp_path)) for name in row["public"]}

        assert public & {"pupil_id", "actor", "source_key", "detail", "salt"} == set()
        assert {"kind", "exam_year"} <= public

    def test_carries_a_moment_of_the_school_as_a_whole(self, written: Session, tmp_path: Path) -> None:
        record_school_moment(
            written,
            pupil(written, "Anna").school,
            "mentor_evening_came",
            happened_at=MONDAY,
            now=MONDAY,
            actor="dean:1",
            source_key="mentor_proposal:1:came",
        )
        written.commit()

        folder = exported(tmp_path)

        *_, last = rows_of(folder)
        assert (last["public"]["kind"], last["erased"]) == ("mentor_evening_came", False)
        assert {"level", "exam_year"} & set(last["public"]) == set()
        assert checked(folder) == 0

    @pytest.mark.parametrize("task", ["changed", "missing", "swapped", "cut short", "rebuilt", "unreadable"])
    def test_carries_a_checker_that_finds_tampering(
        self, written: Session, tmp_path: Path, task: str
    ) -> None:
        folder = exported(tmp_path)
        rows = rows_of(folder)
        mailed = rows[-1]["hash"]
        if task == "changed":
            rows[1]["public"]["kind"] = "sign_in"
        elif task == "missing":
            del rows[1]
        elif task == "swapped":
            rows[0], rows[1] = rows[1], rows[0]
        elif task in ("cut short", "rebuilt"):
            del rows[2]
        write_rows(folder, rows)
        if task == "rebuilt":
            (folder / "head.json").write_text(json.dumps({"rows": 2, "head": rows[-1]["hash"]}))
        elif task == "unreadable":
            (folder / "moments.jsonl").write_text("{")

        assert checked(folder, *([mailed] if task == "rebuilt" else [])) == 1

    def test_calls_two_hashes_misuse(self, written: Session, tmp_path: Path) -> None:
        assert checked(exported(tmp_path), "a", "b") == 2

    def test_calls_a_place_that_takes_no_file_misuse(self, written: Session, tmp_path: Path) -> None:
        assert guidance_log.main(["export", "--school", "vechtdal", "--out", str(tmp_path / "no" / "x")]) == 2
