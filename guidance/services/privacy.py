"""What is stored about a pupil: seen, exported and erased, in our own store and in the engine's."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Table, delete, select
from sqlalchemy.orm import Session

from guidance.database import Base
from guidance.engine_store import EngineStore
from guidance.models.career_file import CareerFileEntry, CareerFileLine
from guidance.models.chain import SideRow
from guidance.models.check_in import CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.models.experiences import Experience
from guidance.models.guidance_log import GuidanceMomentPerson
from guidance.models.knowledge import TopicAsked
from guidance.models.mail import OutboxMail
from guidance.models.programmes import SavedProgramme
from guidance.models.pupil import Pupil
from guidance.models.safety import SafetyNotice
from guidance.models.talks import TalkRequest
from guidance.services.experience_links import mail_keys, without_links
from guidance.services.experiences import list_experiences

# Keys that open or prove something; they tell nothing about the pupil.
SECRETS = {"token_digest", "body_digest", "code_digest", "engine_id", "salt", "link_digest"}
SECRETS |= {"hash", "previous_hash", "personal_hash"}
ENGINE = "engine_event"
# What erasing removes; what hangs under a row goes with it.
ERASED: tuple[Any, ...] = (
    GuidanceMomentPerson,
    Conversation,
    SavedProgramme,
    TalkRequest,
    Experience,
    CheckInRun,
    TopicAsked,
    CareerFileEntry,
    CareerFileLine,
)
# What the school keeps, and what must stay to show who looked (CONTRACTS 6). A notice goes once it is closed.
KEPT = {"pupil", "consent_basis", "audit_entry_person", "safety_notice"}

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Erasure:
    """What erasing did: conversations in the engine's store, rows of ours, and whether a notice stays."""

    engine_conversations: int
    rows: int
    keeps_notice: bool


def own_data(session: Session, pupil: Pupil, *, engine_store: EngineStore | None = None) -> dict[str, Rows]:
    """Return everything stored about a pupil as plain values, by table, ready for a page or JSON."""
    found = {table.name: _rows(session, table, _is_of(table, pupil)) for table in tables_of_pupil()}
    for side in _sides():
        found |= _public_side(session, side, _is_of(side, pupil))
    mails = _rows(session, OutboxMail.__table__, OutboxMail.key.in_(_mail_keys(session, pupil)))
    # With the link of a teacher a pupil could answer in that teacher's name.
    found["outbox_mail"] = [mail | {"body": without_links(mail["body"])} for mail in mails]
    if engine_store:
        engine_ids = _engine_ids(session, pupil)
        found[ENGINE] = [event for engine_id in engine_ids for event in engine_store.list_events(engine_id)]
    return found


def tables_of_pupil() -> tuple[Table, ...]:
    """Return every table that holds a pupil's rows: it points at a pupil, or at such a table."""
    return (Base.metadata.tables["pupil"], *_keys_to_owner())


@cache
def _keys_to_owner() -> dict[Table, ForeignKey]:
    """Return the shortest way from each table to the pupil: straight, or through a table that has one."""
    found: dict[Table, ForeignKey] = {}
    # In sorted order a table comes after those it points at.
    for table in Base.metadata.sorted_tables:
        keys = [key for key in table.foreign_keys if _leads_to_pupil(key, found)]
        if keys:
            found[table] = min(keys, key=lambda key: (key.column.table.name != "pupil", key.parent.name))
    return found


def _leads_to_pupil(key: ForeignKey, found: dict[Table, ForeignKey]) -> bool:
    return key.column.table.name == "pupil" or key.column.table in found


def _is_of(table: Table, pupil: Pupil) -> ColumnElement[bool]:
    if table.name == "pupil":
        return table.c.id == pupil.id
    key = _keys_to_owner()[table]
    return key.parent.in_(select(key.column).where(_is_of(key.column.table, pupil)))


def _sides() -> list[Table]:
    return [
        table
        for table in tables_of_pupil()
        if any(table is one.__table__ for one in SideRow.__subclasses__())
    ]


def _public_side(session: Session, side: Table, is_own: ColumnElement[bool]) -> dict[str, Rows]:
    """Return the rows of the chain that the personal rows belong to: what happened, and when."""
    (number,) = side.primary_key.columns
    (key,) = number.foreign_keys
    chain = key.column.table
    return {chain.name: _rows(session, chain, key.column.in_(select(number).where(is_own)))}


def _rows(session: Session, table: Any, is_wanted: ColumnElement[bool]) -> Rows:
    columns = [column for column in table.columns if column.name not in SECRETS]
    rows = session.execute(select(*columns).where(is_wanted).order_by(*table.primary_key.columns)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _mail_keys(session: Session, pupil: Pupil) -> list[str]:
    requests = session.scalars(select(TalkRequest.id).where(TalkRequest.pupil_id == pupil.id))
    experiences = list_experiences(session, pupil)
    return [
        *(f"talk_request:{request_id}" for request_id in requests),
        *(key for experience in experiences for key in mail_keys(experience)),
    ]


def _engine_ids(session: Session, pupil: Pupil) -> list[str]:
    of_pupil = select(Conversation.engine_id).where(Conversation.pupil_id == pupil.id)
    return list(session.scalars(of_pupil.order_by(Conversation.started_at, Conversation.id)))


def erase_own_data(
    session: Session,
    pupil: Pupil,
    *,
    engine_store: EngineStore,
    now: datetime,
    current_engine_id: str | None = None,
) -> Erasure:
    """Erase what a pupil did and said, in both stores; safe to repeat.

    The talk in which it was asked goes on without name and without its past, under a new engine id. The
    engine writes its side of that turn afterwards: whoever sent the message forgets the old id once more.
    """
    conversations = engine_store.forget(_engine_ids(session, pupil))
    if current_engine_id:
        _carry_on_nameless(session, pupil, current_engine_id, now)
    rows = _erase_rows(session, pupil)
    keeps_notice = _has_open_notice(session, pupil)
    if pupil.is_anonymous and not keeps_notice:
        session.delete(pupil)
    session.flush()
    session.expire_all()
    return Erasure(conversations, rows, keeps_notice)


def _carry_on_nameless(session: Session, pupil: Pupil, engine_id: str, now: datetime) -> None:
    conversation = session.scalars(
        select(Conversation).where(Conversation.engine_id == engine_id, Conversation.pupil_id == pupil.id)
    ).one_or_none()
    if conversation is None:
        return
    conversation.pupil = Pupil(school_id=pupil.school_id, created_at=now)
    conversation.engine_id = secrets.token_urlsafe(24)
    # The turn that asks for it waits for its answer and holds no words.
    session.execute(
        delete(Turn).where(
            Turn.conversation_id == conversation.id,
            (Turn.answered_at.is_not(None)) | (Turn.text.is_not(None)),
        )
    )
    session.flush()


def _erase_rows(session: Session, pupil: Pupil) -> int:
    conditions: list[tuple[Any, ColumnElement[bool]]] = [
        (OutboxMail, OutboxMail.key.in_(_mail_keys(session, pupil))),
        (SafetyNotice, (SafetyNotice.pupil_id == pupil.id) & SafetyNotice.closed_at.is_not(None)),
        *((model, model.pupil_id == pupil.id) for model in ERASED),
    ]
    results = [session.execute(delete(model).where(is_own)) for model, is_own in conditions]
    return sum(getattr(result, "rowcount", 0) for result in results)


def _has_open_notice(session: Session, pupil: Pupil) -> bool:
    is_open = select(SafetyNotice.id).where(
        SafetyNotice.pupil_id == pupil.id, SafetyNotice.closed_at.is_(None)
    )
    return session.scalars(is_open.limit(1)).first() is not None


def forget_strays(session: Session, *, engine_store: EngineStore) -> int:
    """Erase in the engine's store what no conversation of ours stands for, and return how many there were."""
    return engine_store.forget_others(session.scalars(select(Conversation.engine_id)))
