"""The Rasa server's own store of conversations, as far as it must be read and erased for a pupil."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS

# Rasa's SQLTrackerStore: one row an event, `sender_id` is our `engine_id`.
COLUMNS = {
    "id": NONE,
    "sender_id": PSEUDONYMOUS,
    "type_name": NONE,
    "timestamp": NONE,
    "intent_name": PSEUDONYMOUS,
    "action_name": NONE,
    "data": PERSONAL,
}
CONVERSATIONS = "SELECT DISTINCT sender_id FROM events"
EVENTS = "SELECT timestamp, type_name, data FROM events WHERE sender_id = ? ORDER BY id"
FORGET = "DELETE FROM events WHERE sender_id = ?"
HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'events'"
WAIT_SECONDS = 15


class EngineStore:
    """The engine's store in one SQLite file; a file that is not there yet holds nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def list_events(self, engine_id: str) -> list[dict[str, Any]]:
        """Return the events of one conversation as the engine keeps them, oldest first."""
        with self._open() as store:
            rows = store.execute(EVENTS, (engine_id,)).fetchall() if store else []
        return [{"timestamp": at, "type": kind, "event": json.loads(data)} for at, kind, data in rows]

    def forget(self, engine_ids: Iterable[str]) -> int:
        """Erase these conversations and return how many were there."""
        with self._open() as store:
            return _forget(store, engine_ids) if store else 0

    def forget_others(self, engine_ids: Iterable[str]) -> int:
        """Erase every conversation but these and return how many there were."""
        with self._open() as store:
            if store is None:
                return 0
            stored = {engine_id for (engine_id,) in store.execute(CONVERSATIONS)}
            return _forget(store, stored - set(engine_ids))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """Open the store for one transaction; nothing when the engine has not made it yet."""
        if not self.path.exists():
            yield None
            return
        store = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            # What is erased must not stay readable in the free pages of the file.
            store.execute("PRAGMA secure_delete = ON")
            store.execute("BEGIN IMMEDIATE")
            yield store if store.execute(HAS_TABLE).fetchone() else None
            store.execute("COMMIT")
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            store.close()


def _forget(store: sqlite3.Connection, engine_ids: Iterable[str]) -> int:
    return sum(store.execute(FORGET, (engine_id,)).rowcount > 0 for engine_id in sorted(set(engine_ids)))
