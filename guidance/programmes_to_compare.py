"""Home of which programmes a message holds beside each other, among those on the screen and on the list."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from guidance.catalogue import Programme
from guidance.errors import GuidanceError
from guidance.places import find_place, spelling
from guidance.programme_comparison import FEWEST, MOST

MOST_CHOICES = 5
Choice = tuple[Programme, ...]


@dataclass(frozen=True)
class Pointed:
    """What a message points at: places in the list from 0, and names as they were understood."""

    positions: tuple[int, ...] = ()
    institutions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.positions or self.institutions or self.places)


def choices_meant(
    pointed: Pointed, shown: Sequence[Programme], others: Sequence[Programme] = ()
) -> list[Choice]:
    """Return what may be meant, each two or three programmes: one is clear, several are asked back.

    Who points at nothing means all that is shown. A name that is not shown is sought among the others.
    """
    if pointed.is_nothing:
        return [tuple(shown)] if FEWEST <= len(shown) <= MOST else []
    groups = _groups(pointed, shown, others)
    everything = tuple(dict.fromkeys(one for group in groups for one in group))
    if not groups or not all(groups):
        return []
    if FEWEST <= len(everything) <= MOST:
        return [everything]
    choices = {frozenset(choice): choice for choice in product(*groups)}
    usable = [one for same, one in choices.items() if len(same) == len(groups) and FEWEST <= len(one) <= MOST]
    return usable if len(usable) <= MOST_CHOICES else []


def _groups(
    pointed: Pointed, shown: Sequence[Programme], others: Sequence[Programme]
) -> list[list[Programme]]:
    """Return the programmes that each number or name may mean; an empty group is a name that means none."""
    by_number = [[shown[at]] if -len(shown) <= at < len(shown) else [] for at in pointed.positions]
    cities = {place: _city(place) for place in pointed.places}
    by_institution = []
    for name in pointed.institutions:
        named = _first_found(pointed.kinds, partial(_is_of, name), shown, others)
        # "KPZ in Zwolle": the place narrows the institution down.
        by_institution.append([one for one in named if spelling(one.city) in cities.values()] or named)
    narrowing = {spelling(one.city) for named in by_institution for one in named}
    by_place = [
        _first_found(pointed.kinds, partial(_is_in, city), shown, others)
        for city in cities.values()
        if city not in narrowing
    ]
    return [*by_number, *by_institution, *by_place]


def _first_found(
    kinds: Collection[str], is_meant: Callable[[Programme], bool], *lists: Sequence[Programme]
) -> list[Programme]:
    """Return what is meant in the first list that holds any, of the kind that was named when it has one."""
    found: list[Programme] = next((hits for one in lists if (hits := list(filter(is_meant, one)))), [])
    return [one for one in found if one.kind in kinds] or found


def _is_of(institution: str, programme: Programme) -> bool:
    return spelling(institution) in spelling(f"{programme.institution} {programme.city}")


def _is_in(city: str, programme: Programme) -> bool:
    return spelling(programme.city) == city


def _city(place: str) -> str:
    try:
        return spelling(find_place(place).name)
    except GuidanceError:
        return spelling(place)
