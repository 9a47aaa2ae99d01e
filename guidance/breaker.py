"""Keeps calls from a service that fails: none for a while after some failures in a row, then one to try."""

from datetime import datetime, timedelta
from threading import Lock


class Breaker:
    """Counts failures in a row; who calls asks first, and tells afterwards how it went."""

    def __init__(self, *, most_failures: int, rest: timedelta) -> None:
        self._most_failures = most_failures
        self._rest = rest
        self._failures = 0
        self._rests_until: datetime | None = None
        self._lock = Lock()

    def lets_through(self, now: datetime) -> bool:
        """Say whether a call may be made; after the rest one at a time, until one goes well."""
        with self._lock:
            if self._rests_until is None:
                return True
            if now < self._rests_until:
                return False
            self._rests_until = now + self._rest
            return True

    def note(self, now: datetime, *, went_well: bool) -> None:
        """Take down how a call went."""
        with self._lock:
            self._failures = 0 if went_well else self._failures + 1
            self._rests_until = now + self._rest if self._failures >= self._most_failures else None
