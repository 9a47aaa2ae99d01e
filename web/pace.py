"""How fast one address may try to come in: ever slower after many tries, never blocked."""

import asyncio
from collections import defaultdict, deque
from datetime import datetime, timedelta
from functools import cache

from fastapi import Request

from guidance import clock

SECONDS_A_TRY = 0.5
# A school is one address, so the others there wait along; this is the longest they do.
LONGEST_SECONDS = 5.0
FREE_STAFF_MISTAKES = 4
# A whole class may come in at once, and mistype at once.
FREE_STARTS = 60
FREE_CODE_MISTAKES = 30


class Pace:
    """The tries of the last minutes per address, kept in this process only."""

    def __init__(self, free: int, remembered: timedelta) -> None:
        self._free, self._remembered = free, remembered
        self._tries: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def note(self, address: str, *, now: datetime) -> None:
        """Remember a try from this address."""
        self._tries[address].append(now)

    def seconds_to_wait(self, address: str, *, now: datetime) -> float:
        """Return how long the next try from this address waits; the first ones are free."""
        tries = self._tries[address]
        while tries and now - tries[0] > self._remembered:
            tries.popleft()
        if not tries:
            del self._tries[address]
        return min(max(0, len(tries) - self._free) * SECONDS_A_TRY, LONGEST_SECONDS)


@cache
def staff_mistakes() -> Pace:
    """Return the failed sign-ins of staff in this process."""
    return Pace(FREE_STAFF_MISTAKES, timedelta(minutes=10))


@cache
def code_mistakes() -> Pace:
    """Return the wrong codes of pupils in this process."""
    return Pace(FREE_CODE_MISTAKES, timedelta(minutes=1))


@cache
def anonymous_starts() -> Pace:
    """Return the talks begun without a name in this process."""
    return Pace(FREE_STARTS, timedelta(minutes=1))


def forget_tries() -> None:
    """Begin anew, as after a restart."""
    for pace in (staff_mistakes, code_mistakes, anonymous_starts):
        pace.cache_clear()


def address_of(request: Request) -> str:
    """Return the address a request came from."""
    return request.client.host if request.client else ""


# A route names one of these before its session, so that nothing is locked while it waits.
async def slow_down_staff(request: Request) -> None:
    """Wait before a sign-in is tried."""
    await _wait(request, staff_mistakes())


async def slow_down_pupils(request: Request) -> None:
    """Wait before a talk is begun."""
    await _wait(request, code_mistakes(), anonymous_starts())


async def _wait(request: Request, *paces: Pace) -> None:
    address, now = address_of(request), clock.now()
    await asyncio.sleep(max(pace.seconds_to_wait(address, now=now) for pace in paces))
