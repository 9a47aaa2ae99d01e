"""Home of who does something: a kind of person and a number, never a name."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Actor:
    """Who did it, such as dean 3; an anonymous visitor has no number."""

    kind: str
    id: int | None = None

    def __str__(self) -> str:
        return self.kind if self.id is None else f"{self.kind}:{self.id}"

    @classmethod
    def of_pupil(cls, pupil_id: int) -> Self:
        return cls("pupil", pupil_id)
