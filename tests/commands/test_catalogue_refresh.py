"""The whole way of a refresh: fetched from a stand-in, checked, shown, applied, and put back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands import catalogue, catalogue_refresh
from guidance.catalogue import SHIPPED, Programme, catalogue_in_use, day_of, read_catalogue
from guidance.catalogue_changes import ROUTE, changes_between, require_trustworthy
from guidance.errors import UnusableFile
from guidance.settings import get_settings
from tests.guidance.ckan_server import CkanServer
from tests.guidance.duo_samples import WISKUNDE, licence, offer, students

CITIES = ("ZWOLLE", "EDE")


def tables(*cities: str, day: str = "2026-03-01") -> dict[str, list[dict[str, str]]]:
    decided = {"ACCREDITATIE_BESLUITDATUM": day, "INSTELLINGSCODE": "01VU"}
    return {
        "overzicht-erkenningen-ho": [licence(city, **decided) for city in cities],
        "ho_opleidingsoverzicht": [offer(city.title()) for city in cities],
        "p01hoinges": [students("120", INSTELLINGSCODE_ACTUEEL="01VU")],
        "p02ho1ejrs": [students("40", INSTELLINGSCODE_ACTUEEL="01VU")],
    }


@pytest.fixture
def duo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CkanServer]:
    """A service with two pabos, which are the catalogue in use already, and a folder of its own."""
    service = CkanServer(tables(*CITIES))
    monkeypatch.setenv("GUIDANCE_CATALOGUE_URL", service.url)
    monkeypatch.setenv("GUIDANCE_CATALOGUE_FOLDER", str(tmp_path))
    forget()
    present = [one for one in read_catalogue() if one.kind == "pabo"][:2]
    monkeypatch.setattr(catalogue_refresh, "read_catalogue", lambda: tuple(present))
    yield service
    service.stop()
    monkeypatch.undo()
    forget()


def forget() -> None:
    get_settings.cache_clear()
    read_catalogue.cache_clear()


def run(*arguments: str) -> int:
    return catalogue.main([*arguments, "--most-lost", "100"] if arguments[0] == "refresh" else [*arguments])


def names(folder: Path) -> set[str]:
    return {one.key for one in read_catalogue(folder / "catalogue.csv")}


def test_shows_what_would_change_and_changes_nothing(
    duo: CkanServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("refresh") == catalogue_refresh.NOT_CONFIRMED

    told = capsys.readouterr().out
    assert "new: 2" in told
    assert "closed: 2" in told
    assert not (tmp_path / "catalogue.csv").exists()


def test_applies_when_told_to_and_can_be_put_back(duo: CkanServer, tmp_path: Path) -> None:
    assert run("refresh", "--yes") == 0

    forget()
    assert catalogue_in_use() == tmp_path / "catalogue.csv"
    assert names(tmp_path) == {"01vu-34808-zwolle", "01vu-34808-ede"}
    zwolle = next(one for one in read_catalogue() if one.city == "Zwolle")
    assert (zwolle.students, zwolle.source_date) == (120, "2026-03-01")
    lines = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text().splitlines()]
    assert [line["programmes"] for line in lines][1:] == [2]
    assert not list((tmp_path / "pages").glob("*.json"))

    assert run("restore", "shipped") == 0
    read_catalogue.cache_clear()
    assert len(names(tmp_path)) > 300


def test_the_question_is_asked_on_a_terminal(
    duo: CkanServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "nee")
    assert run("refresh") == catalogue_refresh.NOT_CONFIRMED

    monkeypatch.setattr("builtins.input", lambda _: "j")
    assert run("refresh") == 0
    assert (tmp_path / "catalogue.csv").exists()


def test_nothing_new_is_no_new_version(
    duo: CkanServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("refresh", "--yes")
    present = read_catalogue(tmp_path / "catalogue.csv")
    monkeypatch.setattr(catalogue_refresh, "read_catalogue", lambda: present)

    assert run("refresh", "--yes") == 0
    assert len((tmp_path / "manifest.jsonl").read_text().splitlines()) == 2


SPOILT: dict[str, Callable[[CkanServer], object]] = {
    "older than what is in use": lambda duo: vars(duo).update(
        tables=tables(*CITIES, day="2025-01-01"), changed="2025-01-01T04:00:00"
    ),
    "no pabo left": lambda duo: duo.tables.update(
        tables()
        | {"overzicht-erkenningen-ho": [licence(isat=WISKUNDE, ACCREDITATIE_BESLUITDATUM="2026-03-01")]}
    ),
    "a table gone": lambda duo: duo.tables.pop("ho_opleidingsoverzicht"),
    "a column gone": lambda duo: duo.tables.update({"p01hoinges": [{"STUDIEJAAR": "2024"}]}),
    "an institution without a page": lambda duo: duo.tables.update(
        {"overzicht-erkenningen-ho": [licence(ACCREDITATIE_BESLUITDATUM="2026-03-01")]}
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_leaves_the_old_one_when_anything_is_off(
    duo: CkanServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    SPOILT[name](duo)

    assert run("refresh", "--yes") == 1
    assert "refused, nothing changed" in capsys.readouterr().err
    assert not (tmp_path / "catalogue.csv").exists()


def test_an_older_register_is_refused_beside_routes_of_a_later_day() -> None:
    old = read_catalogue()
    older = [one if one.isat == ROUTE else replace(one, source_date="2024-06-01") for one in old]

    with pytest.raises(UnusableFile, match=r"of 2024-06-01, the catalogue is of"):
        require_trustworthy(old, older)


def test_what_was_applied_is_in_use_on_the_day_of_the_shipped_one(duo: CkanServer, tmp_path: Path) -> None:
    duo.tables = tables(*CITIES, day="2026-01-15")
    duo.changed = f"{day_of(read_catalogue(SHIPPED))}T04:00:00"

    assert run("refresh", "--yes") == 0
    forget()
    assert catalogue_in_use() == tmp_path / "catalogue.csv"
    assert len(read_catalogue()) == 2


def test_a_version_older_than_the_shipped_one_is_said_not_to_be_used(
    duo: CkanServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("refresh", "--yes")
    newer = tmp_path / "shipped" / "catalogue.csv"
    newer.parent.mkdir()
    newer.write_text((tmp_path / "catalogue.csv").read_text().replace("2026-03-01", "2027-01-01"))
    monkeypatch.setattr("guidance.catalogue.SHIPPED", newer)
    forget()

    assert run("restore", "shipped") == 0
    assert "put back, but not used" in capsys.readouterr().out


def test_a_catalogue_that_shrinks_too_much_is_not_trusted() -> None:
    old = read_catalogue()

    require_trustworthy(old, old[: len(old) - len(old) // 20], most_lost_percent=10)
    with pytest.raises(UnusableFile, match="would close"):
        require_trustworthy(old, [one for at, one in enumerate(old) if at % 5], most_lost_percent=10)


def test_a_version_that_is_not_there_is_named(duo: CkanServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restore", "2020-01-01") == 1
    assert "no version 2020-01-01" in capsys.readouterr().err


def test_a_shipped_catalogue_that_is_newer_wins(
    duo: CkanServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("refresh", "--yes")
    newer = tmp_path / "shipped" / "catalogue.csv"
    newer.parent.mkdir()
    newer.write_text((tmp_path / "catalogue.csv").read_text().replace("2026-03-01", "2027-01-01"))
    monkeypatch.setattr("guidance.catalogue.SHIPPED", newer)
    read_catalogue.cache_clear()

    assert catalogue_in_use() == newer


def test_changes_name_the_columns_and_not_the_day() -> None:
    one: Programme = read_catalogue()[0]
    later = replace(one, source_date="2027-01-01", students=(one.students or 0) + 1)

    changes = changes_between([one], [later])

    assert changes.changed == ((later, ("students",)),)
    assert changes_between([one], [replace(one, source_date="2027-01-01")]).is_nothing
