"""Home of the lines of a career file: each follows from facts, and names the row it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.bekwaamheden import Bekwaamheid, Standing
from guidance.career_competencies import CareerCompetency
from guidance.career_file_input import CareerFacts, Check, Experience, Moment, Talk
from guidance.check_in_changes import interest_change
from guidance.competence_outcome import YES, CompetenceOutcome, competence_outcome
from guidance.competence_outcome_replies import field_name
from guidance.expectation_outcome import ExpectationOutcome, expectation_outcome
from guidance.expectation_outcome_replies import statements
from guidance.facts import FactsInText
from guidance.interest_outcome import LIKED, InterestOutcome, interest_outcome
from guidance.knowledge import source_line
from guidance.wording import render

MOTIVES, QUALITIES, EXPLORATION, DIRECTION, NETWORKING = CareerCompetency
INTEREST, COMPETENCE, EXPECTATION = "interest", "competence", "expectation"
# How many activities a line names.
MOST_LIKED = 3
TEACHING = "teaching"


@dataclass(frozen=True)
class Line:
    """One line: what kind it is, the key that stays its own, the rows it comes from, and those in words."""

    section: CareerCompetency
    kind: str
    key: str
    text: str
    sources: tuple[str, ...]
    origin: str = ""


def derived_lines(facts: CareerFacts) -> list[Line]:
    """Return the lines that follow from these facts, by section; the order of the facts changes nothing."""
    return [
        *_motives(facts),
        *_qualities(facts),
        *_compliments(facts),
        *_exploration(facts),
        *_direction(facts),
        *_networking(facts),
    ]


def newest_checks(facts: CareerFacts, instrument: str) -> list[Check]:
    """Return the check-ins of one kind with enough answers for an outcome, newest first."""
    told = [one for one in facts.checks if one.closed.instrument.name == instrument and not _is_thin(one)]
    return sorted(told, key=lambda one: (one.closed_at, one.source), reverse=True)


def interest_of(check: Check) -> InterestOutcome:
    """Return the outcome of an interest check-in."""
    return interest_outcome(check.closed.instrument, check.closed.answers, check.closed.level)


def competence_of(check: Check) -> CompetenceOutcome:
    """Return the outcome of a competence check-in."""
    return competence_outcome(check.closed.instrument, check.closed.answers)


def expectation_of(check: Check) -> ExpectationOutcome:
    """Return the outcome of an expectation check-in."""
    return expectation_outcome(check.closed.instrument, check.closed.answers)


Outcome = InterestOutcome | CompetenceOutcome | ExpectationOutcome
OUTCOMES: Mapping[str, Callable[[Check], Outcome]] = {
    INTEREST: interest_of,
    COMPETENCE: competence_of,
    EXPECTATION: expectation_of,
}


def day_in_words(day: date) -> str:
    """Return a day as a line says it: 3 november 2026."""
    return render("career_file.day", day=day)


def _is_thin(check: Check) -> bool:
    return OUTCOMES[check.closed.instrument.name](check).is_too_thin


def _line(section: CareerCompetency, kind: str, key: str, *sources: str, origin: str, **values: Any) -> Line:
    text = " ".join(render(f"career_file.lines.{kind}", **values).split())
    return Line(section, kind, key, text, sources, origin)


def _origin(check: Check) -> str:
    title = check.closed.instrument.title
    return render("career_file.origins.check", title=title, day=day_in_words(check.closed.day))


def _motives(facts: CareerFacts) -> Iterator[Line]:
    newest, earlier, *_ = [*newest_checks(facts, INTEREST), None, None]
    if newest is None:
        return
    outcome, origin = interest_of(newest), _origin(newest)
    names = [[render(f"check_in.fields.{field}") for field in group.types] for group in outcome.standing_out]
    yield _line(
        MOTIVES, "strongest", f"{newest.source}:strongest", newest.source, origin=origin, groups=names
    )
    for kind, liked in (("liked", _liked(outcome)), ("teaching", _liked_teaching(outcome))):
        if liked:
            yield _line(MOTIVES, kind, f"{newest.source}:{kind}", newest.source, origin=origin, items=liked)
    if earlier is not None:
        change = interest_change(newest.closed, earlier.closed)
        day, sources = day_in_words(earlier.closed.day), (newest.source, earlier.source)
        yield _line(
            MOTIVES, "changed", f"{newest.source}:changed", *sources, origin=origin, then=day, **change
        )


def _liked(outcome: InterestOutcome) -> list[str]:
    reasons = {item for group in outcome.standing_out for item in group.reasons}
    return [item.text for item in outcome.instrument.items if item.id in reasons][:MOST_LIKED]


def _liked_teaching(outcome: InterestOutcome) -> list[str]:
    items = outcome.instrument.items_of(TEACHING)
    return [item.text for item in items if outcome.values.get(item.id, 0) >= LIKED][:MOST_LIKED]


def _qualities(facts: CareerFacts) -> Iterator[Line]:
    for check in newest_checks(facts, COMPETENCE)[:1]:
        outcome, origin = competence_of(check), _origin(check)
        for field in Bekwaamheid:
            if says := _says_yes(outcome, field):
                key = f"{check.source}:{field}"
                yield _line(
                    QUALITIES, "cell", key, check.source, origin=origin, name=field_name(field), says=says
                )
        for one in outcome.words:
            values = {"name": field_name(one.bekwaamheid), "words": one.text}
            yield _line(
                QUALITIES, "story", f"{check.source}:{one.item}", check.source, origin=origin, **values
            )


def _says_yes(outcome: CompetenceOutcome, field: Bekwaamheid) -> list[str]:
    """Return the questions that got a clear yes for one bekwaamheid."""
    cells = outcome.cells_that(Standing.CLEAR, YES)
    return [cell.asks.value for cell in cells if cell.bekwaamheid == field]


def _compliments(facts: CareerFacts) -> Iterator[Line]:
    for one in sorted(facts.experiences, key=_in_time):
        if one.compliment:
            origin = render("career_file.origins.experience", day=day_in_words(one.day))
            values = {"title": one.title, "words": one.compliment}
            yield _line(
                QUALITIES, "compliment", f"{one.source}:compliment", one.source, origin=origin, **values
            )


def _in_time(one: Experience | Moment | Talk) -> tuple[date, str, str]:
    """Return the order in which things that happened are told: by day, and then by what they were."""
    what = one.partner if isinstance(one, Talk) else one.title
    return one.day, what or "", one.source


def _exploration(facts: CareerFacts) -> Iterator[Line]:
    happened: Iterable[tuple[str, Sequence[Experience | Moment]]] = (
        ("experience", facts.experiences),
        ("event", facts.events),
    )
    for kind, moments in happened:
        for one in sorted(moments, key=_in_time):
            day = day_in_words(one.day)
            origin = render(f"career_file.origins.{kind}", day=day)
            yield _line(
                EXPLORATION, kind, f"{one.source}:{kind}", one.source, origin=origin, day=day, title=one.title
            )
    for check in newest_checks(facts, EXPECTATION)[:1]:
        yield from _surprises(check)


def _surprises(check: Check) -> Iterator[Line]:
    outcome = expectation_of(check)
    for item in outcome.surprises:
        (statement,) = statements(outcome.instrument, [item])
        shown = FactsInText(check.closed.day)
        for name in outcome.instrument.item(item).facts:
            shown.note(name)
        origin = f"{_origin(check)} {source_line(shown.shown)}".strip()
        yield _line(
            EXPLORATION, "surprise", f"{check.source}:{item}", check.source, origin=origin, **statement
        )


def _direction(facts: CareerFacts) -> Iterator[Line]:
    origin = render("career_file.origins.saved")
    for one in sorted(facts.saved, key=lambda one: (one.name, one.note or "", one.source)):
        yield _line(
            DIRECTION, "programme", one.source, one.source, origin=origin, name=one.name, note=one.note
        )
    if step := facts.next_step:
        origin = render("career_file.origins.step", day=day_in_words(facts.today))
        key = f"{facts.person.source}:next_step"
        yield _line(DIRECTION, "next_step", key, *step.sources, origin=origin, step=step.text)


def _networking(facts: CareerFacts) -> Iterator[Line]:
    origin = render("career_file.origins.talk")
    for one in sorted(facts.talks_held, key=_in_time):
        values = {"day": day_in_words(one.day), "partner": one.partner}
        yield _line(NETWORKING, "talk_held", f"{one.source}:held", one.source, origin=origin, **values)
    if asked := facts.talk_asked:
        values = {"day": day_in_words(asked.day), "partner": asked.partner}
        yield _line(NETWORKING, "talk_asked", f"{asked.source}:asked", asked.source, origin=origin, **values)
    for answer in sorted(facts.mentor_answers, key=_in_time):
        day = day_in_words(answer.day)
        origin = render("career_file.origins.mentor")
        yield _line(NETWORKING, "mentor", f"{answer.source}:mentor", answer.source, origin=origin, day=day)
