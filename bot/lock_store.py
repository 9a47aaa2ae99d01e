"""Home of the lock that keeps the messages of one conversation in order."""

from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore

# Rasa itself looks once a second, so that a quick second message waits a second for nothing.
SECONDS_BETWEEN_LOOKS = 0.05


class QuickLockStore(InMemoryLockStore):  # type: ignore[misc]
    """Rasa's lock in memory, looked at more often."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()

    async def _acquire_lock(
        self, conversation_id: str, ticket: int, wait_time_in_seconds: float
    ) -> TicketLock:
        wait = min(wait_time_in_seconds, SECONDS_BETWEEN_LOOKS)
        return await super()._acquire_lock(conversation_id, ticket, wait)
