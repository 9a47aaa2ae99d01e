"""A pupil's career file: made anew from what was done, with what the pupil wrote, changed and left out."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance.career_competencies import CareerCompetency
from guidance.career_file import CareerFile, FileLine, compose
from guidance.career_file_input import OwnEntry, Wording
from guidance.clock import school_day
from guidance.errors import CareerFileFull, NotFound, SignInNeeded, WordsEmpty
from guidance.kept_words import kept_words
from guidance.models.accounts import Staff
from guidance.models.career_file import LONGEST_ENTRY, CareerFileEntry, CareerFileLine
from guidance.models.pupil import Pupil
from guidance.services.career_facts import career_facts

# How many own lines a file holds, those that were removed included.
MOST_ENTRIES = 100


def career_file_of(session: Session, pupil: Pupil, *, today: date) -> CareerFile:
    """Return the career file of a pupil on this day; only the pupil asks for it."""
    _require_signed_in(pupil)
    entries = [
        OwnEntry(row.id, CareerCompetency(row.section), row.text, row.created_at, bool(row.removed_at))
        for row in session.scalars(select(CareerFileEntry).where(CareerFileEntry.pupil_id == pupil.id))
    ]
    wordings = [
        Wording(row.key, CareerCompetency(row.section), row.text, bool(row.left_out_at))
        for row in session.scalars(select(CareerFileLine).where(CareerFileLine.pupil_id == pupil.id))
    ]
    return compose(career_facts(session, pupil, today=today), entries=entries, wordings=wordings)


def add_entry(
    session: Session, pupil: Pupil, section: CareerCompetency, text: str, *, form_id: str, now: datetime
) -> CareerFileEntry:
    """Add an own line; a form sent twice adds it once."""
    words = _words(session, pupil, text)
    # The same form sent twice at the same moment waits here.
    session.refresh(pupil, with_for_update=True)
    own = select(CareerFileEntry).where(CareerFileEntry.pupil_id == pupil.id)
    if earlier := session.scalars(own.where(CareerFileEntry.form_id == form_id)).one_or_none():
        return earlier
    if session.scalars(select(func.count()).select_from(own.subquery())).one() >= MOST_ENTRIES:
        raise CareerFileFull(f"pupil {pupil.id}", limit=MOST_ENTRIES)
    entry = CareerFileEntry(pupil=pupil, section=section, text=words, form_id=form_id, created_at=now)
    session.add(entry)
    session.flush()
    return entry


def change_entry(
    session: Session, pupil: Pupil, entry_id: int, text: str, *, now: datetime
) -> CareerFileEntry:
    """Say an own line otherwise."""
    words, entry = _words(session, pupil, text), _get_entry(session, pupil, entry_id)
    if entry.text != words:
        entry.text, entry.changed_at = words, now
    return entry


def remove_entry(session: Session, pupil: Pupil, entry_id: int, *, now: datetime) -> CareerFileEntry:
    """Take an own line out of the file; it can be put back."""
    entry = _get_entry(session, pupil, entry_id)
    entry.removed_at = entry.removed_at or now
    return entry


def restore_entry(session: Session, pupil: Pupil, entry_id: int) -> CareerFileEntry:
    """Put an own line back."""
    entry = _get_entry(session, pupil, entry_id)
    entry.removed_at = None
    return entry


def erase_entry(session: Session, pupil: Pupil, entry_id: int) -> CareerCompetency | None:
    """Erase an own line that was removed, and return its section; one that is gone stays gone.

    What a pupil took out serves nothing but putting it back, so it need not wait for the end of the file.
    """
    _require_signed_in(pupil)
    entry = session.get(CareerFileEntry, entry_id)
    if entry is None or entry.pupil_id != pupil.id:
        return None
    if entry.removed_at is None:
        raise NotFound(f"a removed entry {entry_id} of pupil {pupil.id}")
    section = CareerCompetency(entry.section)
    session.delete(entry)
    session.flush()
    return section


def reword_line(session: Session, pupil: Pupil, key: str, text: str, *, now: datetime) -> CareerFileLine:
    """Say a line that follows from what was done in the pupil's own words."""
    words = _words(session, pupil, text)
    row = _find_or_add_line(session, pupil, key, now=now)
    row.text, row.changed_at = words, now
    session.flush()
    return row


def leave_out_line(session: Session, pupil: Pupil, key: str, *, now: datetime) -> CareerFileLine:
    """Leave a line that follows from what was done out of the file."""
    row = _find_or_add_line(session, pupil, key, now=now)
    row.left_out_at = row.left_out_at or now
    session.flush()
    return row


def restore_line(session: Session, pupil: Pupil, key: str, *, now: datetime) -> CareerCompetency:
    """Put a line that was left out back as it was said last, and return its section; safe to repeat."""
    row = _find_line(session, pupil, key)
    if row is None:
        return _get_line(session, pupil, key, today=school_day(now)).line.section
    row.left_out_at, row.changed_at = None, now
    return _tidied(session, row)


def forget_wording(session: Session, pupil: Pupil, key: str, *, now: datetime) -> CareerCompetency:
    """Say a line as it follows again, without the pupil's own words; safe to repeat."""
    row = _find_line(session, pupil, key)
    if row is None:
        return _get_line(session, pupil, key, today=school_day(now)).line.section
    row.text, row.changed_at = None, now
    return _tidied(session, row)


def _tidied(session: Session, row: CareerFileLine) -> CareerCompetency:
    """Remove a row that says nothing any more, and return its section."""
    section = CareerCompetency(row.section)
    if row.text is None and row.left_out_at is None:
        session.delete(row)
    session.flush()
    return section


def _require_signed_in(pupil: Pupil) -> None:
    if pupil.is_anonymous:
        raise SignInNeeded(f"pupil {pupil.id} is anonymous")


def _words(session: Session, pupil: Pupil, text: str) -> str:
    """Return a text as it may be kept: without personal data but the names of the school's staff."""
    _require_signed_in(pupil)
    staff = session.scalars(select(Staff.name).where(Staff.school_id == pupil.school_id)).all()
    words = kept_words(text, longest=LONGEST_ENTRY, keep=staff)
    if not words:
        raise WordsEmpty(f"pupil {pupil.id}")
    return words


def _get_entry(session: Session, pupil: Pupil, entry_id: int) -> CareerFileEntry:
    _require_signed_in(pupil)
    entry = session.get(CareerFileEntry, entry_id)
    if entry is None or entry.pupil_id != pupil.id:
        raise NotFound(f"entry {entry_id} for pupil {pupil.id}")
    return entry


def _find_line(session: Session, pupil: Pupil, key: str) -> CareerFileLine | None:
    _require_signed_in(pupil)
    own = select(CareerFileLine).where(CareerFileLine.pupil_id == pupil.id, CareerFileLine.key == key)
    return session.scalars(own).one_or_none()


def _find_or_add_line(session: Session, pupil: Pupil, key: str, *, now: datetime) -> CareerFileLine:
    # Two forms at the same moment wait for each other here.
    session.refresh(pupil, with_for_update=True)
    if row := _find_line(session, pupil, key):
        return row
    line = _get_line(session, pupil, key, today=school_day(now)).line
    row = CareerFileLine(pupil=pupil, key=key, section=line.section, changed_at=now)
    session.add(row)
    return row


def _get_line(session: Session, pupil: Pupil, key: str, *, today: date) -> FileLine:
    """Return the line with this key in the pupil's own file as it is today, or raise NotFound."""
    for section in career_file_of(session, pupil, today=today).sections:
        for told in (*section.lines, *section.left_out):
            if told.line.key == key:
                return told
    raise NotFound(f"a line of the career file of pupil {pupil.id}")
