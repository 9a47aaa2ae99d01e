"""Home of the engine's own store of conversations."""

from pathlib import Path
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy import event

# The service erases in the same file: wait for it instead of failing, and leave nothing readable behind.
PRAGMAS = ["journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000", "secure_delete = ON"]


class EngineStore(SQLTrackerStore):  # type: ignore[misc]
    """Rasa's SQL store in one SQLite file that the service may read and erase in at the same time."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        *,
        db: str,
        **options: Any,
    ) -> None:
        Path(db).resolve().parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, dialect="sqlite", db=db, event_broker=event_broker, **options)
        event.listen(self.engine, "connect", _set_pragmas)
        # The connections that created the table were opened before the listener was there.
        self.engine.dispose()


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
