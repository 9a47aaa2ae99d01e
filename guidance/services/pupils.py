"""Pupils as their own dean sees them: the class list, and who one pupil is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from unicodedata import combining, normalize

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.models.accounts import DEAN, Staff
from guidance.models.pupil import Pupil
from guidance.models.talks import Summary, TalkRequest
from guidance.on_time import State
from guidance.services.guidance_log import OnTimeFigures, on_time_of_school

TALK_ASKED = "talk_asked"
UNKNOWN = "unknown"
# The order of the class list: who asks for the dean, who can still be reached in time, who was missed.
STANDINGS = (TALK_ASKED, State.STILL_OPEN, State.TOO_LATE, State.ON_TIME, UNKNOWN)

# Who has no deadline to make comes after those who have.
NO_WEEKS = 10_000


@dataclass(frozen=True)
class TalkMarks:
    """The last talk a pupil asked for: when, whether it was held, and what became of its summary."""

    requested_at: datetime
    discussed_at: datetime | None
    shared_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True)
class PupilRow:
    """One line of the class list; on_time is empty while no exam year is known."""

    pupil: Pupil
    on_time: OnTimeFigures | None
    talk: TalkMarks | None

    @property
    def waiting_since(self) -> datetime | None:
        """When the talk that is still to be held was asked for, if one was."""
        return self.talk.requested_at if self.talk and not self.talk.discussed_at else None

    @property
    def state(self) -> str:
        return self.on_time.now.state if self.on_time else UNKNOWN

    @property
    def standing(self) -> str:
        """The one of STANDINGS under which the list shows this pupil."""
        return TALK_ASKED if self.waiting_since else self.state

    @property
    def weeks_left(self) -> int | None:
        return self.on_time.now.weeks_left if self.on_time else None


@dataclass(frozen=True)
class Cohort:
    """How the pupils of one exam year stand, in numbers of pupils."""

    exam_year: int
    on_time: int
    still_open: int
    too_late: int

    @property
    def pupils(self) -> int:
        return self.on_time + self.still_open + self.too_late


def get_pupil_of_dean(session: Session, dean: Staff, pupil_id: int) -> Pupil:
    """Return a pupil on the roster of this dean's own school; anyone else finds nothing."""
    pupil = session.get(Pupil, pupil_id)
    if dean.role != DEAN or pupil is None or pupil.is_anonymous or pupil.school_id != dean.school_id:
        raise NotFound(f"pupil {pupil_id} for staff {dean.id}")
    return pupil


def list_pupils_of_dean(
    session: Session, dean: Staff, *, today: date, class_name: str | None = None, name: str | None = None
) -> list[PupilRow]:
    """Return the roster of the dean's school: who waits longest for a talk, then weeks left, then name."""
    refuse_others(dean)
    query = _roster(dean)
    if class_name:
        query = query.where(Pupil.class_name == class_name)
    on_time = on_time_of_school(session, dean.school, today=today)
    talks = _talks_of_school(session, dean.school_id)
    rows = (
        PupilRow(pupil, on_time.get(pupil.id), talks.get(pupil.id))
        for pupil in session.scalars(query)
        if _plain(name or "") in _plain(f"{pupil.first_name} {pupil.surname}")
    )
    return sorted(rows, key=_place_in_list)


def list_classes(session: Session, dean: Staff) -> list[str]:
    """Return the names of the classes of the dean's school."""
    refuse_others(dean)
    names = session.scalars(_roster(dean).with_only_columns(Pupil.class_name).distinct())
    return sorted(name for name in names if name)


def list_pupils_under_16(session: Session, dean: Staff, *, today: date) -> list[Pupil]:
    """Return who on the roster of the dean's school is under 16, or may be, by name."""
    refuse_others(dean)
    found = (pupil for pupil in session.scalars(_roster(dean)) if pupil.is_under_16(today))
    return sorted(found, key=lambda pupil: (*_names(pupil), pupil.id))


def waiting_longest_first(rows: Iterable[PupilRow]) -> list[PupilRow]:
    """Return who waits for a talk that was asked for."""
    waiting = [(row.waiting_since, row.pupil.id, row) for row in rows if row.waiting_since]
    return [row for _, _, row in sorted(waiting, key=itemgetter(0, 1))]


def cohorts_of(rows: Iterable[PupilRow]) -> list[Cohort]:
    """Count how pupils stand per exam year expected now, nearest exam first."""
    counts = Counter((row.on_time.now.exam_year, row.on_time.now.state) for row in rows if row.on_time)
    return [
        Cohort(
            year,
            on_time=counts[year, State.ON_TIME],
            still_open=counts[year, State.STILL_OPEN],
            too_late=counts[year, State.TOO_LATE],
        )
        for year in sorted({year for year, _ in counts})
    ]


def refuse_others(dean: Staff) -> None:
    """Raise NotFound for staff who are no dean."""
    if dean.role != DEAN:
        raise NotFound(f"staff {dean.id} is no dean")


def _roster(dean: Staff) -> Select[Pupil]:
    return select(Pupil).where(
        Pupil.school_id == dean.school_id, ~Pupil.is_anonymous, Pupil.left_on.is_(None)
    )


def _talks_of_school(session: Session, school_id: int) -> dict[int, TalkMarks]:
    latest = (
        select(func.max(TalkRequest.id))
        .join(Pupil, Pupil.id == TalkRequest.pupil_id)
        .where(Pupil.school_id == school_id)
        .group_by(TalkRequest.pupil_id)
    )
    rows = session.execute(
        select(
            TalkRequest.pupil_id,
            TalkRequest.requested_at,
            TalkRequest.discussed_at,
            Summary.shared_at,
            Summary.seen_at,
        )
        .outerjoin(Summary, Summary.talk_request_id == TalkRequest.id)
        .where(TalkRequest.id.in_(latest))
    )
    return {row.pupil_id: TalkMarks(*row[1:]) for row in rows}


def _place_in_list(row: PupilRow) -> tuple[int, float, int, str, str, int]:
    weeks = NO_WEEKS if row.weeks_left is None else row.weeks_left
    waiting = row.waiting_since.timestamp() if row.waiting_since else 0
    return STANDINGS.index(row.standing), waiting, weeks, *_names(row.pupil), row.pupil.id


def _names(pupil: Pupil) -> tuple[str, str]:
    return _plain(pupil.first_name or ""), _plain(pupil.surname or "")


def _plain(text: str) -> str:
    """Return a name as people type it when they search: no accents, no capitals, no double spaces."""
    letters = (sign for sign in normalize("NFKD", text) if not combining(sign))
    return " ".join("".join(letters).casefold().split())
