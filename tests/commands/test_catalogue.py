"""The import as an operator meets it."""

import csv
from pathlib import Path

import pytest

from commands.catalogue import main
from tests.guidance.duo_samples import licence, offer, students


def table(path: Path, rows: list[dict[str, str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return [
        table(tmp_path / "erkenningen.csv", [licence(), licence("VEGHEL")]),
        table(tmp_path / "overzicht.csv", [offer()]),
    ]


def test_writes_the_catalogue_and_tells_what_was_left_out(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "catalogue.csv"

    assert main(["import", *files, "--out", str(out)]) == 0
    assert "99aa-34808-zwolle" in out.read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert "kept 1 programmes" in said
    assert "left out    1  licence only: the institution publishes it in other cities" in said


def test_does_the_same_twice(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "catalogue.csv"
    main(["import", *files, "--out", str(out)])
    first = out.read_bytes()

    assert main(["import", *files, "--out", str(out)]) == 0
    assert out.read_bytes() == first
    assert "unchanged" in capsys.readouterr().out


def test_refuses_a_file_with_a_missing_column_and_changes_nothing(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "catalogue.csv"
    main(["import", *files, "--out", str(out)])
    before = out.read_bytes()
    row = offer()
    del row["VORM"]
    broken = table(tmp_path / "broken.csv", [row])

    assert main(["import", files[0], broken, "--out", str(out)]) == 1
    assert out.read_bytes() == before
    assert "broken.csv: missing columns VORM" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00rubbish", b"A,B\n1,2\n"], ids=["empty", "rubbish", "other"]
)
def test_refuses_rubbish(content: bytes, files: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(content)

    assert main(["import", str(broken), files[1], "--out", str(tmp_path / "catalogue.csv")]) == 1
    assert not (tmp_path / "catalogue.csv").exists()


def test_shows_students_where_the_enrolment_is_given(files: list[str], tmp_path: Path) -> None:
    counts = table(tmp_path / "students.csv", [students("80"), students("7", OPLEIDINGSVORM="DT")])
    out = tmp_path / "catalogue.csv"

    main(["import", *files, "--enrolment", counts, "--out", str(out)])

    (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    assert (row["students"], row["figures_year"]) == ("87", "2024")


def test_misuse_gives_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["export"])
    assert stopped.value.code == 2
