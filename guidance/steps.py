"""Home of the steps a pupil took so far, as an answer about planning needs them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Steps:
    """What a pupil did and when, the last time; empty for whoever is new."""

    check: date | None = None
    has_open_check: bool = False
    talk_asked: date | None = None
    talk: date | None = None
    experience: date | None = None
    event: date | None = None
    saved: int = 0

    @property
    def tried(self) -> date | None:
        """When the pupil last saw or did something of the job: an experience or an event."""
        return max(filter(None, (self.experience, self.event)), default=None)
