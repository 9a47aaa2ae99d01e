"""Asks PDOK's Locatieserver for places and postcodes, and takes only an answer that can be right."""

import re
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Annotated, Literal

import requests
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from guidance.distance import Point

Kind = Literal["woonplaats", "postcode"]

TRIES = 2
SECONDS_A_TRY = 2.0
MOST_ROWS = 100
MOST_BYTES = 500_000
CHUNK = 8_192
FIELDS = "type,weergavenaam,postcode,woonplaatsnaam,gemeentenaam,provincienaam,centroide_ll"

POINT = re.compile(r"POINT ?\((?P<lon>\d+(?:\.\d+)?) (?P<lat>\d+(?:\.\d+)?)\)")
POSTCODE = re.compile(r"\b([0-9]{4}) ?[A-Z]{2}\b")
# The European Netherlands, with a little room.
LATITUDES, LONGITUDES = (50.7, 53.7), (3.2, 7.3)


def _in_the_netherlands(written: str) -> str:
    point_in(written)
    return written


class Located(BaseModel):
    """One row of an answer: a village or a postcode, with where it lies."""

    type: str
    centroid: Annotated[str, AfterValidator(_in_the_netherlands)] = Field(alias="centroide_ll")
    name: str = Field("", alias="woonplaatsnaam")
    municipality: str = Field("", alias="gemeentenaam")
    province: str = Field("", alias="provincienaam")
    postcode: str = ""
    shown_as: str = Field("", alias="weergavenaam")

    @property
    def point(self) -> Point:
        return point_in(self.centroid)

    @property
    def pc4(self) -> str:
        """The four digits of a postcode, which some rows only show within their whole name."""
        found = POSTCODE.search(self.postcode) or POSTCODE.search(self.shown_as)
        return found.group(1) if found else ""


class _Rows(BaseModel):
    docs: list[Located]


class _Answer(BaseModel):
    response: _Rows


def point_in(written: str) -> Point:
    """Return the point of a "POINT(lon lat)"; raises ValueError for one outside the Netherlands."""
    found = POINT.fullmatch(written)
    lat, lon = (float(found["lat"]), float(found["lon"])) if found else (0.0, 0.0)
    if not (LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]):
        raise ValueError("no point in the Netherlands")
    return lat, lon


def ask_pdok(address: str, kind: Kind, words: str) -> tuple[Located, ...] | None:
    """Return the rows that PDOK has for these words; None when no usable answer came, tried twice at most.

    Takes 2 seconds a try at most. What is refused, by 429 or otherwise, is not asked again at once.
    """
    for _ in range(TRIES):
        answer = _within(SECONDS_A_TRY, partial(_get, address, kind, words))
        if answer and answer[0] < requests.codes.internal_server_error:
            return _rows(*answer, kind)
    return None


def _rows(status: int, body: bytes, kind: Kind) -> tuple[Located, ...] | None:
    try:
        rows = _Answer.model_validate_json(body).response.docs if status == requests.codes.ok else None
    except ValidationError:
        return None
    return None if rows is None else tuple(row for row in rows if row.type == kind)


def _get(address: str, kind: Kind, words: str) -> tuple[int, bytes] | None:
    asked: dict[str, str | int] = {"q": words, "fq": f"type:{kind}", "fl": FIELDS, "rows": MOST_ROWS}
    try:
        # Followed nowhere else: only the address that the school chose may hear a place.
        with requests.get(
            f"{address}/free", params=asked, timeout=SECONDS_A_TRY, stream=True, allow_redirects=False
        ) as answer:
            body = b""
            for chunk in answer.iter_content(CHUNK):
                body += chunk
                if len(body) > MOST_BYTES:
                    return None
            return answer.status_code, body
    except requests.RequestException:
        return None


def _within[T](seconds: float, work: Callable[[], T | None]) -> T | None:
    """Return what the work brings in this time; requests limits each wait for bytes, not all together."""
    brought: SimpleQueue[T | None] = SimpleQueue()
    Thread(target=lambda: brought.put(work()), daemon=True).start()
    try:
        return brought.get(timeout=seconds)
    except Empty:
        return None
