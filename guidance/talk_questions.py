"""Home of the three questions to bring to a talk: chosen by rules in content from what a pupil did."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from guidance.bekwaamheden import Standing
from guidance.career_file_input import CareerFacts
from guidance.career_lines import (
    COMPETENCE,
    EXPECTATION,
    INTEREST,
    competence_of,
    expectation_of,
    interest_of,
    newest_checks,
)
from guidance.competence_outcome_replies import cell_name
from guidance.content import read_content
from guidance.summary import YEAR_OF_PROFILE_CHOICE
from guidance.wording import fill, render

MOST_QUESTIONS, MOST_OF_RULE = 3, 2
RULES = "talk_questions"


@dataclass(frozen=True)
class TalkQuestion:
    """A question for the dean and one for at home, by which rule, from which rows, and those in words."""

    rule: str
    dean: str
    home: str
    why: str
    sources: tuple[str, ...]


class _Found(NamedTuple):
    source: str
    values: Mapping[str, Any] = {}


def talk_questions(facts: CareerFacts) -> tuple[TalkQuestion, ...]:
    """Return three questions: one of each rule that finds something, in order, then a second of each."""
    by_rule = [_questions_of(rule, facts) for rule in _rules()]
    by_turn = [one for turn in zip_longest(*by_rule) for one in turn if one is not None]
    # What always holds comes after all that is this pupil's own.
    return tuple(sorted(by_turn, key=lambda one: one.rule == "always")[:MOST_QUESTIONS])


def _rules() -> list[dict[str, str]]:
    rules: list[dict[str, str]] = read_content(RULES)
    return rules


def _questions_of(rule: Mapping[str, str], facts: CareerFacts) -> list[TalkQuestion]:
    """Return the first questions of one rule; two rows that lead to one question give it once."""
    found: dict[str, TalkQuestion] = {}
    for one in FINDERS[rule["rule"]](facts):
        question = _question(rule, one)
        found.setdefault(question.dean, question)
    return list(found.values())[:MOST_OF_RULE]


def _question(rule: Mapping[str, str], found: _Found) -> TalkQuestion:
    dean, home = (fill(rule[whom], **found.values) for whom in ("dean", "home"))
    return TalkQuestion(rule["rule"], dean, home, rule.get("why", ""), (found.source,))


def _profile_choice(facts: CareerFacts) -> Iterator[_Found]:
    if facts.person.leerjaar == YEAR_OF_PROFILE_CHOICE and not facts.person.profile:
        yield _Found(facts.person.source)


def _doubt(facts: CareerFacts) -> Iterator[_Found]:
    for check in newest_checks(facts, COMPETENCE)[:1]:
        for cell in competence_of(check).cells_that(Standing.DOUBT):
            yield _Found(check.source, {"name": cell_name(cell)})


def _surprise(facts: CareerFacts) -> Iterator[_Found]:
    for check in newest_checks(facts, EXPECTATION)[:1]:
        outcome = expectation_of(check)
        for item in outcome.surprises:
            yield _Found(check.source, {"statement": outcome.instrument.item(item).text.rstrip(".")})


def _programme(facts: CareerFacts) -> Iterator[_Found]:
    for one in sorted(facts.saved, key=lambda one: (one.name, one.source)):
        yield _Found(one.source, {"name": one.name})


def _interest(facts: CareerFacts) -> Iterator[_Found]:
    for check in newest_checks(facts, INTEREST)[:1]:
        for group in interest_of(check).standing_out:
            for field in group.types:
                yield _Found(check.source, {"name": render(f"check_in.fields.{field}")})


def _nothing_done(facts: CareerFacts) -> Iterator[_Found]:
    if not (facts.experiences or facts.events or facts.talks_held):
        yield _Found(facts.person.source)


def _always(facts: CareerFacts) -> Iterator[_Found]:
    yield _Found(facts.person.source)


FINDERS: Mapping[str, Callable[[CareerFacts], Iterator[_Found]]] = {
    "profile_choice": _profile_choice,
    "doubt": _doubt,
    "surprise": _surprise,
    "programme": _programme,
    "interest": _interest,
    "nothing_done": _nothing_done,
    "always": _always,
}
