"""Use cases of programmes nearby: search the catalogue, and save what one found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from guidance import wording
from guidance.admission import Admission, admission_of
from guidance.catalogue import KINDS, Form, Kind, Level, Programme, programmes_by_key, read_catalogue
from guidance.distance import (
    CITY_RADIUS_KM,
    COUNTRYSIDE_RADIUS_KM,
    TOWN_RADIUS_KM,
    distance_km,
    wider_radii_km,
)
from guidance.errors import AmbiguousPlace, NotFound, UnknownPlace, UnusableFilter
from guidance.models.programmes import SavedProgramme
from guidance.models.pupil import Pupil
from guidance.places import Place, find_place
from guidance.programme_filters import Subject, form_named, kind_named, label, level_named, subject_named
from guidance.travel import cycling_minutes

LONGEST_RADIUS_KM = 500
KM = "{km}"
KINDS_OF_PLACE = {CITY_RADIUS_KM: "city", TOWN_RADIUS_KM: "town", COUNTRYSIDE_RADIUS_KM: "countryside"}
CLUSTERED_KINDS = {"wo_eerstegraads", "educatieve_master"}


@dataclass(frozen=True)
class ProgrammeQuery:
    """What a pupil asks for, in the words of whoever asks; nothing means no filter."""

    near: str | None = None
    kind: str | None = None
    subject: str | None = None
    form: str | None = None
    level: str | None = None
    radius_km: float | None = None


@dataclass(frozen=True)
class FoundProgramme:
    """A programme at its nearest site; distance in km, none for the whole country; the level asked for.

    Other cities where it runs too stand beside it, nearest first; `cycling_minutes` is an estimate.
    """

    programme: Programme
    distance_km: float | None
    why: str
    admission: Admission
    level: Level | None
    other_cities: tuple[str, ...] = ()

    @property
    def cycling_minutes(self) -> int | None:
        return cycling_minutes(self.distance_km)


@dataclass(frozen=True)
class WiderCircle:
    """How many programmes a wider circle holds."""

    radius_km: int
    count: int


@dataclass(frozen=True)
class ProgrammeResults:
    """What was found, nearest first, and what was asked; wider circles only when nothing was found."""

    place: Place | None
    radius_km: float | None
    programmes: tuple[FoundProgramme, ...]
    wider: tuple[WiderCircle, ...]
    match: tuple[str, ...]
    is_own_radius: bool = False

    @property
    def kind_of_place(self) -> str:
        """Return whose radius it is: a city's, a town's or the countryside's; empty when it was asked for."""
        if self.place is None or self.is_own_radius:
            return ""
        return KINDS_OF_PLACE[self.place.radius_km]


@dataclass(frozen=True)
class _Filters:
    kind: Kind | None
    subject: Subject | None
    form: Form | None
    level: Level | None

    def matches(self, programme: Programme) -> bool:
        return (
            self.kind in (None, programme.kind)
            and (self.form is None or self.form in programme.forms)
            and (self.level is None or self.level in programme.entry)
            and (
                self.subject is None or programme.subject in self.subject.catalogue or self.is_part(programme)
            )
        )

    def is_part(self, programme: Programme) -> bool:
        """Tell whether the subject may be part of a broad university programme that was asked for.

        A subject that is found nowhere else asks for it by itself.
        """
        if self.subject is None or not (self.kind in CLUSTERED_KINDS or not self.subject.catalogue):
            return False
        return programme.kind in CLUSTERED_KINDS and programme.subject == self.subject.cluster

    @property
    def words(self) -> tuple[str, ...]:
        """What was asked for, as parts of one sentence; nothing without a filter."""
        what = [
            *([label("kind", self.kind)] if self.kind else []),
            *([self.subject.name] if self.subject else []),
        ]
        how = [
            *([label("form", self.form)] if self.form else []),
            *([_with_level(self.level)] if self.level else []),
        ]
        if how and not what:
            what = [wording.render("programmes.all_kinds")]
        return (*what, *how)


def _with_level(level: Level) -> str:
    return wording.render("programmes.with_level", level=label("level", level))


class _Whys:
    """Why each programme is shown; rendered once, as a search may show the whole catalogue."""

    def __init__(self, place: Place | None, filters: _Filters) -> None:
        self.filters = filters
        subject = filters.subject.name if filters.subject else None
        self.plain, self.broad = (
            wording.render(
                "programmes.why",
                distance=KM if place else None,
                place=str(place),
                match=filters.words,
                cluster=cluster,
            )
            for cluster in (None, subject)
        )

    def of(self, programme: Programme, distance: float | None) -> str:
        why = self.broad if self.filters.is_part(programme) else self.plain
        return why if distance is None else why.replace(KM, f"{distance:.1f}".replace(".", ","), 1)


_Ranked = tuple[float, Programme, list[str]]
"""Kilometres, a programme at its nearest site, and the other cities where it runs."""


def find_programmes(query: ProgrammeQuery) -> ProgrammeResults:
    """Search the catalogue; raises UnknownPlace, AmbiguousPlace or UnusableFilter, and drops no filter."""
    filters = _Filters(
        kind_named(query.kind), subject_named(query.subject), form_named(query.form), level_named(query.level)
    )
    place = find_place(query.near) if query.near and query.near.strip() else None
    radius_km = _radius_km(query.radius_km, place)
    ranked = _nearest_sites(place, filter(filters.matches, read_catalogue()))
    whys = _Whys(place, filters)
    near = [row for row in ranked if radius_km is None or row[0] <= radius_km]
    return ProgrammeResults(
        place,
        radius_km,
        tuple(_found(programme, km if place else None, others, whys) for km, programme, others in near),
        () if near or radius_km is None else _wider(radius_km, [km for km, *_ in ranked]),
        filters.words,
        is_own_radius=query.radius_km is not None,
    )


def get_programme(key: str) -> Programme:
    """Return a programme of the catalogue by its key."""
    try:
        return programmes_by_key()[key]
    except KeyError as error:
        raise NotFound("no such programme") from error


def look_up_programme(key: str, *, near: str | None = None, level: str | None = None) -> FoundProgramme:
    """Return what the catalogue holds of a programme; a place that is not clear gives no distance."""
    programme, known_level = get_programme(key), level_named(level)
    distance = None
    if near:
        try:
            distance = round(distance_km(find_place(near).point, programme.point), 1)
        except (UnknownPlace, AmbiguousPlace):
            distance = None
    return FoundProgramme(programme, distance, "", admission_of(programme.kind, known_level), known_level)


def save_programme(session: Session, pupil: Pupil, key: str, *, now: datetime) -> SavedProgramme:
    """Keep a programme for a pupil; saving it again changes nothing."""
    programme = get_programme(key)
    saved = session.scalar(_saved(pupil).where(SavedProgramme.programme == programme.key))
    if saved is None:
        saved = SavedProgramme(pupil_id=pupil.id, programme=programme.key, saved_at=now)
        session.add(saved)
        session.flush()
    return saved


def list_saved_programmes(session: Session, pupil: Pupil) -> list[SavedProgramme]:
    """Return what a pupil saved, oldest first; a programme that left the catalogue is among them."""
    return list(session.scalars(_saved(pupil).order_by(SavedProgramme.saved_at, SavedProgramme.id)))


def remove_saved_programme(session: Session, pupil: Pupil, key: str) -> None:
    """Forget a saved programme; one that was not saved is fine too."""
    session.execute(
        delete(SavedProgramme).where(SavedProgramme.pupil_id == pupil.id, SavedProgramme.programme == key)
    )


def _saved(pupil: Pupil) -> Select[SavedProgramme]:
    return select(SavedProgramme).where(SavedProgramme.pupil_id == pupil.id)


def _radius_km(asked: float | None, place: Place | None) -> float | None:
    if asked is None:
        return place.radius_km if place else None
    if place is None or not 0 < asked <= LONGEST_RADIUS_KM:
        raise UnusableFilter("radius", name="radius_km", value=f"{asked:g} km")
    return asked


def _nearest_sites(place: Place | None, programmes: Iterable[Programme]) -> list[_Ranked]:
    """Return each programme at its nearest site, nearest first; without a place all, by institution."""
    if place is None:
        return [
            (0.0, one, [])
            for one in sorted(programmes, key=lambda one: (one.institution.casefold(), _order(one)))
        ]
    ranked = sorted((distance_km(place.point, one.point), _order(one), one) for one in programmes)
    nearest: dict[tuple[str, str, str], _Ranked] = {}
    for km, _, programme in ranked:
        key = (programme.institution, programme.isat, programme.kind)
        if key in nearest:
            nearest[key][2].append(programme.city)
        else:
            nearest[key] = (km, programme, [])
    return list(nearest.values())


def _order(programme: Programme) -> tuple[bool, int, str]:
    """Return the order of programmes in one city: first what a pupil can start right after school."""
    return not programme.entry, KINDS.index(programme.kind), programme.key


def _found(programme: Programme, km: float | None, others: list[str], whys: _Whys) -> FoundProgramme:
    distance = None if km is None else round(km, 1)
    level = whys.filters.level
    admission = admission_of(programme.kind, level)
    return FoundProgramme(programme, distance, whys.of(programme, distance), admission, level, tuple(others))


def _wider(radius_km: float, distances: list[float]) -> tuple[WiderCircle, ...]:
    """Return the wider circles that hold more than the one before."""
    circles: list[WiderCircle] = []
    for wider in wider_radii_km(radius_km):
        count = sum(km <= wider for km in distances)
        if count > (circles[-1].count if circles else 0):
            circles.append(WiderCircle(wider, count))
    return tuple(circles)
