"""Programmes that a pupil saved: with a note, taken off and put back, and what changed around them since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from guidance.catalogue import Programme, programmes_by_key
from guidance.errors import GuidanceError, NotFound, TooManySaved
from guidance.kept_words import kept_words
from guidance.models.accounts import Staff
from guidance.models.programmes import LONGEST_NOTE, SavedProgramme
from guidance.models.pupil import Pupil
from guidance.programme_words import title
from guidance.services.programmes import ProgrammeQuery, find_programmes, get_programme

MOST_SAVED = 30
SEARCHED = ("near", "kind", "subject", "form", "level", "degree", "radius_km")
CAN_BE_PUT_BACK = timedelta(days=1)


@dataclass(frozen=True)
class News:
    """What changed around one saved programme: it is gone, or its search now finds others too."""

    saved: SavedProgramme
    is_gone: bool
    new: tuple[Programme, ...]


def save_programme(
    session: Session, pupil: Pupil, key: str, *, query: ProgrammeQuery | None = None, now: datetime
) -> SavedProgramme:
    """Keep a programme for a pupil; saving it again changes nothing, but puts back what was taken off."""
    programme = get_programme(key)
    session.refresh(pupil, with_for_update=True)
    _forget_removed(session, pupil, before=now - CAN_BE_PUT_BACK)
    if saved := session.scalar(_saved(pupil).where(SavedProgramme.programme == programme.key)):
        saved.removed_at = None
        return saved
    if len(list_saved_programmes(session, pupil)) >= MOST_SAVED:
        raise TooManySaved(f"pupil {pupil.id}", limit=MOST_SAVED)
    saved = SavedProgramme(
        pupil_id=pupil.id,
        programme=programme.key,
        name=f"{title(programme)}, {programme.city}",
        query=_as_stored(query) if query else None,
        known=_found_now(query) if query else None,
        saved_at=now,
    )
    session.add(saved)
    session.flush()
    return saved


def list_saved_programmes(session: Session, pupil: Pupil) -> list[SavedProgramme]:
    """Return what a pupil saved, oldest first; a programme that left the catalogue is among them."""
    standing = _saved(pupil).where(SavedProgramme.removed_at.is_(None))
    return list(session.scalars(standing.order_by(SavedProgramme.saved_at, SavedProgramme.id)))


def get_saved_programme(session: Session, pupil: Pupil, key: str) -> SavedProgramme:
    """Return what a pupil saved by its key, on the list or just taken off; that of another is not found."""
    saved = session.scalar(_saved(pupil).where(SavedProgramme.programme == key))
    if saved is None:
        raise NotFound(f"{key} was not saved by pupil {pupil.id}")
    return saved


def note_programme(session: Session, pupil: Pupil, key: str, text: str) -> SavedProgramme:
    """Keep a note in the pupil's own words; an empty one takes it away."""
    saved = get_saved_programme(session, pupil, key)
    staff = session.scalars(select(Staff.name).where(Staff.school_id == pupil.school_id)).all()
    saved.note = kept_words(text, longest=LONGEST_NOTE, keep=staff) or None
    session.flush()
    return saved


def remove_saved_programme(session: Session, pupil: Pupil, key: str, *, now: datetime) -> SavedProgramme:
    """Take a programme off the list; for a day it can be put back, and is then forgotten."""
    _forget_removed(session, pupil, before=now - CAN_BE_PUT_BACK)
    saved = get_saved_programme(session, pupil, key)
    saved.removed_at = saved.removed_at or now
    session.flush()
    return saved


def restore_saved_programme(session: Session, pupil: Pupil, key: str) -> SavedProgramme:
    """Put a programme back on the list, with its note."""
    saved = get_saved_programme(session, pupil, key)
    saved.removed_at = None
    session.flush()
    return saved


def news_of(session: Session, pupil: Pupil) -> list[News]:
    """Return what changed and was not told yet; the searches behind saved programmes are done again."""
    catalogue = programmes_by_key()
    standing = list_saved_programmes(session, pupil)
    told_of, news = {saved.programme for saved in standing}, []
    for saved in standing:
        is_gone = saved.programme not in catalogue and saved.told_gone_at is None
        new = [key for key in _unknown_now(saved) if key not in told_of]
        told_of |= set(new)
        if is_gone or new:
            news.append(News(saved, is_gone, tuple(catalogue[key] for key in new)))
    return news


def note_told(session: Session, pupil: Pupil, *, now: datetime) -> None:
    """Note that a pupil was told what changed, so that it is told once."""
    for saved in list_saved_programmes(session, pupil):
        if saved.programme not in programmes_by_key():
            saved.told_gone_at = saved.told_gone_at or now
        if new := _unknown_now(saved):
            saved.known = sorted({*(saved.known or []), *new})
    session.flush()


def _unknown_now(saved: SavedProgramme) -> list[str]:
    """Return what the search behind a saved programme finds now and did not find before."""
    if not saved.query:
        return []
    known = {*(saved.known or []), saved.programme}
    return [key for key in _found_now(_as_query(saved.query)) if key not in known]


def _found_now(query: ProgrammeQuery) -> list[str]:
    """Return the keys that a search finds now; nothing when it cannot be done any more."""
    try:
        return [found.programme.key for found in find_programmes(query).programmes]
    except GuidanceError:
        return []


def _saved(pupil: Pupil) -> Select[SavedProgramme]:
    return select(SavedProgramme).where(SavedProgramme.pupil_id == pupil.id)


def _forget_removed(session: Session, pupil: Pupil, *, before: datetime) -> None:
    session.execute(
        delete(SavedProgramme).where(SavedProgramme.pupil_id == pupil.id, SavedProgramme.removed_at <= before)
    )


def _as_stored(query: ProgrammeQuery) -> dict[str, str]:
    """Return what was searched for; who may enter is asked anew each time."""
    return {name: str(value) for name in SEARCHED if (value := getattr(query, name))}


def _as_query(stored: dict[str, str]) -> ProgrammeQuery:
    radius_km = stored.get("radius_km")
    words = {name: value for name, value in stored.items() if name != "radius_km"}
    return ProgrammeQuery(**words, radius_km=float(radius_km) if radius_km else None)  # type: ignore[arg-type]
