"""Programmes that a pupil saved: with a note, taken off and put back, and what changed around them since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select, true
from sqlalchemy.orm import Session

from guidance.catalogue import Programme, programmes_by_key
from guidance.database import lock
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
    lock(session, pupil)
    _forget(session, SavedProgramme.pupil_id == pupil.id, before=now - CAN_BE_PUT_BACK)
    if saved := session.scalar(_saved(pupil).where(SavedProgramme.programme == programme.key)):
        return _put_back(session, pupil, saved)
    _require_room(session, pupil)
    known = _known_to(query) if query and query.near else []
    # A search that does not find it is not the one it was found with.
    is_found_by = query is not None and programme.key in known
    saved = SavedProgramme(
        pupil_id=pupil.id,
        programme=programme.key,
        name=f"{title(programme)}, {programme.city}",
        query=as_stored(query) if query and is_found_by else None,
        known=known if is_found_by else None,
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
    saved = get_saved_programme(session, pupil, key)
    saved.removed_at = saved.removed_at or now
    session.flush()
    return saved


def restore_saved_programme(session: Session, pupil: Pupil, key: str) -> SavedProgramme:
    """Put a programme back on the list, with its note; raises TooManySaved when the list filled up since."""
    return _put_back(session, pupil, get_saved_programme(session, pupil, key))


def forget_removed(session: Session, *, now: datetime) -> int:
    """Delete what was taken off a day ago or longer, whoever did so; return how many there were."""
    return _forget(session, true(), before=now - CAN_BE_PUT_BACK)


def tell_news(session: Session, pupil: Pupil, *, now: datetime) -> list[News]:
    """Return what changed since it was told last, and note that it is told now; asked again there is none."""
    for saved in list_saved_programmes(session, pupil):
        if saved.told_gone_at and not _is_gone(saved):
            # It came back; when it leaves again, that is news again.
            saved.told_gone_at = None
    if not news_of(session, pupil):
        return []
    # Of two talks that begin at once the second waits here, and then finds that it was told.
    lock(session, pupil)
    standing = list_saved_programmes(session, pupil)
    for saved in standing:
        session.refresh(saved)
    news = news_of(session, pupil)
    for saved in standing:
        _note_told(saved, now)
    session.flush()
    return news


def news_of(session: Session, pupil: Pupil) -> list[News]:
    """Return what changed and was not told yet; the searches behind saved programmes are done again."""
    catalogue = programmes_by_key()
    standing = list_saved_programmes(session, pupil)
    told_of, news = {saved.programme for saved in standing}, []
    for saved in standing:
        is_gone = _is_gone(saved) and saved.told_gone_at is None
        new = [key for key in _new_to(saved) if key not in told_of]
        told_of |= set(new)
        if is_gone or new:
            news.append(News(saved, is_gone, tuple(catalogue[key] for key in new)))
    return news


def _note_told(saved: SavedProgramme, now: datetime) -> None:
    if _is_gone(saved):
        saved.told_gone_at = saved.told_gone_at or now
    if saved.query and (found := _known_to(as_query(saved.query))):
        saved.known = sorted({*(saved.known or []), *found})


def _is_gone(saved: SavedProgramme) -> bool:
    return saved.programme not in programmes_by_key()


def _new_to(saved: SavedProgramme) -> list[str]:
    """Return what the search behind a saved programme finds now and the pupil does not know of."""
    if not saved.query:
        return []
    known = {*(saved.known or []), saved.programme}
    return [one.key for one in _found_now(as_query(saved.query)) if one.key not in known]


def _known_to(query: ProgrammeQuery) -> list[str]:
    """Return what someone knows of who saw a search: each programme found, at every place where it runs.

    A search shows a programme at its nearest place. When that one closes, the next is not new.
    """
    found = {one.course for one in _found_now(query)}
    return sorted(key for key, one in programmes_by_key().items() if one.course in found)


def _found_now(query: ProgrammeQuery) -> list[Programme]:
    """Return what a search finds now; nothing when it cannot be done any more."""
    try:
        return [found.programme for found in find_programmes(query).programmes]
    except GuidanceError:
        return []


def _saved(pupil: Pupil) -> Select[SavedProgramme]:
    return select(SavedProgramme).where(SavedProgramme.pupil_id == pupil.id)


def _put_back(session: Session, pupil: Pupil, saved: SavedProgramme) -> SavedProgramme:
    if saved.removed_at:
        _require_room(session, pupil)
        saved.removed_at = None
        session.flush()
    return saved


def _require_room(session: Session, pupil: Pupil) -> None:
    if len(list_saved_programmes(session, pupil)) >= MOST_SAVED:
        raise TooManySaved(f"pupil {pupil.id}", limit=MOST_SAVED)


def _forget(session: Session, is_meant: ColumnElement[bool], *, before: datetime) -> int:
    forgotten = session.execute(delete(SavedProgramme).where(is_meant, SavedProgramme.removed_at <= before))
    return int(getattr(forgotten, "rowcount", 0))


def as_stored(query: ProgrammeQuery) -> dict[str, str]:
    """Return what was searched for; who may enter is asked anew each time."""
    return {name: str(value) for name in SEARCHED if (value := getattr(query, name))}


def as_query(stored: Mapping[str, str]) -> ProgrammeQuery:
    """Return a search that was stored, or stood in an address; what is no part of a search is left out."""
    words = {name: stored[name] for name in SEARCHED if name != "radius_km" and stored.get(name)}
    return ProgrammeQuery(**words, radius_km=_number(stored.get("radius_km")))  # type: ignore[arg-type]


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
