"""Home of the words for one programme, wherever it is shown: in the chat and on the page."""

from datetime import date
from functools import cache

from guidance.admission import Admission
from guidance.catalogue import Level, Programme
from guidance.programme_filters import label
from guidance.wording import render

# Whoever learns a primary school's work learns every subject.
WHOLE_CURRICULUM = "basisonderwijs"


def name(programme: Programme) -> str:
    """Return what one becomes or studies: the kind, and the subject where it has one."""
    subject = "" if programme.subject == WHOLE_CURRICULUM else programme.subject
    return render(f"programmes.names.{programme.kind}", subject=subject)


def title(programme: Programme) -> str:
    """Return the name of a programme with its institution, which tells it from others in one city."""
    return f"{name(programme)}, {programme.institution}"


def admission_in_words(admission: Admission, level: Level | None) -> str:
    """Return whether one may start with this level, by which rule, and the step that remains."""
    who = render("admission.who", level=label("level", level), profiles=admission.profiles) if level else ""
    if not admission.step:
        return render("admission.unknown", who=who)
    # What is missing says by itself what it takes.
    opening = "" if admission.missing else render(f"admission.opening.{admission.outcome}", who=who)
    return f"{opening} {admission.step}".strip()


def check_in_words(programme: Programme) -> str:
    """Return whether there is a meeting before the start, or that it is not known."""
    return render("programmes.check", value=programme.studiekeuzecheck)


def distance_in_words(distance_km: float | None) -> str:
    """Return kilometres as a reader expects them, or that they are not known."""
    if distance_km is None:
        return render("programmes.unknown")
    return f"{distance_km:.1f} km".replace(".", ",")


def students_in_words(programme: Programme) -> str:
    """Return how many students and first-years there are and in which year, or that it is not known."""
    return render(
        "programmes.students",
        students=programme.students,
        first_years=programme.first_years,
        year=programme.figures_year,
    )


def source_in_words(programme: Programme, rule_source: str = "") -> str:
    """Return where the programme was read and when, and where the rule of admission stands."""
    return render(
        "programmes.source",
        source=programme.source,
        date=day_in_words(programme.source_date),
        rule_source=rule_source,
    )


@cache
def day_in_words(day: str) -> str:
    """Return a day of the catalogue, such as 2026-02-20, as a reader expects it."""
    read = date.fromisoformat(day)
    return f"{render('check_in.date', day=read)} {read.year}"
