"""A program is killed in turns of a check-in: no answer is lost, asked twice or on another item."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count, cycle

import httpx
import pytest

from commands.stack import Program
from tests.stack import RunningService, Talk

pytestmark = pytest.mark.stack

STORY = "Ik hielp mijn zusje met breuken."
MOST_TURNS = 20
# How far a turn is when its program ends: before it, at its commits, or after it.
DELAYS = (0.0, 0.02, 0.04, 0.08, 0.15)
Kill = Callable[[int], Program | None]


def kill(program: Program) -> None:
    """End a program and all that it started at once, as a power cut would."""
    assert program.process
    os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()


@contextmanager
def killed(service: RunningService, program: Program | None, delay: float) -> Iterator[None]:
    """Kill a program a moment after what is done here began, and start it again; no program is no kill."""
    with ThreadPoolExecutor(1) as other:
        ended = other.submit(_kill_and_start, service, program, delay) if program else None
        yield
        if ended:
            ended.result()


def _kill_and_start(service: RunningService, program: Program, delay: float) -> None:
    time.sleep(delay)
    kill(program)
    service.stack.start_one(program)
    service.stack.wait_until_ready()


def item_on_screen(talk: Talk) -> str:
    """Return the item that is asked now, or nothing."""
    asked = [payload for payload in talk.payloads if payload.startswith(("/answer_rating", "/answer_unsure"))]
    return str(json.loads(asked[0][asked[0].index("{") :])["item"]) if asked else ""


def answer_to(talk: Talk, number: int) -> dict[str, str]:
    """Return what is sent for what is on the screen: a choice, a story, or a yes to the story."""
    offered = [payload for payload in talk.payloads if re.match("/affirm|/answer_rating", payload)]
    if not offered:
        return {"text": STORY}
    return {"payload": offered[number % len(offered)]}


def send(
    service: RunningService, talk: Talk, body: dict[str, str], program: Program | None, at: float
) -> None:
    """Send a message while a program is killed, and again with the same id until it is answered."""
    with killed(service, program, at), suppress(httpx.TransportError):
        talk.post(**body)
    talk.send_again(**body)


def check_in(service: RunningService, code: str, program_of: Kill) -> tuple[list[str], list[str]]:
    """Do a competence check-in; return the items in the order in which they were asked, and the outcome."""
    talk, delays, asked = Talk(service, pupil_code=code), cycle(DELAYS), list[str]()
    send(service, talk, {"text": "competentiecheck"}, program_of(0), next(delays))
    for number in count(1):
        item = item_on_screen(talk)
        if not item:
            break
        assert number <= MOST_TURNS, talk.text
        is_check = any(payload.startswith("/affirm") for payload in talk.payloads)
        asked += [] if is_check else [item]
        send(service, talk, answer_to(talk, number), program_of(number), next(delays))
    return asked, [message["text"] for message in talk.messages]


def every_turn(program: Program) -> Kill:
    return lambda _number: program


def begin_middle_and_end(program: Program) -> Kill:
    # Twelve items, three of them with a story that is shown back: the last turn is the fifteenth.
    return lambda number: program if number in (1, 8, 15) else None


def kills(service: RunningService) -> dict[str, Kill]:
    stack = service.stack
    return {
        "web": every_turn(stack.web),
        "actions": every_turn(stack.actions),
        "engine": begin_middle_and_end(stack.engine),
    }


@pytest.mark.parametrize("part", ["web", "actions", "engine"])
def test_a_check_in_in_which_a_program_is_killed_ends_like_one_in_peace(
    service: RunningService, part: str
) -> None:
    in_peace, with_kills = service.add_pupil(), service.add_pupil()
    expected = check_in(service, in_peace, lambda _number: None)

    found = check_in(service, with_kills, kills(service)[part])

    assert found == expected
    assert len(found[0]) == len(set(found[0])) == 12
    assert service.answers_of(with_kills) == service.answers_of(in_peace)
    assert all(len(versions) == 1 for versions in service.answers_of(with_kills).values())
    counts = service.rows_of(with_kills)
    assert (counts["check_in_run"], counts["guidance_moment"]) == (1, 1)
