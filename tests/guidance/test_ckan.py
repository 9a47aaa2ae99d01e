"""Reading a table over CKAN, from a service that answers and from one that fails."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidance.ckan import TRIES, Ckan
from guidance.errors import UnusableFile
from tests.guidance.ckan_server import Answer, CkanServer

ROWS = [{"NAAM": f"opleiding {number}", "EINDE": None} for number in range(5)]
PLAIN = [{"NAAM": f"opleiding {number}", "EINDE": ""} for number in range(5)]


@pytest.fixture
def service() -> Iterator[CkanServer]:
    running = CkanServer({"table": list(ROWS)})
    yield running
    running.stop()


def reader(service: CkanServer, folder: Path, *, timeout: float = 5.0) -> Ckan:
    return Ckan(service.url, folder, progress=lambda *_: None, timeout=timeout, wait=0)


def test_reads_every_page_and_says_how_far_it_is(service: CkanServer, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    ckan = Ckan(service.url, tmp_path, progress=lambda *told: seen.append(told), wait=0)

    assert ckan.read("table", {"NAAM"}) == PLAIN
    assert seen == [("table", 2, 5), ("table", 4, 5), ("table", 5, 5)]
    assert all("Klaskompas" in agent for agent in service.agents)


def test_goes_on_where_it_was_broken_off(service: CkanServer, tmp_path: Path) -> None:
    service.mischief = lambda answer: answer.asked.get("offset") == "2" and _break(answer)
    with pytest.raises(UnusableFile):
        reader(service, tmp_path).read("table", {"NAAM"})
    service.mischief = None
    service.heard.clear()

    assert reader(service, tmp_path).read("table", {"NAAM"}) == PLAIN
    assert [asked["offset"] for action, asked in service.heard if action == "datastore_search"] == ["2", "4"]


def test_a_table_that_was_replaced_is_read_anew(service: CkanServer, tmp_path: Path) -> None:
    reader(service, tmp_path).read("table", {"NAAM"})
    service.changed, service.tables["table"] = "2026-03-01", [{"NAAM": "nieuw"}]

    assert reader(service, tmp_path).read("table", {"NAAM"}) == [{"NAAM": "nieuw"}]


def test_a_table_that_grows_while_it_is_read_is_read_anew(service: CkanServer, tmp_path: Path) -> None:
    def grow(answer: Answer) -> bool:
        if answer.asked.get("offset") == "2" and len(service.tables["table"]) == 5:
            service.tables["table"] = [*ROWS, {"NAAM": "erbij", "EINDE": None}]
        return False

    service.mischief = grow

    assert len(reader(service, tmp_path).read("table", {"NAAM"})) == 6


def test_a_table_that_never_rests_is_refused(service: CkanServer, tmp_path: Path) -> None:
    def grow(answer: Answer) -> bool:
        service.tables["table"].append({"NAAM": "nog een", "EINDE": None})
        return False

    service.mischief = grow

    with pytest.raises(UnusableFile, match="changes while it is read"):
        reader(service, tmp_path).read("table", {"NAAM"})


@pytest.mark.parametrize(
    ("changed", "day"), [("2026-03-01T04:00:00", "2026-03-01"), ("gisteren", ""), ("", "")], ids=repr
)
def test_tells_the_day_of_a_table_as_far_as_it_is_one(
    service: CkanServer, tmp_path: Path, changed: str, day: str
) -> None:
    service.changed = changed
    ckan = reader(service, tmp_path)

    ckan.read("table", {"NAAM"})

    assert ckan.days == {"table": day}


def test_rows_that_no_longer_hold_are_left_out(service: CkanServer, tmp_path: Path) -> None:
    service.tables["table"] = [{"NAAM": "nu", "STATUS": "ACTUEEL"}, {"NAAM": "toen", "STATUS": "HISTORISCH"}]

    assert [row["NAAM"] for row in reader(service, tmp_path).read("table", {"NAAM"})] == ["nu"]


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_table_outside_the_store_is_read_as_a_file(service: CkanServer, tmp_path: Path, sign: str) -> None:
    service.files["table"] = f"NAAM{sign}EINDE\nopleiding{sign}\n"

    assert reader(service, tmp_path).read("table", {"NAAM"}) == [{"NAAM": "opleiding", "EINDE": ""}]


def test_a_fault_that_passes_is_tried_again(service: CkanServer, tmp_path: Path) -> None:
    service.mischief = lambda answer: service.counts.total() <= 2 and _fail(answer, 503)

    assert reader(service, tmp_path).read("table", {"NAAM"}) == PLAIN


def _fail(answer: Answer, status: int) -> bool:
    answer.give({"success": False}, status)
    return True


def _break(answer: Answer) -> bool:
    answer.send_response(200)
    answer.send_header("Content-Length", "1000")
    answer.end_headers()
    answer.wfile.write(b'{"succ')
    answer.close_connection = True
    return True


def _say(answer: Answer, body: bytes) -> bool:
    answer.send(body, "text/html")
    return True


def _hang(answer: Answer) -> bool:
    # Longer than the reader waits: nothing ever sets it.
    threading.Event().wait(0.5)
    answer.close_connection = True
    return True


MISCHIEF = {
    "no success": lambda answer: _say(answer, b'{"success": false, "error": {}}'),
    "web page": lambda answer: _say(answer, b"<html>even geduld</html>"),
    "a list": lambda answer: _say(answer, b"[]"),
    "no result": lambda answer: _say(answer, b'{"success": true, "result": 7}'),
    "no total": lambda answer: (
        answer.action != "package_show" and _say(answer, b'{"success": true, "result": {"records": []}}')
    ),
    "always 500": lambda answer: _fail(answer, 500),
    "not there": lambda answer: _fail(answer, 404),
    "breaks off": _break,
    "empty page": lambda answer: (
        answer.asked.get("offset") == "2"
        and _say(answer, b'{"success": true, "result": {"total": 5, "records": []}}')
    ),
}


@pytest.mark.parametrize("name", MISCHIEF)
def test_whatever_is_wrong_is_refused(service: CkanServer, tmp_path: Path, name: str) -> None:
    service.mischief = MISCHIEF[name]

    with pytest.raises(UnusableFile):
        reader(service, tmp_path).read("table", {"NAAM"})
    assert service.counts.total() <= 2 * (TRIES + 1) + 2


def test_a_service_that_hangs_is_not_waited_for(service: CkanServer, tmp_path: Path) -> None:
    service.mischief = _hang

    with pytest.raises(UnusableFile):
        reader(service, tmp_path, timeout=0.05).read("table", {"NAAM"})


@pytest.mark.parametrize("rows", [[], [{"ANDERS": "x"}]], ids=["no rows", "column lost"])
def test_a_table_that_cannot_be_used_is_refused(
    service: CkanServer, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    service.tables["table"] = rows

    with pytest.raises(UnusableFile):
        reader(service, tmp_path).read("table", {"NAAM"})


def test_a_service_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ckan = Ckan("http://127.0.0.1:9", tmp_path, progress=lambda *_: None, wait=0)

    with pytest.raises(UnusableFile):
        ckan.read("table", {"NAAM"})
