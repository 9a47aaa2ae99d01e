"""Home of the check on the rules of admission: unknown words, rules that fit equally, idle rules."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from guidance.admission import NARROWERS, fitting_rules
from guidance.catalogue import KINDS, LEVELS, Programme
from guidance.exam_subjects import PROFILES, exam_subject_names
from guidance.profile_rules import NO_ACCESS
from guidance.programme_filters import LEVELS_WITH_PROFILE

Raw = Mapping[str, Any]


def problems_in_admission(raw: Raw, catalogue: Iterable[Programme], facts: Raw, texts: Raw) -> list[str]:
    """Say in English what is wrong with the rules; an empty list means they are whole."""
    programmes = list(catalogue)
    return [
        *_sources(raw, facts),
        *_words(raw, programmes),
        *_texts(raw, texts),
        *_profile_rules(raw, programmes),
        *_pabo_tests(raw),
        *_equals_and_idle(raw, programmes),
    ]


def _sources(raw: Raw, facts: Raw) -> Iterator[str]:
    for name, source in raw["sources"].items():
        if source["fact"] not in facts:
            yield f"source {name}: no fact {source['fact']}"
        elif int(source["date"][:4]) not in {edition["year"] for edition in facts[source["fact"]]}:
            yield f"source {name}: another year than its fact"
    for at, rule in enumerate(raw["rules"]):
        if ("source" in rule) == bool(rule.get("steps")):
            yield f"rule {at}: steps or a source of its own, not both"
    named = {*raw["steps"].values(), *(rule["source"] for rule in raw["rules"] if "source" in rule)}
    yield from (f"no source {name}" for name in sorted(named - set(raw["sources"])))
    yield from (f"source {name} is not used" for name in sorted(set(raw["sources"]) - named))


def _words(raw: Raw, programmes: list[Programme]) -> Iterator[str]:
    known = {
        "kinds": set(KINDS),
        "levels": set(LEVELS),
        "subjects": {one.subject for one in programmes},
        "isats": {one.isat for one in programmes},
        "institutions": {one.brin for one in programmes},
        "steps": set(raw["steps"]),
    }
    allowed = {*known, "source", "remark"}
    for at, rule in enumerate(raw["rules"]):
        yield from (f"rule {at}: unknown field {field}" for field in rule if field not in allowed)
        for field, names in known.items():
            yield from (
                f"rule {at}: unknown {field} {name}" for name in rule.get(field, ()) if name not in names
            )
    used = {step for rule in raw["rules"] for step in rule.get("steps", ())}
    yield from (f"step {step} is not used" for step in raw["steps"] if step not in used)


def _texts(raw: Raw, texts: Raw) -> Iterator[str]:
    # A profile has a text for each of its outcomes.
    steps = [step for step in raw["steps"] if step != "profile"]
    yield from (f"no text for step {step}" for step in steps if step not in texts["steps"])
    remarks = {rule["remark"] for rule in raw["rules"] if "remark" in rule}
    yield from (f"no text for remark {remark}" for remark in sorted(remarks - set(texts["remarks"])))


def _profile_rules(raw: Raw, programmes: list[Programme]) -> Iterator[str]:
    taught = {(one.kind, one.subject) for one in programmes}
    for kind, subjects in raw["profile_rules"].items():
        for subject, by_level in subjects.items():
            if (kind, subject) not in taught:
                yield f"profile rules: nobody offers {kind} {subject}"
            if set(by_level) != set(LEVELS_WITH_PROFILE):
                yield f"profile rules of {subject}: not for {' and '.join(LEVELS_WITH_PROFILE)}"
            for needs in by_level.values():
                yield from _needs(subject, needs)


def _needs(subject: str, needs: Raw) -> Iterator[str]:
    for profile, asked in needs.items():
        if profile not in PROFILES:
            yield f"profile rules of {subject}: unknown profile {profile}"
        unknown = set() if asked == NO_ACCESS else set(asked) - set(exam_subject_names())
        yield from (f"profile rules of {subject}: unknown exam subject {one}" for one in sorted(unknown))
    if all(needs.get(profile) == NO_ACCESS for profile in PROFILES):
        yield f"profile rules of {subject}: no profile gives access"


def _pabo_tests(raw: Raw) -> Iterator[str]:
    asked = {subject for subjects in raw["pabo_tests"].values() for subject in subjects}
    yield from (
        f"pabo tests: unknown exam subject {one}" for one in sorted(asked - set(exam_subject_names()))
    )
    for profile, subject in raw["profile_subjects"].items():
        if profile not in PROFILES:
            yield f"profile subjects: unknown profile {profile}"
        if subject not in asked:
            yield f"profile subjects: no test asks for {subject}"


def _equals_and_idle(raw: Raw, programmes: list[Programme]) -> Iterator[str]:
    """Yield the rules that fit a programme and level equally, and those that decide about nothing."""
    rules, used = raw["rules"], set()
    cases = {
        (one.kind, one.subject, one.isat, one.brin, level) for one in programmes for level in (*LEVELS, None)
    }
    equal: set[tuple[int, int]] = set()
    for kind, subject, isat, brin, level in cases:
        programme = {"kinds": kind, "subjects": subject, "isats": isat, "institutions": brin}
        found = [rules.index(rule) for rule in fitting_rules(rules, programme, level)]
        used |= set(found)
        equal |= set(combinations(found, 2))
    yield from (f"rules {first} and {second} fit equally" for first, second in sorted(equal))
    idle = set(range(len(rules))) - used
    yield from (f"rule {at} decides about nothing" for at in sorted(idle))
    yield from (
        f"rule {at}: no kinds" for at, rule in enumerate(rules) if not {"kinds", *NARROWERS} & set(rule)
    )
