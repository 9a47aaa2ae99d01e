import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import ANNAS_CODE, MONDAY
from tests.web.browser import Browser
from web.pace import (
    FREE_CODE_MISTAKES,
    FREE_STARTS,
    LONGEST_SECONDS,
    SECONDS_A_TRY,
    Pace,
    anonymous_starts,
    code_mistakes,
)

FREE = 4


def pace_after(tries: int) -> Pace:
    pace = Pace(FREE, timedelta(minutes=10))
    for _ in range(tries):
        pace.note("192.0.2.1", now=MONDAY)
    return pace


class TestPace:
    def test_lets_the_first_tries_pass(self) -> None:
        assert pace_after(FREE).seconds_to_wait("192.0.2.1", now=MONDAY) == 0

    @given(st.integers(min_value=0, max_value=200))
    def test_slows_down_with_every_try_and_never_blocks(self, tries: int) -> None:
        wait = pace_after(tries).seconds_to_wait("192.0.2.1", now=MONDAY)

        assert wait <= pace_after(tries + 1).seconds_to_wait("192.0.2.1", now=MONDAY) <= LONGEST_SECONDS

    def test_leaves_another_address_alone(self) -> None:
        assert pace_after(50).seconds_to_wait("192.0.2.2", now=MONDAY) == 0

    def test_forgets_after_a_while(self) -> None:
        assert pace_after(50).seconds_to_wait("192.0.2.1", now=MONDAY + timedelta(minutes=11)) == 0


def begin_on_page(browser: Browser, code: str | None) -> int:
    fields = {"anonymous": "1"} if code is None else {"code": code}
    browser.client.cookies.delete("klaskompas_chat")
    return browser.send(browser.get("/"), "/gesprek", school="vechtdal", **fields).status


def begin_over_api(browser: Browser, code: str | None) -> int:
    return browser.client.post(
        "/api/v1/conversations", json={"school": "vechtdal", "pupil_code": code}
    ).status_code


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each request waited, without the waiting."""
    found: list[float] = []

    async def note(seconds: float, *_more: Any) -> None:
        found.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", note)
    return found


@pytest.mark.parametrize("begin", [begin_on_page, begin_over_api], ids=["page", "API"])
@pytest.mark.parametrize(
    ("pace", "free", "code"),
    [(code_mistakes, FREE_CODE_MISTAKES, "FOUT-0000"), (anonymous_starts, FREE_STARTS, None)],
    ids=["wrong code", "no name"],
)
class TestPupils:
    def test_of_a_class_behind_one_address_never_wait(
        self,
        browser: Browser,
        waits: list[float],
        begin: Callable[[Browser, str | None], int],
        pace: Callable[[], Pace],
        free: int,
        code: str | None,
    ) -> None:
        for _ in range(free - 1):
            pace().note("testclient", now=MONDAY)

        begin(browser, code)
        begin(browser, ANNAS_CODE)

        assert max(waits) == 0

    def test_wait_after_very_many_tries_and_come_in(
        self,
        browser: Browser,
        waits: list[float],
        begin: Callable[[Browser, str | None], int],
        pace: Callable[[], Pace],
        free: int,
        code: str | None,
    ) -> None:
        for _ in range(free):
            pace().note("testclient", now=MONDAY)

        begin(browser, code)

        assert begin(browser, ANNAS_CODE) in (201, 303)
        assert max(waits) == SECONDS_A_TRY
