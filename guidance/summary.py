"""Home of what a dean reads before a talk: eight fixed fields in at most 120 words, each with its sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.sensitive_words import is_sensitive
from guidance.summary_input import Interests, LookedAt, Standing, SummaryFacts
from guidance.wording import render

WORD_LIMIT = 120
# The most words of each field, in fixed order; with the labels they make the limit (a test adds them up).
WORDS_OF_FIELD = {
    "who_and_when": 17,
    "own_words": 14,
    "where_pupil_stands": 23,
    "experiences": 4,
    "programmes_looked_at": 17,
    "questions_and_step": 10,
    "opening_question": 9,
    "guidance_signal": 8,
}
FIELDS = tuple(WORDS_OF_FIELD)
OWN_WORDS = "own_words"
QUESTIONS = "questions_and_step"
# A quote under "open questions" takes its room from the quotes of the pupil's notes: seven words.
WORDS_FOR_TALK = 7
WORDS_OF_STEP = 4
MOST_QUOTES, MOST_PROGRAMMES, MOST_INTERESTS, MOST_EXPERIENCES = 2, 3, 2, 2
YEAR_OF_PROFILE_CHOICE = 3


@dataclass(frozen=True)
class Line:
    """One line of a summary, before anyone has struck it."""

    field: str
    text: str
    sources: tuple[str, ...]
    is_sensitive: bool = False


def compose(facts: SummaryFacts) -> list[Line]:
    """Return the lines of a summary in the fixed order of the fields; the same facts give the same lines."""
    return [
        _who_and_when(facts),
        *_own_words(facts),
        _where_pupil_stands(facts),
        _experiences(facts),
        _programmes_looked_at(facts),
        _questions_and_step(facts),
        _opening_question(facts),
        _guidance_signal(facts),
    ]


def label_of(field: str) -> str:
    """Return the heading of a field."""
    return render(f"summary.labels.{field}")


def word_count(text: str) -> int:
    """Return the number of words of a text, as a reader counts them."""
    return len(text.split())


def shortened(text: str, words: int) -> str:
    """Return a text of at most so many words on one line; a cut shows."""
    found = text.split()
    return " ".join(found) if len(found) <= words else " ".join(found[:words]) + "…"


def _line(field: str, text: str, *sources: str | None) -> Line:
    named = tuple(dict.fromkeys(source for source in sources if source))
    return Line(field, shortened(text, WORDS_OF_FIELD[field]), named)


def _who_and_when(facts: SummaryFacts) -> Line:
    person = facts.person
    values = {
        "class_name": shortened(person.class_name or "", 1),
        "profile": shortened(person.profile or "", 3),
        "exam_year": person.exam_year,
    }
    text = render("summary.who_and_when", **values, **_standing_values(facts.standing))
    return _line("who_and_when", text, person.source, facts.standing.source if facts.standing else None)


def _standing_values(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {"state": None}
    found = standing.on_time
    return {
        "state": found.state.value,
        "since": found.first_day and _day(found.first_day),
        "weeks_left": found.weeks_left,
        "deadline": _day(found.deadline.day),
        "provisional": found.deadline.provisional,
    }


def _day(day: date, *, with_year: bool = True) -> str:
    return render("summary.day", day=day, with_year=with_year)


def _own_words(facts: SummaryFacts) -> Iterator[Line]:
    most, room = MOST_QUOTES, WORDS_OF_FIELD[OWN_WORDS]
    if _has_talk_words(facts):
        most, room = 1, room - WORDS_FOR_TALK
    quotes = [quote for quote in facts.quotes if quote.text.split()][:most]
    if not quotes:
        yield _line(OWN_WORDS, render("summary.no_own_words"), facts.person.source)
    for quote in quotes:
        words = shortened(quote.text, room // len(quotes))
        # The whole quote counts: a cut may hide the word that hints.
        yield Line(
            OWN_WORDS, render("summary.own_words", quote=words), (quote.source,), is_sensitive(quote.text)
        )


def _where_pupil_stands(facts: SummaryFacts) -> Line:
    field = "where_pupil_stands"
    sources = [one.source for one in (facts.interests, facts.competences) if one] or [facts.person.source]
    if facts.interests is None:
        return _line(field, render("summary.no_interests", can=_can(facts)), *sources)
    text = _interests_text(facts.interests, _can(facts))
    if earlier := _changed(facts):
        longer = f"{text} {render('summary.earlier', names=_some_of(earlier)[0])}"
        if word_count(longer) <= WORDS_OF_FIELD[field]:
            return _line(field, longer, *sources, earlier.source)
    return _line(field, text, *sources)


def _can(facts: SummaryFacts) -> str:
    """Return what the competence check-in says of the job and the study."""
    found, unknown = facts.competences, render("summary.standings.not_discussed")
    return render("summary.can", job=found.job if found else unknown, study=found.study if found else unknown)


def _interests_text(interests: Interests, can: str) -> str:
    names, others = _some_of(interests)
    return render("summary.where_pupil_stands", names=names, others=others, can=can)


def _changed(facts: SummaryFacts) -> Interests | None:
    """Return what was strongest before, when that was something else."""
    earlier, newest = facts.earlier, facts.interests
    is_same = earlier and newest and set(earlier.strongest) == set(newest.strongest)
    return None if is_same else earlier


def _some_of(interests: Interests) -> tuple[tuple[str, ...], int]:
    """Return the names that fit in a line and the number of those that do not."""
    shown = tuple(shortened(name, 3) for name in interests.strongest[:MOST_INTERESTS])
    return shown, len(interests.strongest) - len(shown)


def _experiences(facts: SummaryFacts) -> Line:
    """Tell the newest experiences, each with month and year; the line traces to all of them."""
    if not facts.experiences:
        return _line("experiences", render("summary.no_experiences"), facts.person.source)
    newest = sorted(facts.experiences, key=lambda one: (one.day, one.source), reverse=True)
    shown = [(shortened(one.kind, 1), one.day) for one in newest[:MOST_EXPERIENCES]]
    text = render("summary.experiences", experiences=shown, others=len(newest) - len(shown))
    return _line("experiences", text, *(one.source for one in newest))


def _programmes_looked_at(facts: SummaryFacts) -> Line:
    field, shown = "programmes_looked_at", _shown_programmes(facts)
    if not shown:
        return _line(field, render("summary.no_programmes"), facts.person.source)
    texts = [_programme_text(programme, len(shown)) for programme in shown]
    is_measured = any(programme.distance_km is not None for programme in shown)
    text = render("summary.programmes_looked_at", programmes=texts, is_measured=is_measured)
    return _line(field, text, *(programme.source for programme in shown))


def _shown_programmes(facts: SummaryFacts) -> list[LookedAt]:
    """Return the programmes for the line, an admission problem first, else in the order of saving."""
    return sorted(facts.programmes, key=lambda programme: not programme.has_admission_problem)[
        :MOST_PROGRAMMES
    ]


def _programme_text(programme: LookedAt, count: int) -> str:
    km = None if programme.distance_km is None else round(programme.distance_km)
    room = (WORDS_OF_FIELD["programmes_looked_at"] - 2) // count
    extra = (0 if km is None else 2) + (3 if programme.has_admission_problem else 0)
    name = shortened(programme.name, max(1, room - extra))
    return render("summary.programme", name=name, km=km, problem=programme.has_admission_problem)


def _has_talk_words(facts: SummaryFacts) -> bool:
    return bool((facts.talk_words or "").split())


def _questions_and_step(facts: SummaryFacts) -> Line:
    if not _has_talk_words(facts):
        day = _day(facts.requested_on, with_year=False)
        return _line(QUESTIONS, render("summary.questions_and_step", day=day), facts.talk_source)
    words = facts.talk_words or ""
    quote = shortened(words, WORDS_OF_FIELD[QUESTIONS] + WORDS_FOR_TALK - WORDS_OF_STEP)
    text = render("summary.question_and_step", quote=quote)
    return Line(QUESTIONS, text, (facts.talk_source,), is_sensitive(words))


def _opening_question(facts: SummaryFacts) -> Line:
    field = "opening_question"
    if shown := _shown_programmes(facts):
        text = render("summary.opening_question_programme", name=shortened(shown[0].name, 4))
        return _line(field, text, shown[0].source)
    if facts.interests:
        return _line(field, render("summary.opening_question_interests"), facts.interests.source)
    return _line(field, render("summary.opening_question"), facts.person.source)


def _guidance_signal(facts: SummaryFacts) -> Line:
    person = facts.person
    needs_profile = person.leerjaar == YEAR_OF_PROFILE_CHOICE and not person.profile
    day = _day(facts.requested_on, with_year=False)
    text = render("summary.guidance_signal", day=day, needs_profile=needs_profile)
    return _line("guidance_signal", text, facts.talk_source, person.source if needs_profile else None)
