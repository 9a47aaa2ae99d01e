"""Home of what the assistant says as values: text, buttons, cards and a picture, whoever shows them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

# How a message was answered when it was not understood. The engine remembers it; the pages never see it.
ASKED, MISSED, REFUSED = "choice", "missed", "refused"
MARKS = (ASKED, MISSED, REFUSED)
# Of a message that is half an answer: without another after it, something failed.
FOLLOWED = "followed"


def payload(intent: str, **values: str | Sequence[str]) -> str:
    """Return what a button sends: an intent with the values of its entities, empty ones left out."""
    said = {name: value for name, value in values.items() if value}
    return f"/{intent}{json.dumps(said, ensure_ascii=False)}" if said else f"/{intent}"


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
    # What else it leads to, by title: pages and files of ours.
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reply:
    """One message of the assistant, in the shape of the chat API."""

    text: str
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()
    image: str | None = None
    # What the picture is of, for who does not see it; its figures stand in the table.
    alt: str = ""
    table: tuple[tuple[str, str], ...] = field(default=())
    mark: str = ""

    def as_message(self) -> dict[str, Any]:
        """Return the reply as plain values, ready for JSON; a mark becomes a key of its own."""
        message = asdict(self)
        mark = message.pop("mark")
        return message | {mark: True} if mark else message
