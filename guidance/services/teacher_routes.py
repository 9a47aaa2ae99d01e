"""Finds the routes to teaching: the rows of steps of the rules for which there are programmes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from guidance.admission import Admission, admission_to, applicant_of
from guidance.catalogue import LEVELS, Level
from guidance.facts import FactsInText
from guidance.programme_filters import (
    Subject,
    is_cluster_of,
    label,
    level_named,
    subject_named,
)
from guidance.programme_words import admission_in_words
from guidance.services.programmes import ProgrammeQuery, find_programmes
from guidance.teacher_route_words import route_years, source_of_route, step_remark, step_years
from guidance.teacher_routes import (
    PRIMARY,
    Chain,
    Grade,
    RouteStep,
    StepRule,
    TeacherRoute,
    TeacherRoutes,
    Where,
    chains_from,
    grade_named,
)
from guidance.wording import render

PROGRAMMES_PAGE = "/opleidingen"
PAGE = "/opleidingen/route"


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
    admission = _admission(chain[0], wish, query) if wish.level in levels else None
    grades = [render(f"teacher_routes.grades.{grade}") for grade in last.teaches]
    return TeacherRoute(
        name=last.name,
        title=render(f"teacher_routes.titles.{last.name}"),
        levels=levels,
        steps=steps,
        years=route_years(chain, facts),
        teaches=render("teacher_routes.teaches", grades=grades),
        admission=admission_in_words(admission, wish.level) if admission else "",
        source=source_of_route(chain, facts, rule=admission.source if admission else ""),
    )


def _step(step: StepRule, subject: str | None, facts: FactsInText) -> RouteStep:
    where = _where(step, subject)
    return RouteStep(
        title=render(f"teacher_routes.steps.{step.name}", subject=subject),
        years=step_years(step, facts),
        remark=step_remark(step, subject, facts, is_broad=any(one.is_broad for one in where)),
        where=where,
    )


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
