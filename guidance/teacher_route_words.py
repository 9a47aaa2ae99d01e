"""Home of the words of a route to teaching: how long each step takes, what to know of it, and the sources."""

from collections.abc import Mapping

from guidance.facts import FactsInText
from guidance.knowledge_words import in_words
from guidance.teacher_routes import Chain, StepRule
from guidance.wording import render, texts_of

STUDY_LOAD = "study_load"
OTHER_STUDIES = "other_studies"
# What a step stands on beside its load, by the names of facts.yml; and what every route does.
FACT_OF_STEP = {
    "hbo_master": "entry",
    "module": "educational_minor",
    "sport_or_arts": "first_degree_by_hbo",
    "university_bachelor": "university_routes",
}
FACT_OF_ALL = "qualifications"
# Most who do this one work beside it.
TAKES_LONGER = "hbo_master"


def route_years(chain: Chain, facts: FactsInText) -> str:
    """Return how many years a row of steps takes, at least and at most."""
    sizes = [years for step in chain if (years := _years_of(step, facts))]
    total = sorted({sum(map(min, sizes)), sum(map(max, sizes))})
    is_long = chain[-1].name == TAKES_LONGER
    words = render("teacher_routes.years", numbers=_numbers(total), is_long=is_long)
    return words[0].upper() + words[1:]


def step_years(step: StepRule, facts: FactsInText) -> str:
    """Return how long one step takes, as a sentence."""
    numbers = _numbers(_years_of(step, facts))
    return render("teacher_routes.step_years", numbers=numbers, is_part=step.is_part)


def step_remark(step: StepRule, subject: str | None, facts: FactsInText, *, is_broad: bool) -> str:
    """Return what else to know of a step; nothing where there is nothing."""
    remarks: Mapping[str, str] = texts_of("teacher_routes.remarks")
    site = facts.edition(OTHER_STUDIES).values["site"]
    said = [render(f"teacher_routes.remarks.{step.name}", site=site)] if step.name in remarks else []
    if is_broad:
        said.append(render("teacher_routes.broad", subject=subject))
    return " ".join(said)


def source_of_route(chain: Chain, facts: FactsInText, *, rule: str) -> str:
    """Return where figures and the rule come from; two facts of one publication are one source."""
    for name in (FACT_OF_ALL, *(FACT_OF_STEP[step.name] for step in chain if step.name in FACT_OF_STEP)):
        facts.note(name)
    named = sorted({(fact.publisher, fact.year) for fact in facts.shown if fact.publisher})
    sources = [render("teacher_routes.source_of_fact", publisher=who, year=year) for who, year in named]
    return render("teacher_routes.source", sources=[*sources, *([rule] if rule else [])])


def _years_of(step: StepRule, facts: FactsInText) -> list[float]:
    load = facts.edition(STUDY_LOAD).values
    facts.note(STUDY_LOAD)
    return [load[size] / load["year_of_study"] for size in step.load]


def _numbers(years: list[float]) -> list[str]:
    return [in_words(int(value) if value.is_integer() else value) for value in years]
