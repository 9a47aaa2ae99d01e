"""Home of admission: whether someone may start a programme, by which dated rule, and with which steps.

What an outcome means is decided in docs/decisions/0015-admission.md: no rule ever says that someone may not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from guidance.catalogue import Kind, Level, Programme
from guidance.content import read_content
from guidance.exam_subjects import PROFILES, exam_subjects_named
from guidance.pabo_tests import pabo_tests_of
from guidance.profile_rules import ProfileRule, SubjectRules, rules_of
from guidance.programme_filters import label, level_named, profiles_named
from guidance.wording import render

Outcome = Literal["may_enter", "with_steps", "unknown", "not_by_rule"]
OUTCOMES = get_args(Outcome)
"""From the best to the worst; of the steps of one rule the worst counts."""

# What makes one rule more exact than another that fits as well.
NARROWERS = ("institutions", "isats", "subjects")


@dataclass(frozen=True)
class Applicant:
    """Who would start: level, profile (two of a double one) and exam subjects, as far as they are known."""

    level: Level | None = None
    profiles: tuple[str, ...] = ()
    exam_subjects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Admission:
    """What the rule says, in words, where it stands and of which date; `missing` is what it asks beside."""

    outcome: Outcome
    step: str = ""
    source: str = ""
    date: str = ""
    missing: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Finding:
    """The outcome of one step, and the text that says it."""

    outcome: Outcome
    words: str
    missing: tuple[str, ...] = ()
    by_profile: bool = False


@dataclass(frozen=True)
class _Case:
    """Someone and a programme, as a step sees them."""

    kind: str
    subject: str
    applicant: Applicant
    year: str


UNKNOWN = Admission("unknown")
NOBODY = Applicant()
AnyRule = Mapping[str, Any]


def applicant_of(
    level: str | None = None, profile: str | None = None, exam_subjects: tuple[str, ...] = ()
) -> Applicant:
    """Return who would start, in the words of whoever asks, or raise UnusableFilter."""
    return Applicant(
        level_named(level),
        profiles_named(profile, level=level),
        frozenset(exam_subjects_named(exam_subjects)),
    )


def admission_of(programme: Programme, applicant: Applicant = NOBODY) -> Admission:
    """Return what is known about starting this programme for this person; unknown where no rule is sure."""
    return _admission(programme.kind, programme.subject, programme.isat, programme.brin, applicant)


def admission_to(kind: Kind, subject: str, applicant: Applicant = NOBODY) -> Admission:
    """Return the same of a kind and subject, wherever it is taught."""
    return _admission(kind, subject, "", "", applicant)


def fitting_rules(rules: list[AnyRule], programme: Mapping[str, str], level: str | None) -> list[AnyRule]:
    """Return the rules that fit a programme (kinds, subjects, isats, institutions) and level most exactly."""
    fitting = [rule for rule in rules if _fits(rule, programme, level)]
    most_exact = max(map(_exactness, fitting), default=())
    return [rule for rule in fitting if _exactness(rule) == most_exact]


def _fits(rule: AnyRule, programme: Mapping[str, str], level: str | None) -> bool:
    return all(value in rule.get(name, (value,)) for name, value in programme.items()) and (
        "levels" not in rule or level in rule["levels"]
    )


def _exactness(rule: AnyRule) -> tuple[bool, ...]:
    return tuple(name in rule for name in NARROWERS)


@lru_cache(maxsize=4096)
def _admission(kind: str, subject: str, isat: str, brin: str, applicant: Applicant) -> Admission:
    programme = {"kinds": kind, "subjects": subject, "isats": isat, "institutions": brin}
    rules = fitting_rules(read_content("admission")["rules"], programme, applicant.level)
    if not rules:
        return _no_rule(kind, applicant)
    (rule,) = rules
    if "profile" in rule.get("steps", ()) and rules_of(applicant.level, subject, kind=kind) is None:
        return _no_rule(kind, applicant)
    findings = [_finding(step, kind, subject, applicant) for step in rule.get("steps", ())]
    outcome = max((finding.outcome for finding in findings), key=OUTCOMES.index, default=OUTCOMES[0])
    remark = [render(f"admission.remarks.{rule['remark']}")] if "remark" in rule else []
    sources = _sources(rule)
    return Admission(
        outcome,
        step=" ".join([*(finding.words for finding in findings), *remark, render("admission.check")]),
        source=render("admission.source", titles=[source["title"] for source in sources]),
        date=min(source["date"] for source in sources),
        missing=tuple(one for finding in findings for one in finding.missing),
        profiles=applicant.profiles if any(finding.by_profile for finding in findings) else (),
    )


def _no_rule(kind: str, applicant: Applicant) -> Admission:
    """Say that no rule is known, and that the programme is there for this level where it is."""
    if applicant.level in read_content("programme_kinds")[kind]["entry"]:
        return Admission("unknown", render("admission.no_rule", level=label("level", str(applicant.level))))
    return UNKNOWN


def _sources(rule: AnyRule) -> list[Mapping[str, str]]:
    content = read_content("admission")
    names = [rule["source"]] if "source" in rule else [content["steps"][step] for step in rule["steps"]]
    return [content["sources"][name] for name in dict.fromkeys(names)]


def _finding(step: str, kind: str, subject: str, applicant: Applicant) -> _Finding:
    content = read_content("admission")
    year = content["sources"][content["steps"][step]]["date"][:4]
    found = STEPS.get(step, _always(step))(_Case(kind, subject, applicant, year))
    return replace(found, words=" ".join(found.words.split()))


def _always(step: str) -> Callable[[_Case], _Finding]:
    """Return a step that everyone takes, whatever their subjects."""

    def finding(case: _Case) -> _Finding:
        level = case.applicant.level
        return _Finding(
            "with_steps", render(f"admission.steps.{step}", level=level and label("level", level))
        )

    return finding


def _vwo_diploma(case: _Case) -> _Finding:
    level = label("level", str(case.applicant.level))
    words = render("admission.steps.vwo_diploma", year=case.year, level=level)
    return _Finding("not_by_rule", words, missing=(label("level", "vwo"),))


def _pabo_tests(case: _Case) -> _Finding:
    applicant = case.applicant
    tests = pabo_tests_of(applicant.profiles, applicant.exam_subjects)
    words = render(
        "admission.steps.pabo_tests",
        left=tests.left,
        dropped=[vars(one) for one in tests.dropped],
        is_mbo=applicant.level == "mbo4",
    )
    outcome: Outcome = "with_steps" if tests.left else "may_enter"
    return _Finding(outcome, words, by_profile=bool(applicant.profiles))


def _profile(case: _Case) -> _Finding:
    applicant = case.applicant
    rules = rules_of(applicant.level, case.subject, applicant.exam_subjects, kind=case.kind)
    assert rules is not None  # noqa: S101  asked before the steps are taken
    is_by_subject = bool(rules.needs)
    if rules.is_open_to_all and not (is_by_subject and applicant.profiles):
        words = render("admission.steps.profile_any", year=case.year, is_by_subject=is_by_subject)
        return _Finding("may_enter", words)
    asked = _asked(rules, applicant.profiles)
    if asked is None:
        words = render("admission.steps.profile_unknown", year=case.year, ways=_ways_in(rules))
        return _Finding("unknown", words)
    return _Finding(
        PROFILE_OUTCOMES[asked.outcome],
        render(
            f"admission.steps.profile_{asked.outcome}",
            year=case.year,
            subject=asked.subject,
            profiles=applicant.profiles,
            knows_subjects=bool(applicant.exam_subjects),
            missing=_missing(asked),
            ways=_ways_in(rules),
        ),
        missing=() if asked.outcome == "open" else (_missing(asked),),
        by_profile=True,
    )


def _asked(rules: SubjectRules, profiles: tuple[str, ...]) -> ProfileRule | None:
    """Return what was asked of these profiles; without one, what was asked of all, if it was the same."""
    if profiles:
        return rules.of(profiles)
    asked = {rules.of(profile) for profile in PROFILES}
    return asked.pop() if len(asked) == 1 else None


def _missing(asked: ProfileRule) -> str:
    return asked.subject or render("admission.other_profile")


def _ways_in(rules: SubjectRules) -> str:
    """Return with which profiles it was enough, and what was asked beside the others."""
    enough = [{"profiles": rules.open, "subject": ""}] if rules.open else []
    asked = [{"profiles": profiles, "subject": subject} for subject, profiles in rules.asked.items()]
    return render("admission.ways", ways=[*enough, *asked])


PROFILE_OUTCOMES: Mapping[str, Outcome] = {
    "open": "may_enter",
    "needs": "with_steps",
    "missing": "not_by_rule",
}
STEPS: Mapping[str, Callable[[_Case], _Finding]] = {
    "pabo_tests": _pabo_tests,
    "profile": _profile,
    "vwo_diploma": _vwo_diploma,
}
