"""Home of the routes to teaching: from a level to whom one would teach, as steps that follow from rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from guidance.catalogue import Kind, Level
from guidance.content import read_content
from guidance.errors import UnusableFilter
from guidance.places import spelling
from guidance.programme_filters import Subject

Grade = Literal["basisschool", "onderbouw", "bovenbouw", "mbo"]
GRADES = get_args(Grade)
PRIMARY, MBO_SCHOOL = "basisschool", "mbo"


@dataclass(frozen=True)
class StepRule:
    """One step of the rules: what it follows, of which kinds it is, its load in the words of the facts."""

    name: str
    kinds: tuple[Kind, ...]
    load: tuple[str, ...]
    teaches: tuple[Grade, ...]
    subject: str | None = None
    degree: str | None = None
    is_part: bool = False

    def subject_to_look_for(self, asked: Subject | None) -> str | None:
        """Return the subject in which its programmes are looked for: its own, or the one asked for."""
        return self.subject or (asked.name if asked else None)


Chain = tuple[StepRule, ...]


@dataclass(frozen=True)
class Where:
    """A kind of programme with which a step can be done: how many there are, and the page that shows them.

    A broad one is not of the subject alone.
    """

    kind: Kind
    label: str
    count: int
    url: str
    is_broad: bool = False


@dataclass(frozen=True)
class RouteStep:
    """One step of a route as it is shown."""

    title: str
    years: str
    remark: str
    where: tuple[Where, ...]


@dataclass(frozen=True)
class TeacherRoute:
    """A route: the levels it begins from, its steps in order, its years, and whom one teaches then."""

    name: str
    title: str
    levels: tuple[Level, ...]
    steps: tuple[RouteStep, ...]
    years: str
    teaches: str
    admission: str
    source: str


@dataclass(frozen=True)
class TeacherRoutes:
    """The routes found, or where there are none others that come near; and the page of all programmes."""

    subject: str | None
    grade: Grade | None
    level: Level | None
    heading: str
    routes: tuple[TeacherRoute, ...]
    none: str
    others: tuple[TeacherRoute, ...]
    search: Where | None
    url: str


def grade_named(text: str | None) -> Grade | None:
    """Return whom one would teach, or raise UnusableFilter."""
    if not text or not text.strip():
        return None
    if found := _grade_spellings().get(spelling(text)):
        return found
    raise UnusableFilter("unknown grade", name="grade", value=text)


def grade_in(text: str) -> Grade | None:
    """Return whom a message wants to teach; a primary school has a bovenbouw too, so it goes first."""
    plain = text.casefold()
    grades = read_content("teacher_routes")["grades"]
    found = [grade for grade in GRADES if any(_stands_in(phrase, plain) for phrase in grades[grade]["said"])]
    return found[0] if len(found) == 1 or PRIMARY in found else None


def chains_from(level: Level, raw: Mapping[str, Any] | None = None) -> Iterator[Chain]:
    """Yield every row of steps from a level that ends in teaching, in the order of the rules."""
    steps = (raw or read_content("teacher_routes"))["steps"]
    yield from _chains(steps, level, ())


def _chains(steps: Mapping[str, Any], last: str, before: Chain) -> Iterator[Chain]:
    for name, about in steps.items():
        if last not in about["from"] or name in {step.name for step in before}:
            continue
        chain = (*before, _step(name, about))
        if about["teaches"]:
            yield chain
        yield from _chains(steps, name, chain)


def _step(name: str, about: Mapping[str, Any]) -> StepRule:
    return StepRule(
        name,
        tuple(about["kinds"]),
        tuple(about["load"]),
        tuple(about["teaches"]),
        about.get("subject"),
        about.get("degree"),
        "part_of" in about,
    )


def _stands_in(phrase: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(phrase)}\b", text) is not None


@cache
def _grade_spellings() -> dict[str, Grade]:
    grades = read_content("teacher_routes")["grades"]
    return {spelling(name): grade for grade in GRADES for name in (grade, *grades[grade]["also"])}
