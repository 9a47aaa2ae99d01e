"""Finds the routes to teaching: the rows of steps of the rules for which there are programmes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from guidance.admission import Admission, admission_to, applicant_of
from guidance.catalogue import LEVELS, Level
from guidance.facts import FactsInText
from guidance.knowledge_words import in_words
from guidance.programme_filters import (
    Subject,
    is_cluster_of,
    label,
    level_named,
    subject_named,
)
from guidance.programme_words import admission_in_words
from guidance.services.programmes import ProgrammeQuery, find_programmes
from guidance.teacher_routes import (
    PRIMARY,
    Grade,
    RouteStep,
    StepRule,
    TeacherRoute,
    TeacherRoutes,
    Where,
    chains_from,
    grade_named,
)
from guidance.wording import render, texts_of

PROGRAMMES_PAGE = "/opleidingen"
PAGE = "/opleidingen/route"
STUDY_LOAD = "study_load"
# What else a step stands on, by the names of facts.yml.
FACT_OF_STEP = {
    "hbo_master": "entry",
    "module": "educational_minor",
    "sport_or_arts": "first_degree_by_hbo",
    "university_bachelor": "university_routes",
}
FACT_OF_ALL = "qualifications"
OTHER_STUDIES = "other_studies"


@dataclass(frozen=True)
class RouteQuery:
    """What someone wants to teach to whom, and what they do now, in their own words."""

    subject: str | None = None
    grade: str | None = None
    level: str | None = None
    profile: str | None = None
    exam_subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wish:
    """The query in the words of the rules."""

    subject: Subject | None
    grade: Grade | None
    level: Level | None


Chain = tuple[StepRule, ...]


def find_teacher_routes(query: RouteQuery, *, today: date) -> TeacherRoutes:
    """Return the routes from this level to this teaching, or raise UnusableFilter."""
    wish = _Wish(subject_named(query.subject), grade_named(query.grade), level_named(query.level))
    # What cannot be used is refused here, also where no step asks for it.
    applicant_of(query.level, query.profile, query.exam_subjects)
    chains = _chains(wish)
    other_levels = {} if chains or not wish.level else _chains(_Wish(wish.subject, wish.grade, None))
    others = other_levels or ({} if chains else _chains(_Wish(wish.subject, None, wish.level)))
    return TeacherRoutes(
        subject=wish.subject.name if wish.subject else None,
        grade=wish.grade,
        level=wish.level,
        heading=_heading(wish),
        routes=tuple(_route(chain, levels, wish, query, today) for chain, levels in chains.items()),
        none="" if chains else _none(wish, is_other_level=bool(other_levels), is_other_grade=bool(others)),
        others=tuple(_route(chain, levels, wish, query, today) for chain, levels in others.items()),
        search=_all_programmes(wish),
        url=_url_of(
            PAGE,
            subject=wish.subject.name if wish.subject else None,
            grade=wish.grade,
            level=wish.level,
            profile=query.profile,
            exam_subjects=",".join(query.exam_subjects),
        ),
    )


def _chains(wish: _Wish) -> dict[Chain, tuple[Level, ...]]:
    """Return the rows of steps that can be taken, each with the levels it begins from."""
    levels: tuple[Level, ...] = (wish.level,) if wish.level else LEVELS
    found: dict[Chain, tuple[Level, ...]] = {}
    for level in levels:
        for chain in chains_from(level):
            if _leads_to(chain, wish) and all(_can_be_taken(step, wish.subject) for step in chain):
                found[chain] = (*found.get(chain, ()), level)
    return found


def _leads_to(chain: Chain, wish: _Wish) -> bool:
    """Tell whether one teaches this after a row of steps; a primary school asks for no one subject."""
    teaches = chain[-1].teaches
    if wish.grade:
        return wish.grade in teaches
    return wish.subject is None or (PRIMARY in teaches) == (wish.subject.name == chain[-1].subject)


def _can_be_taken(step: StepRule, subject: Subject | None) -> bool:
    return not step.kinds or bool(_where(step, subject.name if subject else None))


@lru_cache(maxsize=1024)
def _where(step: StepRule, subject: str | None) -> tuple[Where, ...]:
    """Return where a step can be done, kind by kind; a kind without programmes is left out."""
    wanted = step.subject or subject
    found = []
    for kind in step.kinds:
        query = ProgrammeQuery(kind=kind, subject=wanted, degree=step.degree)
        programmes = [one.programme for one in find_programmes(query).programmes]
        if programmes:
            url = _url_of(PROGRAMMES_PAGE, kind=kind, subject=wanted, degree=step.degree)
            is_broad = wanted is not None and is_cluster_of(wanted, programmes[0].subject)
            found.append(Where(kind, label("kind", kind), len(programmes), url, is_broad))
    return tuple(found)


def _route(
    chain: Chain, levels: tuple[Level, ...], wish: _Wish, query: RouteQuery, today: date
) -> TeacherRoute:
    facts = FactsInText(today)
    subject = wish.subject.name if wish.subject else None
    own = {"level": wish.level, "profile": query.profile, "exam_subjects": ",".join(query.exam_subjects)}
    first = _step(chain[0], subject, facts)
    # Whoever begins this route finds there whether they may.
    begun = (
        tuple(replace(one, url=one.url + "&" + _asked(own)) for one in first.where)
        if wish.level in levels
        else first.where
    )
    steps = (replace(first, where=begun), *(_step(step, subject, facts) for step in chain[1:]))
    last = chain[-1]
    for name in (FACT_OF_ALL, *(FACT_OF_STEP[step.name] for step in chain if step.name in FACT_OF_STEP)):
        facts.note(name)
    is_long = last.name == "hbo_master"
    years = render("teacher_routes.years", numbers=_numbers(_total(chain, facts)), is_long=is_long)
    admission = _admission(chain[0], wish, query) if wish.level in levels else None
    grades = [render(f"teacher_routes.grades.{grade}") for grade in last.teaches]
    return TeacherRoute(
        name=last.name,
        title=render(f"teacher_routes.titles.{last.name}"),
        levels=levels,
        steps=steps,
        years=years[0].upper() + years[1:],
        teaches=render("teacher_routes.teaches", grades=grades),
        admission=admission_in_words(admission, wish.level) if admission else "",
        source=_source(facts, admission),
    )


def _step(step: StepRule, subject: str | None, facts: FactsInText) -> RouteStep:
    where = _where(step, subject)
    return RouteStep(
        title=render(f"teacher_routes.steps.{step.name}", subject=subject),
        years=_step_years(step, facts),
        remark=_remark(step, subject, facts, is_broad=any(one.is_broad for one in where)),
        where=where,
    )


def _remark(step: StepRule, subject: str | None, facts: FactsInText, *, is_broad: bool) -> str:
    site = facts.edition(OTHER_STUDIES).values["site"]
    said = [render(f"teacher_routes.remarks.{step.name}", site=site)] if step.name in _remarks() else []
    if is_broad:
        said.append(render("teacher_routes.broad", subject=subject))
    return " ".join(said)


def _remarks() -> Mapping[str, str]:
    found: Mapping[str, str] = texts_of("teacher_routes.remarks")
    return found


def _years_of(step: StepRule, facts: FactsInText) -> list[float]:
    load = facts.edition(STUDY_LOAD).values
    facts.note(STUDY_LOAD)
    return [load[size] / load["year_of_study"] for size in step.load]


def _total(chain: Chain, facts: FactsInText) -> list[float]:
    """Return how many years a row of steps takes, at least and at most."""
    sizes = [years for step in chain if (years := _years_of(step, facts))]
    return sorted({sum(map(min, sizes)), sum(map(max, sizes))})


def _step_years(step: StepRule, facts: FactsInText) -> str:
    numbers = _numbers(_years_of(step, facts))
    return render("teacher_routes.step_years", numbers=numbers, is_part=step.is_part)


def _numbers(years: list[float]) -> list[str]:
    return [in_words(int(value) if value.is_integer() else value) for value in years]


def _admission(first: StepRule, wish: _Wish, query: RouteQuery) -> Admission | None:
    """Return what the first step asks of this person; nothing where it has no programme or no subject."""
    where = _where(first, wish.subject.name if wish.subject else None)
    taught = first.subject or (_name_in_catalogue(wish.subject) if wish.subject else None)
    if not where or taught is None:
        return None
    applicant = applicant_of(wish.level, query.profile, query.exam_subjects)
    return admission_to(where[0].kind, taught, applicant)


def _name_in_catalogue(subject: Subject) -> str:
    return subject.name if subject.name in subject.catalogue else min(subject.catalogue, default=subject.name)


def _source(facts: FactsInText, admission: Admission | None) -> str:
    """Return where figures and rules come from; two facts of one publication are one source."""
    named = {(fact.publisher, fact.year) for fact in facts.shown if fact.publisher}
    sources = [
        render("teacher_routes.source_of_fact", publisher=who, year=year) for who, year in sorted(named)
    ]
    rule = [admission.source] if admission and admission.source else []
    return render("teacher_routes.source", sources=[*sources, *rule])


def _heading(wish: _Wish) -> str:
    subject = wish.subject.name if wish.subject and wish.grade != PRIMARY else None
    grade = render(f"teacher_routes.grades.{wish.grade}") if wish.grade else None
    return render("teacher_routes.heading", subject=subject, grade=grade)


def _none(wish: _Wish, *, is_other_level: bool, is_other_grade: bool) -> str:
    words = render("teacher_routes.none", level=label("level", wish.level) if wish.level else None)
    other = "none_at_level" if is_other_level else "none_in_grade" if is_other_grade else "none_at_all"
    return f"{words} {render(f'teacher_routes.{other}')}"


def _all_programmes(wish: _Wish) -> Where | None:
    subject = wish.subject.name if wish.subject else None
    found = find_programmes(ProgrammeQuery(subject=subject)).programmes
    if not found:
        return None
    words = render("teacher_routes.search", subject=subject, count=len(found))
    return Where(found[0].programme.kind, words, len(found), _url_of(PROGRAMMES_PAGE, subject=subject or ""))


def _url_of(page: str, **asked: str | None) -> str:
    return f"{page}?{_asked(asked)}" if any(asked.values()) else page


def _asked(values: Mapping[str, str | None]) -> str:
    return urlencode({name: value for name, value in values.items() if value})
