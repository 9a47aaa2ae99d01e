"""Home of where a place lies when PDOK may be asked: PDOK first, and the tables wherever it has no answer."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

from cachetools import TTLCache

from guidance import clock
from guidance.breaker import Breaker
from guidance.distance import Point, distance_km
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.pdok import Kind, Located, ask_pdok
from guidance.place_index import provinces_by_key
from guidance.places import Place, find_place, four_digits, spelling
from guidance.settings import get_settings

logger = logging.getLogger(__name__)

FAILURES_IN_A_ROW = 3
REST = timedelta(minutes=5)
MOST_KEPT = 2_000
KEPT_FOR = timedelta(days=1)
# Further off it is another place of that name, or the middle of a harbour in place of a town.
NEAR_ENOUGH_KM = 5

Rows = tuple[Located, ...]


def locate(text: str) -> Place:
    """Return the place meant, as `find_place` does, where PDOK says it lies if the school switched that on.

    It may wait for the network, so no transaction may be open around it.
    """
    settings = get_settings()
    if settings.geocoder == "tables":
        return find_place(text)
    return geocoder_at(settings.pdok_url).locate(text)


@cache
def geocoder_at(address: str) -> "Geocoder":
    """Return the geocoder of this process for an address."""
    return Geocoder(address, now=clock.now)


class Geocoder:
    """Asks PDOK about places that the tables recognise and about four digits; about nothing else."""

    def __init__(self, address: str, *, now: Callable[[], datetime]) -> None:
        self._address = address.rstrip("/")
        self._now = now
        self._breaker = Breaker(most_failures=FAILURES_IN_A_ROW, rest=REST)
        self._kept: TTLCache[tuple[Kind, str], Rows] = TTLCache(
            MOST_KEPT, KEPT_FOR.total_seconds(), timer=lambda: now().timestamp()
        )
        self._lock = Lock()

    def locate(self, text: str) -> Place:
        """Return the place meant; raises what `find_place` raises, before anything is asked."""
        if digits := four_digits(text):
            return self._at_postcode(digits)
        place = find_place(text)
        # A province is no village, and its middle is ours.
        return place if place in provinces_by_key().values() else self._at_village(place)

    def _at_village(self, place: Place) -> Place:
        names = {spelling(name) for name in (place.name, *place.other_names)}
        rows = [row for row in self._ask("woonplaats", place.name) if spelling(row.name) in names]
        nearest = min(
            (row.point for row in rows), key=lambda point: distance_km(point, place.point), default=None
        )
        return _moved(place, nearest)

    def _at_postcode(self, digits: str) -> Place:
        rows = [row for row in self._ask("postcode", digits) if row.pc4 == digits]
        middle = _middle([row.point for row in rows]) if rows else None
        try:
            return _moved(find_place(digits), middle)
        except UnknownPlace:
            if middle is None:
                raise
            return _new_postcode(digits, rows, middle)

    def _ask(self, kind: Kind, words: str) -> Rows:
        """Return the rows that PDOK has, or none when it is resting or gives no usable answer."""
        with self._lock:
            kept: Rows | None = self._kept.get((kind, words))
        if kept is not None:
            return kept
        if not self._breaker.lets_through(self._now()):
            return ()
        rows = ask_pdok(self._address, kind, words)
        self._breaker.note(self._now(), went_well=rows is not None)
        if rows is None:
            logger.warning("PDOK gave no usable answer; our own tables are used")
            return ()
        with self._lock:
            self._kept[kind, words] = rows
        return rows


def _moved(place: Place, point: Point | None) -> Place:
    """Return the place at a newer point, if that can be the same place; its kind stays that of the tables."""
    if point is None or distance_km(point, place.point) > NEAR_ENOUGH_KM:
        return place
    return replace(place, point=point)


def _middle(points: list[Point]) -> Point:
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


def _new_postcode(digits: str, rows: list[Located], middle: Point) -> Place:
    """Return a postcode that is younger than the tables; its village, if they know it, says of what kind."""
    ((name, municipality, province), _) = Counter(
        (row.name, row.municipality, row.province) for row in rows
    ).most_common(1)[0]
    try:
        inhabitants = find_place(f"{name} ({province})").inhabitants
    except (UnknownPlace, AmbiguousPlace):
        inhabitants = 0
    label = f"{digits} {name}"
    return Place(name, province, municipality, middle, inhabitants, has_postcode=True, label=label)
