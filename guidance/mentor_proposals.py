"""Home of what an oud-leerling can ask of the school or offer it, beside answering questions."""

from datetime import timedelta
from enum import StrEnum

MOST_WAITING = 3
UNDO_WITHIN = timedelta(hours=1)


class Kind(StrEnum):
    """What is proposed: a placement or job for themselves, one for pupils, or speaking at an evening."""

    PLACEMENT = "placement"
    JOB = "job"
    PUPIL_PLACE = "pupil_place"
    EVENING = "evening"


class Outcome(StrEnum):
    """What came of it so far."""

    WAITING = "waiting"
    CAME = "came"
    NOT_NOW = "not_now"


def moment_made(kind: Kind) -> str:
    """Return the kind of moment in the guidance log when this is proposed."""
    return f"mentor_{kind}_proposed"


def moment_came(kind: Kind) -> str:
    """Return the kind of moment in the guidance log when it comes about."""
    return f"mentor_{kind}_came"
