"""Home of distance: kilometres over the earth, and how far is near for a kind of place."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
CITY_INHABITANTS = 100_000
TOWN_INHABITANTS = 20_000
CITY_RADIUS_KM, TOWN_RADIUS_KM, COUNTRYSIDE_RADIUS_KM = 15, 30, 50
WIDER_RADII_KM = (15, 30, 50, 75, 100, 150, 200, 350)

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def distance_km(here: Point, there: Point) -> float:
    """Return the great-circle distance between two points, in kilometres."""
    (lat, lon), (other_lat, other_lon) = (_radians(here), _radians(there))
    half_chord = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    # Rounding can push the chord of opposite points a hair over one.
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))


def default_radius_km(inhabitants: int | None) -> int:
    """Return how far is near: 15 km in a city, 30 in a town, 50 in the countryside or where unknown."""
    if (inhabitants or 0) >= CITY_INHABITANTS:
        return CITY_RADIUS_KM
    return TOWN_RADIUS_KM if (inhabitants or 0) >= TOWN_INHABITANTS else COUNTRYSIDE_RADIUS_KM


def wider_radii_km(radius_km: float) -> list[int]:
    """Return the wider circles to offer, in kilometres; the last one holds the whole country."""
    return [wider for wider in WIDER_RADII_KM if wider > radius_km]


def _radians(point: Point) -> Point:
    return radians(point[0]), radians(point[1])
