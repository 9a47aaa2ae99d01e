"""Home of the profile rules: what was asked of a profile for a subject, by the dated rules of admission."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from guidance import wording
from guidance.content import read_content
from guidance.exam_subjects import PROFILES

NO_ACCESS = "no_access"
Asked = Sequence[str] | str
"""One of these exam subjects, or `no_access`."""


@dataclass(frozen=True)
class ProfileRule:
    """What a profile was asked: nothing more (open), a subject (needs), or a way round (missing)."""

    outcome: Literal["open", "needs", "missing"]
    subjects: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The subjects as a sentence names them: natuurkunde of nlt."""
        return in_a_sentence(self.subjects) if self.subjects else ""


@dataclass(frozen=True)
class SubjectRules:
    """The rules of one subject and level, profile by profile, for who has these exam subjects."""

    needs: Mapping[str, Asked]
    has: Set[str] = field(default_factory=frozenset)

    def of(self, profile: str | Iterable[str]) -> ProfileRule:
        """Return what was asked of a profile; of a double one, as NT/NG, what the better of the two was."""
        profiles = profile.split("/") if isinstance(profile, str) else list(profile)
        rules = [self._of_one(one) for one in profiles]
        if any(rule.outcome == "open" for rule in rules):
            return ProfileRule("open")
        asked = dict.fromkeys(subject for rule in rules for subject in rule.subjects)
        return ProfileRule("needs", tuple(asked)) if asked else ProfileRule("missing")

    def _of_one(self, profile: str) -> ProfileRule:
        asked = self.needs.get(profile)
        if asked == NO_ACCESS:
            return ProfileRule("missing")
        if asked is None or self.has & set(asked):
            return ProfileRule("open")
        return ProfileRule("needs", tuple(asked))

    @property
    def open(self) -> tuple[str, ...]:
        """The profiles that were enough by themselves."""
        return self._with("open")

    @property
    def missing(self) -> tuple[str, ...]:
        """The profiles with which only a way round was left."""
        return self._with("missing")

    @property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """The subjects that were asked of some profile, as a sentence names them, each with its profiles."""
        by_subject: dict[str, tuple[str, ...]] = {}
        for profile in self._with("needs"):
            asked = self.of(profile).subject
            by_subject[asked] = (*by_subject.get(asked, ()), profile)
        return by_subject

    @property
    def is_open_to_all(self) -> bool:
        return self.open == PROFILES

    def _with(self, outcome: str) -> tuple[str, ...]:
        return tuple(profile for profile in PROFILES if self.of(profile).outcome == outcome)


def in_a_sentence(subjects: Iterable[str]) -> str:
    """Return exam subjects of which one is asked: natuurkunde of nlt."""
    return wording.render("admission.one_of", subjects=list(subjects))


def subjects_with(
    level: str | None, profile: str | None, outcome: str, has: Set[str] = frozenset()
) -> list[str]:
    """Return the subjects for which a profile had this outcome, in order."""
    found = {subject: rules_of(level, subject, has) for subject in _by_subject()}
    return [one for one, rules in found.items() if rules and rules.of(profile or "").outcome == outcome]


def rules_of(
    level: str | None, subject: str | None, has: Set[str] = frozenset(), *, kind: str | None = None
) -> SubjectRules | None:
    """Return the rules of a subject for a level, whatever the kind unless it is given; or nothing."""
    by_kind = _by_subject().get(subject or "", {})
    if kind is not None:
        by_kind = {kind: by_kind[kind]} if kind in by_kind else {}
    found = next((levels[level] for levels in by_kind.values() if level and level in levels), None)
    return None if found is None else SubjectRules(found, has)


@cache
def _by_subject() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    by_kind = read_content("admission")["profile_rules"]
    pairs = [(subject, kind) for kind, subjects in by_kind.items() for subject in subjects]
    return {
        subject: {kind: by_kind[kind][subject] for one, kind in pairs if one == subject}
        for subject in sorted({subject for subject, _ in pairs}, key=str.casefold)
    }


def subjects_that_count() -> list[str]:
    """Return the exam subjects that some rule of admission asks for, in order."""
    content = read_content("admission")
    asked = {subject for subjects in content["pabo_tests"].values() for subject in subjects}
    for by_kind in _by_subject().values():
        for by_level in by_kind.values():
            for needs in by_level.values():
                asked |= {subject for one in needs.values() if one != NO_ACCESS for subject in one}
    return sorted(asked, key=str.casefold)
