"""How fast one address may try to sign in: ever slower after mistakes, never blocked."""

import asyncio
from collections import defaultdict, deque
from datetime import datetime, timedelta
from functools import cache

from fastapi import Request

from guidance import clock

REMEMBERED = timedelta(minutes=10)
FREE_MISTAKES = 4
SECONDS_A_MISTAKE = 0.5
# A school is one address, so colleagues wait along; this is the longest they do.
LONGEST_SECONDS = 5.0


class Pace:
    """The mistakes of the last minutes per address, kept in this process only."""

    def __init__(self) -> None:
        self._mistakes: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def note_mistake(self, address: str, *, now: datetime) -> None:
        """Remember a failed sign-in from this address."""
        self._mistakes[address].append(now)

    def seconds_to_wait(self, address: str, *, now: datetime) -> float:
        """Return how long the next try from this address waits; the first mistakes are free."""
        mistakes = self._mistakes[address]
        while mistakes and now - mistakes[0] > REMEMBERED:
            mistakes.popleft()
        if not mistakes:
            del self._mistakes[address]
        return min(max(0, len(mistakes) - FREE_MISTAKES) * SECONDS_A_MISTAKE, LONGEST_SECONDS)


@cache
def pace() -> Pace:
    """Return the pace of this process."""
    return Pace()


def address_of(request: Request) -> str:
    """Return the address a request came from."""
    return request.client.host if request.client else ""


async def slow_down(request: Request) -> None:
    """Wait before a sign-in is tried; a route names this before its session, so that nothing is locked."""
    await asyncio.sleep(pace().seconds_to_wait(address_of(request), now=clock.now()))
