"""Home of how far something is for a pupil on a bicycle; an estimate, and said to be one."""

CYCLED_AT_MOST_KM = 15.0
# Roads are about a quarter to a third longer than the straight line, and pupils cycle about 16 km an hour
# (own assumptions; no source is claimed).
DETOUR = 1.3
KM_AN_HOUR = 16.0
STEP_MINUTES = 5


def cycling_minutes(distance_km: float | None) -> int | None:
    """Return about how long cycling takes, in steps of five minutes; nothing from 15 km on."""
    if distance_km is None or distance_km >= CYCLED_AT_MOST_KM:
        return None
    minutes = distance_km * DETOUR / KM_AN_HOUR * 60
    return max(STEP_MINUTES, round(minutes / STEP_MINUTES) * STEP_MINUTES)
