"""Home of what the assistant says as values: text, buttons, cards and a picture, whoever shows them."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """A choice under a message; the payload is what a tap sends: `/intent{"entity": value}`."""

    title: str
    payload: str


@dataclass(frozen=True)
class Card:
    """A thing worth a box of its own; distance in km; the url is a page of ours or a named source."""

    title: str
    subtitle: str = ""
    distance_km: float | None = None
    url: str | None = None
    buttons: tuple[Button, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reply:
    """One message of the assistant, in the shape of the chat API."""

    text: str
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()
    image: str | None = None
    table: tuple[tuple[str, str], ...] = field(default=())

    def as_message(self) -> dict[str, Any]:
        """Return the reply as plain values, ready for JSON."""
        return asdict(self)
