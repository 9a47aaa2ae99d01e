"""Home of what a summary is made of, each part with the row it comes from."""

from dataclasses import dataclass
from datetime import date

from guidance.on_time import OnTime


@dataclass(frozen=True)
class Person:
    """Who the summary is about; the source is the row it comes from, such as "pupil:1"."""

    source: str
    class_name: str | None = None
    profile: str | None = None
    leerjaar: int | None = None
    exam_year: int | None = None


@dataclass(frozen=True)
class Quote:
    """What the pupil wrote."""

    source: str
    text: str


@dataclass(frozen=True)
class Interests:
    """The strongest interests of one check-in, in words; equals together, none when no field stands out."""

    source: str
    strongest: tuple[str, ...]


@dataclass(frozen=True)
class Competences:
    """Where a competence check-in leaves the job and the study, in words of guidance/bekwaamheden.py."""

    source: str
    job: str
    study: str


@dataclass(frozen=True)
class Confirmed:
    """An experience that a teacher confirmed: its kind in one word, and when; without the compliment."""

    source: str
    kind: str
    day: date


@dataclass(frozen=True)
class LookedAt:
    """A programme the pupil saved, with its distance from school in km when known."""

    source: str
    name: str
    distance_km: float | None = None
    has_admission_problem: bool = False


@dataclass(frozen=True)
class Standing:
    """Where the pupil stands against the deadline, and the moment that decided it, if any."""

    on_time: OnTime
    source: str | None = None


@dataclass(frozen=True)
class SummaryFacts:
    """All that a summary is made of; safety notices are not among it."""

    person: Person
    talk_source: str
    requested_on: date
    talk_words: str | None = None
    standing: Standing | None = None
    interests: Interests | None = None
    earlier: Interests | None = None
    competences: Competences | None = None
    quotes: tuple[Quote, ...] = ()
    programmes: tuple[LookedAt, ...] = ()
    experiences: tuple[Confirmed, ...] = ()
