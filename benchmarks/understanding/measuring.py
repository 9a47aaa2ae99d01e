"""Home of asking: every system gets every row, in turns of a block, so that noise hits all alike."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import batched
from pathlib import Path
from typing import NamedTuple

from commands.nlu_eval import FALLBACK, REFUSAL, Engine, Row, Understood, ask

BLOCK = 25
TICKS = os.sysconf("SC_CLK_TCK")


class Running(NamedTuple):
    """A system that answers, and how it is asked."""

    engine: Engine
    ask: Callable[[str, Engine], Understood]


class Measured(NamedTuple):
    """What a system made of the rows, and the processor seconds it took for all of them."""

    understood: list[Understood]
    processor_seconds: float


def understand_plainly(text: str, engine: Engine) -> Understood:
    """Return what a system makes of a text by itself, without our rules."""
    began = time.perf_counter()
    answer = ask(engine, text)
    intent = REFUSAL if answer["intent"] in (FALLBACK, None) else answer["intent"]
    return Understood(intent, answer["confidence"], (time.perf_counter() - began) * 1000)


def warm_up(systems: Mapping[str, Running], texts: Sequence[str]) -> None:
    """Ask texts whose answers and times count for nothing."""
    for system in systems.values():
        for text in texts:
            system.ask(text, system.engine)


def measure(systems: Mapping[str, Running], rows: Sequence[Row]) -> dict[str, Measured]:
    """Ask every system every row, block by block, each time another system first."""
    understood: dict[str, list[Understood]] = {name: [] for name in systems}
    seconds = dict.fromkeys(systems, 0.0)
    for name, block in turns(list(systems), rows):
        system = systems[name]
        began = _processor_seconds(system.engine.pid)
        understood[name] += [system.ask(row.text, system.engine) for row in block]
        seconds[name] += _processor_seconds(system.engine.pid) - began
    return {name: Measured(understood[name], seconds[name]) for name in systems}


def turns(names: Sequence[str], rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    """Yield who gets which rows: every block goes to all, and the next block starts with the next system."""
    for number, block in enumerate(batched(rows, BLOCK)):
        first = number % len(names)
        for name in [*names[first:], *names[:first]]:
            yield name, block


def peak_mb(engine: Engine) -> float:
    """Return the most memory a running system has held."""
    status = Path(f"/proc/{engine.pid}/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) / 1024


def _processor_seconds(pid: int) -> float:
    """Return what the system and this process, which runs our rules, have used so far."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS + time.process_time()
