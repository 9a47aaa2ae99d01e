"""What a running service has stored, counted from outside."""

import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.models.audit import AuditEntry
from guidance.models.career_file import CareerFileEntry, CareerFileLine
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.models.experiences import Experience
from guidance.models.guidance_log import GuidanceMomentPerson
from guidance.models.knowledge import TopicAsked
from guidance.models.mail import OutboxMail
from guidance.models.programmes import SavedProgramme
from guidance.models.pupil import Pupil
from guidance.models.safety import SafetyNotice
from guidance.models.talks import Summary, TalkRequest
from guidance.on_time import expected_exam_year
from guidance.services.accounts import code_digest, get_pupil_by_code, get_school
from guidance.services.experience_links import mail_keys

EVENTS = "SELECT count(*) FROM events WHERE sender_id = ?"
OWN = {
    "career_file_entry": CareerFileEntry,
    "career_file_line": CareerFileLine,
    "check_in_run": CheckInRun,
    "conversation": Conversation,
    "experience": Experience,
    "guidance_moment": GuidanceMomentPerson,
    "saved_programme": SavedProgramme,
    "safety_notice": SafetyNotice,
    "summary": Summary,
    "talk_request": TalkRequest,
    "topic_asked": TopicAsked,
}


def add_pupil(
    session: Session, school_code: str, *, level: str = "havo", leerjaar: int = 3, profile: str | None = None
) -> str:
    """Add a pupil of whom nothing is stored yet, and return her own code."""
    code, school = secrets.token_hex(8), get_school(session, school_code)
    year = clock.school_year(clock.school_day(clock.now()))
    session.add(
        Pupil(
            school_id=school.id,
            first_name="Noor",
            surname="Proef",
            class_name=f"{level[0]}{leerjaar}a",
            level=level,
            leerjaar=leerjaar,
            profile=profile,
            exam_year=expected_exam_year(level, leerjaar, year),
            code_digest=code_digest(code),
            created_at=clock.now(),
        )
    )
    return code


def engine_ids(session: Session, school_code: str, code: str) -> list[str]:
    pupil = get_pupil_by_code(session, get_school(session, school_code), code)
    return list(session.scalars(select(Conversation.engine_id).where(Conversation.pupil_id == pupil.id)))


def rows_of(session: Session, school_code: str, code: str) -> dict[str, int]:
    """Return how many rows each table holds of one pupil."""
    pupil = get_pupil_by_code(session, get_school(session, school_code), code)
    found = {
        name: session.scalars(select(func.count()).select_from(table).where(table.pupil_id == pupil.id)).one()
        for name, table in OWN.items()
    }
    conversations = select(Conversation.id).where(Conversation.pupil_id == pupil.id)
    runs = select(CheckInRun.id).where(CheckInRun.pupil_id == pupil.id)
    talks = session.scalars(select(TalkRequest.id).where(TalkRequest.pupil_id == pupil.id)).all()
    found["turn"] = _count(session, select(Turn).where(Turn.conversation_id.in_(conversations)))
    found["answer"] = _count(session, select(Answer).where(Answer.run_id.in_(runs), Answer.version == 1))
    keys = [f"talk_request:{number}" for number in talks]
    own = session.scalars(select(Experience).where(Experience.pupil_id == pupil.id))
    keys += [key for experience in own for key in mail_keys(experience)]
    found["outbox_mail"] = _count(session, select(OutboxMail).where(OutboxMail.key.in_(keys)))
    return found


def answers_of(session: Session, school_code: str, code: str) -> dict[str, list[int | str | None]]:
    """Return every version of the answer to each item, by item: a value, words, or its kind."""
    pupil = get_pupil_by_code(session, get_school(session, school_code), code)
    found: dict[str, list[int | str | None]] = {}
    own = select(Answer).join(CheckInRun).where(CheckInRun.pupil_id == pupil.id)
    for answer in session.scalars(own.order_by(Answer.version, Answer.id)):
        found.setdefault(answer.item, []).append(answer.value or answer.words or answer.kind)
    return found


def talk_words(session: Session, school_code: str, code: str) -> list[str | None]:
    """Return what a pupil wants to talk about, by talk asked for."""
    pupil = get_pupil_by_code(session, get_school(session, school_code), code)
    own = select(TalkRequest.words).where(TalkRequest.pupil_id == pupil.id)
    return list(session.scalars(own.order_by(TalkRequest.id)))


def refusals(session: Session) -> int:
    return _count(session, select(AuditEntry).where(AuditEntry.action == "refused"))


def engine_events(path: Path, ids: Iterable[str]) -> int:
    with sqlite3.connect(path) as store:
        marks = [
            store.execute("SELECT count(*) FROM events WHERE sender_id = ?", (one,)).fetchone()[0]
            for one in ids
        ]
    store.close()
    return sum(marks)


def engine_columns(path: Path) -> set[str]:
    with sqlite3.connect(path) as store:
        tables = {row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = {row[1] for row in store.execute("PRAGMA table_info(events)")}
    store.close()
    assert tables == {"events"}
    return columns


def _count(session: Session, rows: object) -> int:
    return len(session.scalars(rows).all())  # type: ignore[call-overload, no-any-return]
