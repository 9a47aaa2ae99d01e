"""Home of the words that an answer's template may use beside the facts: dates, counts and what is nearest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from guidance.asker import Asker
from guidance.catalogue import Programme, read_catalogue
from guidance.distance import distance_km
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.facts import FactsInText, money, number
from guidance.on_time import deadline, first_exam_day
from guidance.pabo_tests import PaboTests, pabo_tests_of, profile_subject
from guidance.places import find_place
from guidance.profile_rules import SubjectRules, rules_of, subjects_with
from guidance.programme_filters import label, subject_named
from guidance.wording import render

NUMBER_WORDS = {0.5: "half", 1: "one", 1.5: "one_and_a_half", 2: "two", 3: "three", 4: "four"}
DAYS_TO_A_STEP = 14
# A day this near needs no year.
NEAR = timedelta(days=60)
CATALOGUE = "catalogue"
RULES = "profile_rules"
TESTS = "pabo_tests"
# Whoever leaves school begins none of these first.
NOT_A_FIRST_STEP = {"associate_degree", "educatieve_minor"}


@dataclass(frozen=True)
class Nearest:
    """The programme nearest to the pupil's school, in whole km."""

    institution: str
    city: str
    km: int


def words_for(asker: Asker, facts: FactsInText, *, kind: str | None, subject: str | None) -> dict[str, Any]:
    """Return what a template may use beside the facts, for this asker and what was asked about."""
    return {
        **words_of_facts(facts),
        **_words_of_time(asker),
        **_words_of_catalogue(asker, facts, kind=kind, subject=subject),
        **_words_of_rules(asker, facts),
        "label": label,
    }


def words_of_facts(facts: FactsInText) -> dict[str, Any]:
    """Return how figures are written, and how a fact is cited without one."""
    return {"number": number, "money": money, "in_words": in_words, "cite": facts.cite, "listed": listed}


def _words_of_time(asker: Asker) -> dict[str, Any]:
    return {
        "date": lambda day, year=None: date_in_words(day, year, today=asker.today),
        "is_past": lambda day, year: _day_of(day, year) < asker.today,
        "soon": asker.today + timedelta(days=DAYS_TO_A_STEP),
        "today": asker.today,
        "deadline": deadline(asker.exam_year) if asker.exam_year else None,
        "exam": first_exam_day(asker.exam_year) if asker.exam_year else None,
    }


def _words_of_catalogue(
    asker: Asker, facts: FactsInText, *, kind: str | None, subject: str | None
) -> dict[str, Any]:
    def programmes(**asked: str | None) -> list[Programme]:
        facts.note(CATALOGUE)
        return programmes_like(**asked)

    def nearest(**asked: str | None) -> Nearest | None:
        found = nearest_to(asker.school_place, programmes_like(**asked))
        if found:
            facts.note(CATALOGUE)
        return found

    return {
        "kind": kind,
        "subject": subject,
        "count": lambda **asked: len(programmes(**asked)),
        "cities": lambda **asked: sorted({one.city for one in programmes(**asked)}),
        "nearest": nearest,
    }


def _words_of_rules(asker: Asker, facts: FactsInText) -> dict[str, Any]:
    def rules(subject: str | None) -> SubjectRules | None:
        found = rules_of(asker.level, subject, asker.exam_subjects)
        if found:
            facts.note(RULES)
        return found

    def subjects_asking(outcome: str) -> list[str]:
        facts.note(RULES)
        return subjects_with(asker.level, asker.profile, outcome, asker.exam_subjects)

    def entry_tests() -> PaboTests:
        facts.note(TESTS)
        return pabo_tests_of((asker.profile or "").split("/"), asker.exam_subjects)

    return {
        "rules": rules,
        "subjects_asking": subjects_asking,
        "entry_tests": entry_tests,
        "profile_subject": profile_subject(asker.profile),
    }


def programmes_like(
    *, kind: str | None = None, subject: str | None = None, form: str | None = None
) -> list[Programme]:
    """Return the programmes of the catalogue of this kind, subject and form; nothing asked means any."""
    named = subject_named(subject)
    return [
        one
        for one in read_catalogue()
        if kind in (None, one.kind)
        and (named is None or one.subject in named.catalogue)
        and (form is None or form in one.forms)
    ]


def nearest_to(place: str | None, programmes: list[Programme]) -> Nearest | None:
    """Return the programme nearest to a place; nothing if the place is not one we know for sure."""
    try:
        here = find_place(place).point if place else None
    except (UnknownPlace, AmbiguousPlace):
        here = None
    if here is None or not programmes:
        return None
    km, _, first = min((distance_km(here, one.point), one.key, one) for one in programmes)
    return Nearest(first.institution, first.city, round(km))


@cache
def kind_of_subject(subject: str | None) -> str | None:
    """Return the one kind of programme with which a school leaver begins in a subject, if there is one."""
    found = {one.kind for one in programmes_like(subject=subject) if one.entry} - NOT_A_FIRST_STEP
    return found.pop() if subject and len(found) == 1 else None


def in_words(value: float) -> str:
    """Write a small number in letters, and any other in figures."""
    return render(f"knowledge.numbers.{NUMBER_WORDS[value]}") if value in NUMBER_WORDS else number(value)


def listed(names: list[str]) -> str:
    """Write names as a sentence does: a, b en c."""
    return render("check_in.listed", names=list(names))


def date_in_words(
    day: date | Mapping[str, int], year: int | None = None, *, today: date | None = None
) -> str:
    """Write a day with its year; a yearly one has a year only when it is given, a day near today has none."""
    if isinstance(day, date):
        written = render("check_in.date", day=day)
        return written if today and abs(day - today) <= NEAR else f"{written} {day.year}"
    # A leap year has every day.
    written = render("check_in.date", day=_day_of(day, year or 2024))
    return f"{written} {year}" if year else written


def _day_of(day: Mapping[str, int], year: int) -> date:
    return date(year, day["month"], day["day"])
