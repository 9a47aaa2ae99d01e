"""The place tables as an operator builds them."""

import csv
from pathlib import Path
from typing import Any

import pytest

from commands.places import main

PLACE = {
    "name": "Ommen",
    "province": "Overijssel",
    "municipality": "Ommen",
    "lat": "52.5",
    "lon": "6.4",
    "population": "100",
    "alternatenames": "Omn,OMN,a mu,Оммен,Ommen",
}
PC4 = {
    "pc4": "7731",
    "place": "Ommen",
    "municipality": "Ommen",
    "province": "Overijssel",
    "lat": "52.5",
    "lon": "6.4",
}


def build(folder: Path, places: list[dict[str, str]], postcodes: list[dict[str, str]]) -> int:
    for name, rows in (("p.csv", places), ("c.csv", postcodes)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return main([str(folder / "p.csv"), str(folder / "c.csv"), "--out", str(folder)])


def built(folder: Path, name: str = "places.csv") -> list[dict[str, Any]]:
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_keeps_readable_other_names_and_marks_a_postcode_of_its_own(tmp_path: Path) -> None:
    assert build(tmp_path, [PLACE], [PC4]) == 0

    (row,) = built(tmp_path)
    assert (row["other_names"], row["postal"]) == ("Omn", "1")


def test_folds_the_twin_of_the_postcode_table_into_its_place(tmp_path: Path) -> None:
    bergen = PLACE | {"name": "Bergen", "province": "Limburg", "municipality": "Bergen", "alternatenames": ""}
    twin = bergen | {"name": "Bergen L", "population": ""}
    build(tmp_path, [bergen, twin], [PC4 | {"place": "Bergen L", "municipality": "Bergen"}])

    (row,) = built(tmp_path)
    assert (row["name"], row["other_names"], row["postal"]) == ("Bergen", "Bergen L", "1")


def test_calls_a_municipality_as_it_is_called(tmp_path: Path) -> None:
    postcode = PC4 | {"municipality": "Katwijk Municipalty ", "place": "Katwijk"}
    build(tmp_path, [PLACE | {"name": "Katwijk", "municipality": "Katwijk Municipalty"}], [postcode])

    assert [row["municipality"] for row in built(tmp_path) + built(tmp_path, "pc4.csv")] == ["Katwijk"] * 2
    assert built(tmp_path)[0]["postal"] == "1"


def test_leaves_out_postcodes_without_a_position(tmp_path: Path) -> None:
    build(tmp_path, [PLACE], [PC4, PC4 | {"pc4": "7732", "lat": ""}])

    assert [row["pc4"] for row in built(tmp_path, "pc4.csv")] == ["7731"]


def test_refuses_a_missing_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(tmp_path, [{"name": "Ommen"}], [PC4]) == 1
    assert "missing columns" in capsys.readouterr().err
    assert not (tmp_path / "places.csv").exists()
