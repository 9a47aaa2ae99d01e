"""Reports on a message: the question vanishes for both, and is evidence for the safeguarding contact only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.database import lock
from guidance.errors import NotAllowed, NotFound
from guidance.mentor_questions import Event, State, Why, leads_to
from guidance.mentor_vetting import State as MentorState
from guidance.mentor_vetting import Who
from guidance.models.accounts import SAFEGUARDING_CONTACT, Staff
from guidance.models.mentor_threads import PUPIL, MentorMessage, MentorReport, MentorThread
from guidance.models.pupil import Pupil
from guidance.services.mentor_mails import tell_contacts, tell_dean
from guidance.services.mentor_threads import messages_for_mentor, messages_for_pupil
from guidance.services.mentor_vetting import take_step


@dataclass(frozen=True)
class Evidence:
    """What a contact reads of a report: every message, held back or not, and which one was reported."""

    report: MentorReport
    messages: tuple[MentorMessage, ...]


def report_message(
    session: Session, thread: MentorThread, message_id: int, reporter: str, *, now: datetime
) -> MentorReport:
    """Report a message that the reporter can see; reported before, the first report stands.

    The thread comes from the service that knows who may see it. Dean and contacts are told at once; an
    oud-leerling who is reported is paused until the report is closed.
    """
    lock(session, thread)
    if earlier := find_open_report(session, thread):
        return earlier
    message = _seen_of_other(thread, reporter).get(message_id)
    if message is None:
        raise NotFound(f"message {message_id} for {reporter}")
    before = State(thread.state)
    if leads_to(before, Event.REPORT) is None:
        raise NotFound(f"thread {thread.id} is {before}")
    report = MentorReport(
        thread=thread, message=message, reporter=reporter, reported_at=now, state_before=before
    )
    session.add(report)
    thread.state = State.REPORTED
    session.flush()
    _tell(session, report, now=now)
    if reporter == PUPIL and thread.mentor and thread.mentor.state == MentorState.ACTIVE:
        thread.mentor.held_at = now
        take_step(session, thread.mentor, MentorState.PAUSED, Actor(Who.CLOCK), now=now)
    return report


def _seen_of_other(thread: MentorThread, reporter: str) -> dict[int, MentorMessage]:
    return {one.id: one for one in _seen_by(thread, reporter) if one.author != reporter}


def _seen_by(thread: MentorThread, reporter: str) -> list[MentorMessage]:
    if reporter == PUPIL:
        return messages_for_pupil(thread)
    return messages_for_mentor(thread, thread.mentor) if thread.mentor else []


def _tell(session: Session, report: MentorReport, *, now: datetime) -> None:
    tell_dean(session, report.thread, "report", key=f"mentor_report:{report.id}:dean", now=now)
    tell_contacts(session, report.thread, "report", key=f"mentor_report:{report.id}", now=now)


def find_open_report(session: Session, thread: MentorThread) -> MentorReport | None:
    """Return the report on a question that is not closed yet, if any."""
    return session.scalars(
        select(MentorReport).where(MentorReport.thread_id == thread.id, MentorReport.closed_at.is_(None))
    ).one_or_none()


def list_reports(session: Session, contact: Staff) -> list[MentorReport]:
    """Return the reports at the contact's school, those not closed first, then newest first.

    A report about an oud-leerling who is this contact too is not theirs to see.
    """
    _refuse_others(contact)
    of_school = (
        select(MentorReport)
        .join(MentorThread, MentorThread.id == MentorReport.thread_id)
        .join(Pupil, Pupil.id == MentorThread.pupil_id)
        .where(Pupil.school_id == contact.school_id)
    )
    reports = [
        one
        for one in session.scalars(of_school.order_by(MentorReport.id.desc()))
        if not _is_about(one, contact)
    ]
    return sorted(reports, key=lambda report: report.closed_at is not None)


def open_report(session: Session, contact: Staff, report_id: int, *, now: datetime) -> Evidence:
    """Return the evidence, and note when a contact first looked."""
    report = get_report(session, contact, report_id)
    report.looked_at = report.looked_at or now
    session.flush()
    return Evidence(report, tuple(report.thread.messages))


def close_report(session: Session, contact: Staff, report_id: int, *, now: datetime) -> MentorReport:
    """Close a report: the question stays closed. Closed before, it stays as it stands."""
    report = _close(session, contact, report_id, is_undone=False, now=now)
    thread = report.thread
    if thread.state == State.REPORTED:
        thread.state, thread.closed_at, thread.closed_because = State.CLOSED, now, Why.REPORT
    session.flush()
    return report


def undo_report(session: Session, contact: Staff, report_id: int, *, now: datetime) -> MentorReport:
    """Close a report that was none: the question goes back to where it stood."""
    report = _close(session, contact, report_id, is_undone=True, now=now)
    if report.thread.state == State.REPORTED:
        report.thread.state = report.state_before
    session.flush()
    return report


def _close(
    session: Session, contact: Staff, report_id: int, *, is_undone: bool, now: datetime
) -> MentorReport:
    report = get_report(session, contact, report_id)
    lock(session, report)
    lock(session, report.thread)
    if report.closed_at is None:
        report.looked_at = report.looked_at or now
        report.closed_at, report.closed_by, report.is_undone = now, contact.id, is_undone
        session.flush()
    return report


def get_report(session: Session, contact: Staff, report_id: int) -> MentorReport:
    """Return a report at the contact's own school, or raise NotFound."""
    _refuse_others(contact)
    report = session.get(MentorReport, report_id)
    is_here = report is not None and report.thread.pupil.school_id == contact.school_id
    if report is None or not is_here or _is_about(report, contact):
        raise NotFound(f"report {report_id}")
    return report


def _is_about(report: MentorReport, contact: Staff) -> bool:
    mentor = report.thread.mentor
    return mentor is not None and mentor.is_also(contact)


def copy_report(session: Session, contact: Staff, report_id: int, *, now: datetime) -> Evidence:
    """Return what the reporter could read of a reported question, for the contact to hand over; noted."""
    report = get_report(session, contact, report_id)
    report.looked_at, report.copied_at = report.looked_at or now, now
    session.flush()
    return Evidence(report, tuple(_seen_by(report.thread, report.reporter)))


@dataclass(frozen=True)
class FirstLooks:
    """How long it took from a report to the first look, over the reports of a school that were looked at."""

    count: int
    median: timedelta
    longest: timedelta


def first_looks(session: Session, contact: Staff) -> FirstLooks | None:
    """Return how soon reports were looked at; None while none was."""
    took = [one.looked_at - one.reported_at for one in list_reports(session, contact) if one.looked_at]
    return FirstLooks(len(took), median_low(sorted(took)), max(took)) if took else None


def _refuse_others(contact: Staff) -> None:
    if contact.role != SAFEGUARDING_CONTACT:
        raise NotAllowed(f"staff {contact.id}")
