"""Home of the profile rules: what a profile was asked for a subject, read from the dated table of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

PROFILES = ("NT", "NG", "EM", "CM")
MISSING = "missing"


@dataclass(frozen=True)
class ProfileRule:
    """What a profile was asked: nothing more (open), a subject (needs), or a way round (missing)."""

    outcome: Literal["open", "needs", "missing"]
    subject: str = ""


@dataclass(frozen=True)
class SubjectRules:
    """The rules of one subject and level, profile by profile."""

    needs: Mapping[str, str]

    def of(self, profile: str) -> ProfileRule:
        """Return what was asked of one profile."""
        asked = self.needs.get(profile)
        if asked is None:
            return ProfileRule("open")
        return ProfileRule("missing") if asked == MISSING else ProfileRule("needs", asked)

    @property
    def open(self) -> tuple[str, ...]:
        """The profiles that were enough by themselves."""
        return tuple(profile for profile in PROFILES if profile not in self.needs)

    @property
    def missing(self) -> tuple[str, ...]:
        """The profiles with which only a way round was left."""
        return tuple(profile for profile in PROFILES if self.needs.get(profile) == MISSING)

    @property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """The subjects that were asked of some profile, each with its profiles."""
        needed = [(profile, self.needs[profile]) for profile in PROFILES if profile in self.needs]
        subjects = dict.fromkeys(subject for _, subject in needed if subject != MISSING)
        return {one: tuple(profile for profile, subject in needed if subject == one) for one in subjects}

    @property
    def is_open_to_all(self) -> bool:
        return not self.needs


def subjects_with(
    table: Mapping[str, Any], level: str | None, profile: str | None, outcome: str
) -> list[str]:
    """Return the subjects for which a profile had this outcome, in the order of the table."""
    by_subject = table.get(level or "", {})
    return [
        one for one, needs in by_subject.items() if SubjectRules(needs).of(profile or "").outcome == outcome
    ]


def rules_of(table: Mapping[str, Any], level: str | None, subject: str | None) -> SubjectRules | None:
    """Return the rules of a subject for a level; nothing where the table has none."""
    found = table.get(level or "", {}).get(subject)
    return None if found is None else SubjectRules(found)
