"""How a row joins a chain, and how a whole chain is walked; shared by the guidance log and the audit."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.chain import (
    GENESIS,
    Link,
    Verification,
    hash_of_personal,
    hash_of_public,
    new_salt,
    verify_links,
)
from guidance.models.chain import ChainRow, SideRow
from guidance.models.school import School

ROWS_AT_ONCE = 1000


def lock_chain(session: Session, school_id: int) -> None:
    """Let one writer at a time extend the chains of a school, until its transaction ends."""
    # SQLite knows no row locks; its transactions are BEGIN IMMEDIATE and so one at a time already.
    session.execute(select(School.id).where(School.id == school_id).with_for_update(key_share=True))


def head_of(session: Session, chain: type[ChainRow], school_id: int) -> str:
    """Return the hash of the last row of a school's chain."""
    newest = select(chain.hash).where(chain.school_id == school_id).order_by(chain.id.desc()).limit(1)
    return session.scalar(newest) or GENESIS


def append_row(session: Session, row: ChainRow, side: SideRow) -> None:
    """Link a new row to the head and store it; the caller holds the lock and numbers the side row."""
    side.salt = new_salt()
    row.previous_hash = head_of(session, type(row), row.school_id)
    row.personal_hash = hash_of_personal(side.salt, side.personal_values())
    row.hash = hash_of_public(row.public_values())
    session.add(row)
    session.flush()


def links_of(session: Session, chain: type[ChainRow], side: type[SideRow], school_id: int) -> Iterator[Link]:
    """Return the rows of a chain in order, a thousand at a time."""
    key = next(iter(side.__table__.primary_key))
    rows = (
        select(chain, side)
        .outerjoin(side, key == chain.id)
        .where(chain.school_id == school_id)
        .order_by(chain.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    # A walk that stops at a bad row must close its cursor.
    with session.execute(rows) as found:
        for row, person in found:
            known = (person.salt, person.personal_values()) if person else (None, None)
            yield Link(row.id, row.public_values(), row.hash, *known)


def verify_chain(
    session: Session,
    chain: type[ChainRow],
    side: type[SideRow],
    school_id: int,
    *,
    known_head: str | None = None,
) -> Verification:
    """Walk a school's chain and say whether it is whole; a missing side row counts as erased."""
    return verify_links(links_of(session, chain, side, school_id), known_head=known_head)
