"""Use cases of open days: take over an institution's file, and find what is still to come near a pupil."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.catalogue import Kind, Programme, read_catalogue
from guidance.distance import distance_km
from guidance.errors import NotFound, UnusableFilter
from guidance.models.open_days import OpenDay
from guidance.models.pupil import Pupil
from guidance.open_days import AnnouncedDay, Institution, get_institution, key_of
from guidance.places import Place, spelling
from guidance.services.programmes import (
    ProgrammeQuery,
    ProgrammeResults,
    find_programmes,
)
from guidance.services.saved_programmes import list_saved_programmes

WHOLE_COUNTRY_KM = 350


@dataclass(frozen=True)
class Changes:
    """What an import does to the open days of one institution that are still to come."""

    added: tuple[AnnouncedDay, ...]
    changed: tuple[AnnouncedDay, ...]
    removed: tuple[AnnouncedDay, ...]
    same: int
    past: int


@dataclass(frozen=True)
class FoundOpenDay:
    """An open day to come; distance in km to the city it is in, none where that is not known."""

    key: str
    institution: str
    day: AnnouncedDay
    distance_km: float | None
    imported_at: datetime


@dataclass(frozen=True)
class FittingInstitution:
    """An institution that has what was asked for, and its own page; distance in km to its nearest site."""

    name: str
    url: str
    distance_km: float | None


@dataclass(frozen=True)
class OpenDayResults:
    """Open days to come, soonest first, and the institutions nearby of which none is known, nearest first.

    `elsewhere` counts those in the rest of the country, when there are none nearby; `at` is the one
    institution that was asked for.
    """

    place: Place | None
    radius_km: float | None
    days: tuple[FoundOpenDay, ...]
    without: tuple[FittingInstitution, ...]
    elsewhere: int
    at: str | None = None


def compare_open_days(
    session: Session, institution: Institution, days: Iterable[AnnouncedDay], *, now: datetime
) -> Changes:
    """Return what an import of these days would change; nothing is stored."""
    given = list(days)
    new = {day.uid: day for day in given if day.ends_at > now}
    old = {row.uid: announced(row) for row in _of(session, institution) if row.ends_at > now}
    return Changes(
        added=tuple(day for uid, day in new.items() if uid not in old),
        changed=tuple(day for uid, day in new.items() if uid in old and old[uid] != day),
        removed=tuple(day for uid, day in old.items() if uid not in new),
        same=sum(old.get(uid) == day for uid, day in new.items()),
        past=len(given) - len(new),
    )


def import_open_days(
    session: Session, institution: Institution, days: Iterable[AnnouncedDay], *, source: str, now: datetime
) -> Changes:
    """Let a file take the place of the institution's open days to come; what is the same is not touched."""
    given = list(days)
    changes = compare_open_days(session, institution, given, now=now)
    rows = {row.uid: row for row in _of(session, institution)}
    for day in changes.removed:
        session.delete(rows[day.uid])
    for day in (*changes.added, *changes.changed):
        # A day that was put off has its row already.
        row = rows.get(day.uid) or OpenDay(key=key_of(institution.brin, day.uid), brin=institution.brin)
        for name, value in (asdict(day) | {"kinds": "|".join(day.kinds)}).items():
            setattr(row, name, value)
        row.source, row.imported_at = source, now
        session.add(row)
    session.flush()
    return changes


def announced(row: OpenDay) -> AnnouncedDay:
    """Return a row as the file gave it."""
    values = {name: getattr(row, name) for name in AnnouncedDay.__dataclass_fields__}
    kinds: list[Kind] = row.kinds.split("|") if row.kinds else []  # type: ignore[assignment]
    return AnnouncedDay(**values | {"kinds": tuple(kinds)})


def find_open_days(
    session: Session,
    query: ProgrammeQuery,
    *,
    now: datetime,
    kept: Sequence[str] = (),
    at: str | None = None,
) -> OpenDayResults:
    """Find the open days of whoever has what a search for programmes asks for; raises what that raises.

    Programmes that one kept, by key, count however far they are; without a place they are all that counts.
    Where a search finds nothing, it is as wide as the first circle that holds something. With the name of an
    institution in `at` it is about that one, however far.
    """
    found = _wide(query) if at else _fitting(query)
    programmes = _those_at(at, found) if at else _kept_or_found(kept, found)
    rows = _to_come(session, now)
    days = _near(rows, programmes, found)
    elsewhere = 0
    if not days and found.place and not at:
        wide = _wide(query)
        elsewhere = len(_near(rows, _at_every_site(wide), wide))
    with_days = {row.brin for row in rows if row.key in {day.key for day in days}}
    is_somewhere = bool(found.place or kept or at)
    without = [one for one in programmes if is_somewhere and one.brin not in with_days]
    named = programmes[0].institution if at and programmes else at
    return OpenDayResults(found.place, found.radius_km, days, _institutions(without, found), elsewhere, named)


def get_open_day(session: Session, key: str, *, now: datetime) -> FoundOpenDay:
    """Return one open day, or raise NotFound; one that is over is not there any more."""
    row = session.scalars(select(OpenDay).where(OpenDay.key == key, OpenDay.ends_at > now)).one_or_none()
    if row is None:
        raise NotFound("no such open day to come")
    return _found(row, None)


def programmes_kept(session: Session, pupil: Pupil | None) -> list[str]:
    """Return the keys of the programmes that a pupil saved; without a pupil there are none."""
    return [one.programme for one in list_saved_programmes(session, pupil)] if pupil else []


def _of(session: Session, institution: Institution) -> list[OpenDay]:
    return list(session.scalars(select(OpenDay).where(OpenDay.brin == institution.brin)))


def _to_come(session: Session, now: datetime) -> list[OpenDay]:
    in_order = select(OpenDay).order_by(OpenDay.starts_at, OpenDay.key)
    return list(session.scalars(in_order.where(OpenDay.ends_at > now)))


def _fitting(query: ProgrammeQuery) -> ProgrammeResults:
    found = find_programmes(query)
    if not found.programmes and found.wider:
        found = find_programmes(replace(query, radius_km=found.wider[0].radius_km))
    return found


def _wide(query: ProgrammeQuery) -> ProgrammeResults:
    return find_programmes(replace(query, radius_km=WHOLE_COUNTRY_KM if query.near else None))


def _kept_or_found(kept: Sequence[str], found: ProgrammeResults) -> list[Programme]:
    programmes = [one for one in read_catalogue() if one.key in kept]
    return programmes + _at_every_site(found) if found.place or not programmes else programmes


def _those_at(name: str, found: ProgrammeResults) -> list[Programme]:
    """Return what was found at an institution, by its name or part of it."""
    if not any(spelling(name) in spelling(one.institution) for one in read_catalogue()):
        raise UnusableFilter("unknown institution", name="institution", value=name)
    return [one for one in _at_every_site(found) if spelling(name) in spelling(one.institution)]


def _at_every_site(found: ProgrammeResults) -> list[Programme]:
    """Return what was found at each site within the circle: a search shows the nearest one only."""
    fitting = {_same(one.programme) for one in found.programmes}
    sites = [one for one in read_catalogue() if _same(one) in fitting]
    if found.place is None or found.radius_km is None:
        return sites
    return [one for one in sites if _km(found, one) <= found.radius_km]


def _same(programme: Programme) -> tuple[str, str, str]:
    return programme.brin, programme.isat, programme.kind


def _km(found: ProgrammeResults, programme: Programme) -> float:
    return distance_km(found.place.point, programme.point) if found.place else 0.0


def _near(
    rows: Iterable[OpenDay], programmes: list[Programme], found: ProgrammeResults
) -> tuple[FoundOpenDay, ...]:
    """Return the open days at which one of these programmes can be met, soonest first, then nearest."""
    days = []
    for row in rows:
        sites = [one for one in programmes if _is_met_at(one, row)]
        if sites:
            knows_how_far = found.place is not None and row.city is not None
            km = round(min(_km(found, one) for one in sites), 1) if knows_how_far else None
            days.append(_found(row, km))
    return tuple(sorted(days, key=lambda one: (one.day.starts_at, one.distance_km or 0.0, one.key)))


def _is_met_at(programme: Programme, row: OpenDay) -> bool:
    return (
        programme.brin == row.brin
        and row.city in (None, programme.city)
        and (not row.kinds or programme.kind in row.kinds.split("|"))
    )


def _found(row: OpenDay, km: float | None) -> FoundOpenDay:
    name = get_institution(row.brin).name
    return FoundOpenDay(row.key, name, announced(row), km, row.imported_at)


def _institutions(programmes: list[Programme], found: ProgrammeResults) -> tuple[FittingInstitution, ...]:
    nearest: dict[str, float] = {}
    for one in programmes:
        nearest[one.brin] = min(_km(found, one), nearest.get(one.brin, float("inf")))
    listed = []
    for brin, km in sorted(nearest.items(), key=lambda item: (item[1], item[0])):
        institution = get_institution(brin)
        distance = round(km, 1) if found.place else None
        listed.append(FittingInstitution(institution.name, institution.url, distance))
    return tuple(listed)
