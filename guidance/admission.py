"""Home of admission: who may start a kind of programme, as far as a rule is known."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from guidance.catalogue import Kind, Level
from guidance.content import read_content

Outcome = Literal["may_enter", "with_steps", "not_by_rule", "unknown"]


@dataclass(frozen=True)
class Admission:
    """What the rule says, the step that remains, and where the rule comes from."""

    outcome: Outcome
    step: str = ""
    source: str = ""


UNKNOWN = Admission("unknown")


def admission_of(kind: Kind, level: Level | None) -> Admission:
    """Return what is known about starting this kind from a level; unknown where no rule is sure."""
    return _rules().get((kind, level or ""), UNKNOWN)


@cache
def _rules() -> dict[tuple[str, str], Admission]:
    return {
        (kind, level): Admission(rule["admission"], rule["step"], rule["source"])
        for rule in read_content("admission")
        for kind in rule["kinds"]
        for level in rule["levels"]
    }
