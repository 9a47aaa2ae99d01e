"""Use cases of the list of pupils: see what a list would change, and take it over, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.clock import school_day, school_year
from guidance.database import lock
from guidance.errors import NotFound, StaleForm
from guidance.models.accounts import DEAN, Staff
from guidance.models.pupil import Pupil
from guidance.models.roster import RosterImport
from guidance.models.school import School
from guidance.on_time import expected_exam_year
from guidance.roster_csv import Roster, RosterLine, Value, read_roster
from guidance.services.audit import record_change
from guidance.services.placements import note_placements

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class ListedPupil:
    """A pupil as the dean knows one: number, name and class, and which fields get another value."""

    key: str
    name: str
    class_name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterChanges:
    """What a list does to the pupils of a school; who is missing from it stays as they were."""

    digest: str
    new: tuple[ListedPupil, ...]
    changed: tuple[ListedPupil, ...]
    unchanged: int
    missing: tuple[ListedPupil, ...]
    unknown_columns: tuple[str, ...] = ()
    is_unverified: bool = False

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "missing": len(self.missing),
        }


def preview_roster(session: Session, dean: Staff, text: str | bytes, *, now: datetime) -> RosterChanges:
    """Return what a list would change at the dean's school; nothing is stored. Raises FileRefused."""
    return preview_at_school(session, _school_of(dean), read_roster(text), now=now)


def import_roster(
    session: Session, dean: Staff, text: str | bytes, *, digest: str, now: datetime
) -> RosterChanges:
    """Take a list over as it was previewed; raise StaleForm when it is another one."""
    school = _school_of(dean)
    roster = read_roster(text)
    if roster.digest != digest:
        raise StaleForm("another list than the one that was previewed")
    return import_at_school(session, school, roster, actor=Actor(dean.role, dean.id), now=now)


def preview_at_school(session: Session, school: School, roster: Roster, *, now: datetime) -> RosterChanges:
    """Return what a list would change at a school; nothing is stored."""
    return _Plan(session, school, roster, now).changes


def import_at_school(
    session: Session, school: School, roster: Roster, *, actor: Actor, now: datetime
) -> RosterChanges:
    """Take a list over for a school; the same list again changes nothing."""
    lock(session, school)
    plan = _Plan(session, school, roster, now)
    for line in roster.lines:
        pupil = plan.pupils.get(line.key)
        if pupil is None:
            pupil = Pupil(school_id=school.id, created_at=now)
            session.add(pupil)
            plan.pupils[line.key] = pupil
        for name, value in plan.differences(line, pupil).items():
            setattr(pupil, name, value)
    listed = [plan.pupils[line.key] for line in roster.lines]
    note_placements(session, listed, plan.school_year, now=now)
    if plan.changes.new or plan.changes.changed:
        counts = f"{len(plan.changes.new)} new, {len(plan.changes.changed)} changed"
        record_change(session, school.id, actor, f"roster: {counts}", now=now)
    return plan.changes


def keep_preview(
    session: Session, dean: Staff, content: str | bytes, *, now: datetime
) -> tuple[RosterImport, RosterChanges]:
    """Preview a list and keep it for the dean's word; an earlier list of the same dean is dropped."""
    school, roster = _school_of(dean), read_roster(content)
    changes = preview_at_school(session, school, roster, now=now)
    session.execute(
        delete(RosterImport).where(RosterImport.made_by == dean.id, RosterImport.run_at.is_(None))
    )
    kept = RosterImport(
        school_id=school.id, digest=roster.digest, text=roster.table, made_by=dean.id, made_at=now
    )
    session.add(kept)
    session.flush()
    return kept, changes


def run_preview(
    session: Session, dean: Staff, import_id: int, *, digest: str, now: datetime
) -> RosterChanges:
    """Take over a list that was kept, once; raise StaleForm for a second time or an old one."""
    _school_of(dean)
    kept = session.get(RosterImport, import_id)
    if kept is None:
        # A newer list took its place, or the night did; that is no other school's.
        raise StaleForm(f"no list {import_id}")
    if kept.school_id != dean.school_id:
        raise NotFound(f"list {import_id} for staff {dean.id}")
    lock(session, kept)
    if kept.run_at or kept.text is None or now - kept.made_at > KEPT_FOR:
        raise StaleForm(f"list {import_id} was run or is old")
    changes = import_roster(session, dean, kept.text, digest=digest, now=now)
    kept.text, kept.run_at = None, now
    session.flush()
    return changes


def forget_previews(session: Session, *, now: datetime) -> int:
    """Drop the lists of more than a day ago, and return how many."""
    old = delete(RosterImport).where(RosterImport.made_at < now - KEPT_FOR)
    return len(session.scalars(old.returning(RosterImport.id)).all())


def _school_of(dean: Staff) -> School:
    if dean.role != DEAN:
        raise NotFound(f"list of pupils for staff {dean.id}")
    return dean.school


class _Plan:
    """What a list says beside what is stored, read once."""

    def __init__(self, session: Session, school: School, roster: Roster, now: datetime) -> None:
        self.school_year = school_year(school_day(now))
        known = select(Pupil).where(Pupil.school_id == school.id, ~Pupil.is_anonymous)
        every = list(session.scalars(known.order_by(Pupil.class_name, Pupil.surname, Pupil.id)))
        self.pupils = {pupil.roster_key: pupil for pupil in every if pupil.roster_key}
        self.changes = self._changes(roster, every)

    def differences(self, line: RosterLine, pupil: Pupil | None) -> dict[str, Value]:
        """Return the values that differ; what the file has no column for stays."""
        level, leerjaar = str(line.values["level"]), line.values["leerjaar"]
        assert isinstance(leerjaar, int)  # noqa: S101  the parser gives no other
        wanted = dict(line.values) | {
            "exam_year": expected_exam_year(level, leerjaar, self.school_year),
            # Who is in the list is at the school, also after having left.
            "left_on": None,
        }
        get: Callable[[str], Value] = lambda name: getattr(pupil, name, None)  # noqa: E731
        return {name: value for name, value in wanted.items() if get(name) != value}

    def _changes(self, roster: Roster, every: list[Pupil]) -> RosterChanges:
        new, changed = [], []
        for line in roster.lines:
            pupil = self.pupils.get(line.key)
            if pupil is None:
                new.append(_listed(line))
            elif names := tuple(self.differences(line, pupil)):
                changed.append(_listed(line, names))
        keys = {line.key for line in roster.lines}
        missing = [pupil for pupil in every if pupil.left_on is None and pupil.roster_key not in keys]
        return RosterChanges(
            roster.digest,
            tuple(new),
            tuple(changed),
            len(roster.lines) - len(new) - len(changed),
            tuple(_stored(pupil) for pupil in missing),
            roster.unknown_columns,
            roster.is_unverified,
        )


def _listed(line: RosterLine, fields: tuple[str, ...] = ()) -> ListedPupil:
    name = f"{line.values['first_name']} {line.values['surname']}"
    return ListedPupil(line.key, name, str(line.values["class_name"]), fields)


def _stored(pupil: Pupil) -> ListedPupil:
    name = f"{pupil.first_name or ''} {pupil.surname or ''}".strip()
    return ListedPupil(pupil.roster_key or "", name, pupil.class_name or "")
