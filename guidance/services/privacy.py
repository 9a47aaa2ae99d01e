"""What is stored about a pupil: seen, exported and erased, in our own store and in the engine's."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Select, Table, delete, select, true
from sqlalchemy.orm import Session

from guidance.database import Base
from guidance.engine_store import EngineStore
from guidance.mentor_questions import State
from guidance.models.career_file import CareerFileEntry, CareerFileLine
from guidance.models.chain import SideRow
from guidance.models.check_in import CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.models.experiences import Experience
from guidance.models.guidance_log import GuidanceMomentPerson
from guidance.models.knowledge import TopicAsked
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import PUPIL, MentorBlock, MentorMessage, MentorReport, MentorThread
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
    MentorThread,
)
# What the school keeps, and what must stay to show who looked (CONTRACTS 6). A notice goes once it is closed.
# A block goes on: who was kept away stays away.
KEPT = {"pupil", "placement", "consent_basis", "audit_entry_person", "safety_notice", "mentor_block"}

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Erasure:
    """What erasing did: conversations in the engine's store, rows of ours, and what stays for now."""

    engine_conversations: int
    rows: int
    keeps_notice: bool
    keeps_report: bool = False


def own_data(session: Session, pupil: Pupil, *, engine_store: EngineStore | None = None) -> dict[str, Rows]:
    """Return everything stored about a pupil as plain values, by table, ready for a page or JSON."""
    found = {
        table.name: _rows(session, table, _is_of(table, pupil) & _may_be_seen(table))
        for table in tables_of_pupil()
    }
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


def _may_be_seen(table: Table) -> ColumnElement[bool]:
    """Leave out what a pupil does not see: a reported question, a message held back, what another did."""
    reported = select(MentorThread.id).where(MentorThread.state == State.REPORTED)
    of_thread = ("mentor_message", "mentor_news", "mentor_offer")
    threads = {"mentor_thread": "id", **dict.fromkeys(of_thread, "thread_id")}
    if table.name in threads:
        seen = table.c[threads[table.name]].not_in(reported)
        return seen & _went(table) if table is MentorMessage.__table__ else seen
    if table is MentorReport.__table__:
        return table.c.reporter == PUPIL
    return table.c.blocked_by == PUPIL if table is MentorBlock.__table__ else true()


def _went(messages: Table) -> ColumnElement[bool]:
    columns = messages.c
    return (columns.author == PUPIL) | (columns.held_because == "") | columns.released_at.is_not(None)


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
        *_mail_keys_of_threads(session, pupil),
    ]


def _mail_keys_of_threads(session: Session, pupil: Pupil) -> list[str]:
    """Return the keys of the mails to the school about questions of this pupil; they name the pupil."""
    threads = select(MentorThread.id).where(MentorThread.pupil_id == pupil.id)
    own = {
        "mentor_thread": threads,
        "mentor_message": select(MentorMessage.id).where(MentorMessage.thread_id.in_(threads)),
        "mentor_report": select(MentorReport.id).where(MentorReport.thread_id.in_(threads)),
    }
    starts = {f"{name}:{number}" for name, query in own.items() for number in session.scalars(query)}
    keys = session.scalars(select(OutboxMail.key).where(OutboxMail.key.like("mentor_%")))
    return [key for key in keys if ":".join(key.split(":")[:2]) in starts]


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
    keeps_report = session.scalars(_reported_of(pupil)).first() is not None
    if pupil.is_anonymous and not keeps_notice:
        session.delete(pupil)
    session.flush()
    session.expire_all()
    return Erasure(conversations, rows, keeps_notice, keeps_report)


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
        *((model, _is_erasable(model, pupil)) for model in ERASED),
    ]
    results = [session.execute(delete(model).where(is_own)) for model, is_own in conditions]
    return sum(getattr(result, "rowcount", 0) for result in results)


def _is_erasable(model: Any, pupil: Pupil) -> ColumnElement[bool]:
    own: ColumnElement[bool] = model.pupil_id == pupil.id
    # A report holds what it is about until the safeguarding contact closes it.
    return own & model.id.not_in(_reported_of(pupil)) if model is MentorThread else own


def _reported_of(pupil: Pupil) -> Select[int]:
    return (
        select(MentorThread.id)
        .join(MentorReport, MentorReport.thread_id == MentorThread.id)
        .where(MentorThread.pupil_id == pupil.id, MentorReport.closed_at.is_(None))
    )


def _has_open_notice(session: Session, pupil: Pupil) -> bool:
    is_open = select(SafetyNotice.id).where(
        SafetyNotice.pupil_id == pupil.id, SafetyNotice.closed_at.is_(None)
    )
    return session.scalars(is_open.limit(1)).first() is not None


def forget_strays(session: Session, *, engine_store: EngineStore) -> int:
    """Erase in the engine's store what no conversation of ours stands for, and return how many there were."""
    return engine_store.forget_others(session.scalars(select(Conversation.engine_id)))
