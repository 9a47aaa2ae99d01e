"""Home of the arithmetic of a hash chain: rows that name the hash of the row before them."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

GENESIS = "0" * 64
SALT_BYTES = 32

Values = Mapping[str, Any]


class Link(NamedTuple):
    """One row as stored; personal is None when the side row was erased."""

    number: int
    public: Values
    hash: str
    salt: str | None = None
    personal: Values | None = None


@dataclass(frozen=True)
class BadRow:
    """The first row that does not fit, and in what."""

    number: int
    reason: str


@dataclass(frozen=True)
class Verification:
    """The outcome over a whole chain; an erased side row leaves it whole."""

    rows: int
    erased: int
    head: str
    first_bad: BadRow | None = None

    @property
    def is_whole(self) -> bool:
        return self.first_bad is None


def new_salt() -> str:
    """Return a fresh salt, without which the personal side cannot be guessed from its hash."""
    return secrets.token_hex(SALT_BYTES)


def canonical(values: Values) -> bytes:
    """Return one byte form per content; None is left out, so that a later column breaks no earlier row."""
    kept = {name: _plain(value) for name, value in values.items() if value is not None}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def hash_of_public(public: Values) -> str:
    """Return the hash of a row: its public columns, which hold the hash before and the personal hash."""
    return hashlib.sha256(canonical(public)).hexdigest()


def hash_of_personal(salt: str, personal: Values) -> str:
    """Return what the chain keeps of the personal side."""
    return hashlib.sha256(salt.encode("ascii") + canonical(personal)).hexdigest()


def verify_links(links: Iterable[Link], *, known_head: str | None = None) -> Verification:
    """Walk a chain in order; a known_head (mailed earlier) must still be one of its hashes."""
    rows, erased, head, found_known = 0, 0, GENESIS, known_head in (None, GENESIS)
    for link in links:
        if reason := _fault(link, head):
            return Verification(rows, erased, head, BadRow(link.number, reason))
        rows, erased, head = rows + 1, erased + (link.salt is None), link.hash
        found_known = found_known or head == known_head
    bad = None if found_known else BadRow(rows, "known head missing")
    return Verification(rows, erased, head, bad)


def _fault(link: Link, head: str) -> str | None:
    if link.public["previous_hash"] != head:
        return "previous hash"
    if hash_of_public(link.public) != link.hash:
        return "hash"
    if link.salt is None or link.personal is None:
        return None
    is_same = hash_of_personal(link.salt, link.personal) == link.public["personal_hash"]
    return None if is_same else "personal side"
