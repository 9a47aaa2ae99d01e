"""The summary before a talk: drafted for the pupil, struck and shared by the pupil, opened by the dean."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.clock import school_day
from guidance.consents import Purpose
from guidance.errors import AlreadySent, NotFound
from guidance.models.accounts import Staff
from guidance.models.pupil import Pupil
from guidance.models.talks import Summary, SummaryLine, TalkRequest
from guidance.services.audit import record_opening
from guidance.services.consents import require_basis
from guidance.services.pupils import get_pupil_of_dean
from guidance.services.summary_facts import facts_for
from guidance.summary import OWN_WORDS, QUESTIONS, Line, compose, label_of


@dataclass(frozen=True)
class LineForDean:
    """One line that the pupil shared, with the rows it comes from."""

    field: str
    label: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SummaryForDean:
    """What a dean reads: the lines that were left, and how many were struck, not which."""

    id: int
    lines: tuple[LineForDean, ...]
    struck: int
    shared_at: datetime
    seen_at: datetime


def draft_summary(session: Session, request: TalkRequest, *, now: datetime) -> Summary:
    """Write the summary of a talk, or write it anew; struck lines stay struck, a shared summary stays."""
    summary = _find_summary_of(session, request)
    if summary and summary.shared_at:
        return summary
    if summary is None:
        summary = Summary(pupil=request.pupil, talk_request=request, drafted_at=now, lines=[])
        session.add(summary)

    earlier = {_place(line.field, line.sources): line for line in summary.lines}
    lines = compose(facts_for(session, request, today=school_day(now)))
    kept = [_row(line, earlier.get(_place(line.field, line.sources)), now) for line in lines]
    # The old rows must be gone before new ones may take their positions.
    summary.lines.clear()
    session.flush()
    summary.lines.extend(
        SummaryLine(position=position, **values) for position, values in enumerate(kept, start=1)
    )
    summary.drafted_at = now
    session.flush()
    return summary


def _place(field: str, sources: list[str] | tuple[str, ...]) -> tuple[str, str]:
    """Return what makes a line the same line in the next draft: its field, and for a quote its row."""
    return field, sources[0] if field == OWN_WORDS else ""


def _row(line: Line, earlier: SummaryLine | None, now: datetime) -> dict[str, object]:
    # A new question was written for the dean: it is another line than the one that was struck.
    is_other_question = earlier and line.field == QUESTIONS and earlier.text != line.text
    if earlier and earlier.struck_at and not is_other_question:
        return {name: getattr(earlier, name) for name in ("field", "text", "sources", "struck_at")}
    # What hints at something private is offered struck, once: the pupil may put it back.
    is_new = earlier is None or earlier.text != line.text
    struck_at = now if line.is_sensitive and is_new else None
    return {"field": line.field, "text": line.text, "sources": list(line.sources), "struck_at": struck_at}


def find_own_summary(session: Session, pupil: Pupil) -> Summary | None:
    """Return the summary of the talk this pupil asked for last, if any."""
    return session.scalars(
        select(Summary).where(Summary.pupil_id == pupil.id).order_by(Summary.talk_request_id.desc()).limit(1)
    ).one_or_none()


def get_own_summary(session: Session, pupil: Pupil) -> Summary:
    """Return the summary of the talk this pupil asked for last, or raise NotFound."""
    if summary := find_own_summary(session, pupil):
        return summary
    raise NotFound(f"pupil {pupil.id} has no summary")


def strike_line(session: Session, pupil: Pupil, position: int, *, now: datetime) -> SummaryLine:
    """Keep a line from the dean; a line struck before stays struck."""
    line = _get_own_line(session, pupil, position)
    line.struck_at = line.struck_at or now
    return line


def restore_line(session: Session, pupil: Pupil, position: int) -> SummaryLine:
    """Put a struck line back."""
    line = _get_own_line(session, pupil, position)
    line.struck_at = None
    return line


def _get_own_line(session: Session, pupil: Pupil, position: int) -> SummaryLine:
    summary = get_own_summary(session, pupil)
    # Striking and sharing at the same moment wait for each other here.
    session.refresh(summary, with_for_update=True)
    if summary.shared_at:
        raise AlreadySent(f"summary {summary.id}")
    for line in summary.lines:
        if line.position == position:
            return line
    raise NotFound(f"line {position} of summary {summary.id}")


def share_summary(session: Session, pupil: Pupil, *, now: datetime) -> Summary:
    """Let the dean read what was not struck; under 16 only with a basis of the school. Safe to repeat."""
    summary = get_own_summary(session, pupil)
    session.refresh(summary, with_for_update=True)
    if summary.shared_at is None:
        require_basis(session, pupil, Purpose.SUMMARY, today=school_day(now))
        summary.shared_at = now
    return summary


def open_summary_of_pupil(session: Session, dean: Staff, pupil_id: int, *, now: datetime) -> SummaryForDean:
    """Return the newest summary that a pupil shared with this dean's school, and note that it was opened."""
    pupil = get_pupil_of_dean(session, dean, pupil_id)
    summary = _find_shared_summary(session, pupil)
    if summary is None:
        raise NotFound(f"pupil {pupil_id} shared no summary")
    summary.seen_at = summary.seen_at or now
    record_opening(session, pupil, Actor(dean.role, dean.id), now=now, what=f"summary:{summary.id}")
    return _for_dean(summary, summary.shared_at or now, summary.seen_at)


def _find_summary_of(session: Session, request: TalkRequest) -> Summary | None:
    return session.scalars(
        select(Summary).where(Summary.talk_request_id == request.id).with_for_update()
    ).one_or_none()


def _find_shared_summary(session: Session, pupil: Pupil) -> Summary | None:
    return session.scalars(
        select(Summary)
        .where(Summary.pupil_id == pupil.id, Summary.shared_at.is_not(None))
        .order_by(Summary.talk_request_id.desc())
        .limit(1)
    ).one_or_none()


def _for_dean(summary: Summary, shared_at: datetime, seen_at: datetime) -> SummaryForDean:
    left = [line for line in summary.lines if line.struck_at is None]
    lines = tuple(
        LineForDean(line.field, label_of(line.field), line.text, tuple(line.sources)) for line in left
    )
    return SummaryForDean(summary.id, lines, len(summary.lines) - len(left), shared_at, seen_at)
