"""Home of the check on the routes to teaching: orphans, dead ends, cycles and unknown words."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from guidance.catalogue import KINDS, LEVELS
from guidance.teacher_routes import GRADES, chains_from

Raw = Mapping[str, Any]


def problems_in_teacher_routes(raw: Raw, *, offered: Set[str], loads: Set[str], kinds: Raw) -> list[str]:
    """Say in English what is wrong with the rules; an empty list means they are whole.

    `offered` are the kinds of which there is a programme, `loads` the sizes that the facts know; `kinds` says
    from which level each kind can be begun.
    """
    return [
        *_unknown_words(raw, offered, loads),
        *_steps_without_a_start(raw),
        *_steps_that_lead_nowhere(raw),
        *_cycles(raw),
        *_kinds_left_out(raw),
        *_starts_that_differ(raw, kinds),
        *_wishes_without_a_route(raw),
    ]


def _unknown_words(raw: Raw, offered: Set[str], loads: Set[str]) -> Iterator[str]:
    known = {
        "from": {*LEVELS, *raw["steps"]},
        "kinds": set(KINDS),
        "load": set(loads),
        "teaches": set(GRADES),
    }
    for name, step in raw["steps"].items():
        for field, names in known.items():
            yield from (f"{name}: unknown {field} {one}" for one in step[field] if one not in names)
        yield from (f"{name}: no programme of kind {kind}" for kind in step["kinds"] if kind not in offered)
        if not step["load"] and "part_of" not in step:
            yield f"{name}: takes no time"
    yield from (
        f"grade {grade} has no words" for grade in GRADES if not raw["grades"].get(grade, {}).get("said")
    )


def _steps_without_a_start(raw: Raw) -> Iterator[str]:
    """Yield the steps that no level ever comes to."""
    reached: set[str] = set(LEVELS)
    while found := {name for name, step in raw["steps"].items() if reached & set(step["from"])} - reached:
        reached |= found
    yield from (f"{name}: nobody can begin it" for name in raw["steps"] if name not in reached)


def _steps_that_lead_nowhere(raw: Raw) -> Iterator[str]:
    """Yield the steps after which one does not teach, and no other step leads on."""
    leads_on = {earlier for step in raw["steps"].values() for earlier in step["from"]}
    for name, step in raw["steps"].items():
        if not step["teaches"] and name not in leads_on:
            yield f"{name}: leads nowhere"


def _cycles(raw: Raw) -> Iterator[str]:
    waiting = {name: set(step["from"]) & set(raw["steps"]) for name, step in raw["steps"].items()}
    # A step that also begins at a level can be taken by itself, but never after one that follows it.
    while free := [name for name, earlier in waiting.items() if not earlier & set(waiting)]:
        for name in free:
            del waiting[name]
    yield from (f"{name}: goes round" for name in sorted(waiting))


def _kinds_left_out(raw: Raw) -> Iterator[str]:
    used = {kind for step in raw["steps"].values() for kind in step["kinds"]}
    yield from (f"no step of kind {kind}" for kind in KINDS if kind not in used | set(raw["no_step"]))
    yield from (f"{kind}: a step and no step" for kind in KINDS if kind in used & set(raw["no_step"]))


def _starts_that_differ(raw: Raw, kinds: Raw) -> Iterator[str]:
    """Yield the steps that begin at other levels than their kinds do in the catalogue."""
    for name, step in raw["steps"].items():
        levels = [level for level in LEVELS if level in step["from"]]
        for kind in step["kinds"]:
            entry = kinds.get(kind, {}).get("entry", levels)
            if levels != [level for level in LEVELS if level in entry]:
                yield f"{name}: {kind} begins at other levels"


def _wishes_without_a_route(raw: Raw) -> Iterator[str]:
    for level in LEVELS:
        reached = {grade for chain in chains_from(level, raw) for grade in chain[-1].teaches}
        yield from (f"no route from {level} to {grade}" for grade in GRADES if grade not in reached)
