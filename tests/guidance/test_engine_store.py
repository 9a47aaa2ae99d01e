import sqlite3
from pathlib import Path

import pytest

from guidance.engine_store import EngineStore

# As Rasa 3.6 makes it.
SCHEMA = """CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,
    type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255),
    data TEXT)"""
INSERT = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'user', 1.0, ?)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "engine.sqlite"
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute(SCHEMA)
        rows = [("anna-1", '{"text": "geheimpje"}'), ("anna-1", "{}"), ("anna-2", "{}"), ("bilal-1", "{}")]
        store.executemany(INSERT, rows)
    store.close()
    return path


def senders(path: Path) -> list[str]:
    store = sqlite3.connect(path)
    rows = store.execute("SELECT sender_id FROM events ORDER BY id").fetchall()
    store.close()
    return [sender for (sender,) in rows]


def test_erases_the_conversations_asked_for_and_counts_them(path: Path) -> None:
    assert EngineStore(path).forget(["anna-1", "anna-2", "unknown"]) == 2
    assert senders(path) == ["bilal-1"]


def test_erasing_twice_is_no_error(path: Path) -> None:
    EngineStore(path).forget(["anna-1"])

    assert EngineStore(path).forget(["anna-1"]) == 0


def test_leaves_no_word_behind_in_any_file(path: Path) -> None:
    EngineStore(path).forget(["anna-1"])

    assert all(b"geheimpje" not in file.read_bytes() for file in path.parent.iterdir())


def test_erases_what_no_conversation_of_ours_stands_for(path: Path) -> None:
    assert EngineStore(path).forget_others(["bilal-1", "not-begun-yet"]) == 2
    assert senders(path) == ["bilal-1"]


def test_shows_the_events_of_one_conversation(path: Path) -> None:
    events = EngineStore(path).list_events("anna-1")

    assert [event["event"] for event in events] == [{"text": "geheimpje"}, {}]


@pytest.mark.parametrize("is_made", [False, True], ids=["no file", "an empty file"])
def test_holds_nothing_before_the_engine_has_run(tmp_path: Path, is_made: bool) -> None:
    path = tmp_path / "engine.sqlite"
    if is_made:
        path.touch()

    store = EngineStore(path)

    assert (store.forget(["anna-1"]), store.forget_others([]), store.list_events("anna-1")) == (0, 0, [])
    assert path.exists() == is_made
