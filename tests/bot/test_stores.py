"""The engine's own store and lock."""

import asyncio
import sqlite3
import time
from pathlib import Path

from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.lock_store import QuickLockStore
from bot.tracker_store import EngineStore


def store_in(folder: Path) -> EngineStore:
    endpoint = EndpointConfig(type="bot.tracker_store.EngineStore", db=str(folder / "var" / "engine.sqlite"))
    return TrackerStore.create(endpoint, Domain.empty())


class TestEngineStore:
    def test_is_the_one_the_endpoints_file_names(self, tmp_path: Path) -> None:
        assert isinstance(store_in(tmp_path), EngineStore)

    def test_writes_ahead_so_that_the_service_can_read_meanwhile(self, tmp_path: Path) -> None:
        store = store_in(tmp_path)

        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1

    def test_erased_rows_are_gone_for_the_engine_too(self, tmp_path: Path) -> None:
        store = store_in(tmp_path)
        tracker = DialogueStateTracker("anna", [])
        tracker.update(UserUttered("hoi"))
        asyncio.run(store.save(tracker))

        with sqlite3.connect(tmp_path / "var" / "engine.sqlite") as service:
            service.execute("delete from events where sender_id = 'anna'")
        service.close()

        assert asyncio.run(store.retrieve("anna")) is None


class TestQuickLockStore:
    def test_is_the_one_the_endpoints_file_names(self) -> None:
        endpoint = EndpointConfig(type="bot.lock_store.QuickLockStore")

        assert isinstance(LockStore.create(endpoint), QuickLockStore)

    def test_lets_the_second_message_in_soon_after_the_first(self) -> None:
        async def two_messages() -> float:
            store = QuickLockStore()

            async def hold() -> None:
                async with store.lock("anna"):
                    await asyncio.sleep(0.1)

            began = time.perf_counter()
            await asyncio.gather(hold(), hold())
            return time.perf_counter() - began

        assert asyncio.run(two_messages()) < 0.9
