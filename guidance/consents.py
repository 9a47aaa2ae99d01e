"""Home of what a school decides for pupils under 16: for which purpose, on what ground, when and by whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guidance.errors import UnusableField
from guidance.visible import visible

LONGEST_DECIDED_BY = 80
# A date field makes the year 26 of two digits, and no decision of today is that old.
EARLIEST_DAY = date(2000, 1, 1)


class Purpose(StrEnum):
    """What is off for a pupil under 16 until the school has a basis for it."""

    SUMMARY = "summary"
    MENTOR_CONTACT = "mentor_contact"
    MAIL = "mail"


class Basis(StrEnum):
    """On what ground a purpose is allowed: a task of the school, or a parent's word."""

    TASK = "task"
    PARENT = "parent"


@dataclass(frozen=True)
class Decision:
    """What was decided: the ground, the day and by whom, on one line and to be seen."""

    basis: Basis
    decided_on: date
    decided_by: str

    def __post_init__(self) -> None:
        # What cannot be seen is no name, and PostgreSQL keeps no NUL.
        object.__setattr__(self, "decided_by", " ".join(visible(self.decided_by).split()))
        if not 0 < len(self.decided_by) <= LONGEST_DECIDED_BY:
            raise UnusableField("empty or too long", name="decided_by")
        if self.decided_on < EARLIEST_DAY:
            raise UnusableField("too long ago", name="decided_on")
