"""Home of what a career file is made of, each part with the row it comes from."""

from dataclasses import dataclass
from datetime import date, datetime

from guidance.career_competencies import CareerCompetency
from guidance.check_in_changes import ClosedCheckIn
from guidance.summary_input import Person


@dataclass(frozen=True)
class Check:
    """A check-in that was closed with an outcome; the source is its row, such as "check_in_run:12"."""

    source: str
    closed_at: datetime
    closed: ClosedCheckIn


@dataclass(frozen=True)
class Experience:
    """Something of the job that the pupil did and a teacher confirmed, with what the teacher praised."""

    source: str
    day: date
    title: str | None = None
    compliment: str | None = None


@dataclass(frozen=True)
class Moment:
    """Another moment of the guidance log, with what it was when that is known."""

    source: str
    day: date
    title: str | None = None


@dataclass(frozen=True)
class SavedOne:
    """A programme that the pupil saved, with the note to it."""

    source: str
    name: str
    note: str | None = None


@dataclass(frozen=True)
class Talk:
    """A talk that was asked for or held, and with whom when that is known."""

    source: str
    day: date
    partner: str | None = None


@dataclass(frozen=True)
class NextStep:
    """What to do next and by when, and the rows that decided it."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class CareerFacts:
    """All that the lines of a career file follow from; no safety notice and no topic asked about."""

    person: Person
    today: date
    checks: tuple[Check, ...] = ()
    experiences: tuple[Experience, ...] = ()
    events: tuple[Moment, ...] = ()
    mentor_answers: tuple[Moment, ...] = ()
    saved: tuple[SavedOne, ...] = ()
    talks_held: tuple[Talk, ...] = ()
    talk_asked: Talk | None = None
    next_step: NextStep | None = None


@dataclass(frozen=True)
class OwnEntry:
    """A line that the pupil wrote, as it is now."""

    id: int
    section: CareerCompetency
    text: str
    written_at: datetime
    is_removed: bool = False


@dataclass(frozen=True)
class Wording:
    """What the pupil made of one line that follows from the facts: other words, or left out."""

    key: str
    section: CareerCompetency
    text: str | None = None
    is_left_out: bool = False
