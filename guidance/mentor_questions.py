"""Home of a question to an oud-leerling: its states, what may happen in each, and its terms."""

from datetime import date
from enum import StrEnum

from guidance.school_days import Region, after_days_outside_holidays, after_school_days

LONGEST_MESSAGE = 1000
MOST_FORWARDS = 2
"""How many others a question goes to when the first does not answer; never one who had it before."""
SCHOOL_DAYS_TO_ANSWER = 5
SCHOOL_DAYS_FOR_DEAN = 3
DAYS_OPEN = 28
DAYS_OF_NOTICE = 3


class State(StrEnum):
    """Where a question stands."""

    DRAFT = "draft"
    WITH_DEAN = "with_dean"
    OFFERED = "offered"
    ANSWERED = "answered"
    CLOSED = "closed"
    REPORTED = "reported"


class Event(StrEnum):
    """What can happen to a question."""

    SUBMIT = "submit"
    SUBMIT_TO_DEAN = "submit_to_dean"
    LET_THROUGH = "let_through"
    FORWARD = "forward"
    MENTOR_WRITES = "mentor_writes"
    PUPIL_WRITES = "pupil_writes"
    REPORT = "report"
    UNDO_REPORT = "undo_report"
    CLOSE = "close"


class Why(StrEnum):
    """Why a question was closed."""

    PUPIL = "pupil"
    DEAN = "dean"
    MENTOR = "mentor"
    NO_MENTOR = "no_mentor"
    TERM = "term"
    BLOCK = "block"
    REPORT = "report"


class News(StrEnum):
    """What a pupil hears of a question: in the chat when a talk begins, and on the page."""

    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    DEAN_LATE = "dean_late"
    AWAY = "away"
    CLOSING = "closing"
    CLOSED = "closed"


OPEN = (State.WITH_DEAN, State.OFFERED, State.ANSWERED)
# UNDO_REPORT leads back to where the question stood, so that end is stored with the report.
_LEADS_TO: dict[tuple[State, Event], State] = {
    (State.DRAFT, Event.SUBMIT): State.OFFERED,
    (State.DRAFT, Event.SUBMIT_TO_DEAN): State.WITH_DEAN,
    (State.DRAFT, Event.CLOSE): State.CLOSED,
    (State.WITH_DEAN, Event.LET_THROUGH): State.OFFERED,
    (State.OFFERED, Event.FORWARD): State.OFFERED,
    (State.OFFERED, Event.MENTOR_WRITES): State.ANSWERED,
    (State.ANSWERED, Event.MENTOR_WRITES): State.ANSWERED,
    (State.ANSWERED, Event.PUPIL_WRITES): State.ANSWERED,
    **{(state, Event.CLOSE): State.CLOSED for state in (*OPEN, State.REPORTED)},
    **{(state, Event.REPORT): State.REPORTED for state in (State.OFFERED, State.ANSWERED, State.CLOSED)},
}


def leads_to(state: State, event: Event) -> State | None:
    """Return the state after an event, or nothing when it cannot happen there."""
    return _LEADS_TO.get((state, event))


def answer_due_on(offered_on: date, region: Region) -> date:
    """Return the last day for an oud-leerling to answer."""
    return after_school_days(offered_on, SCHOOL_DAYS_TO_ANSWER, region)


def dean_due_on(submitted_on: date, region: Region) -> date:
    """Return the last day for the dean to look; the day after a reminder goes."""
    return after_school_days(submitted_on, SCHOOL_DAYS_FOR_DEAN, region)


def closes_on(last_message_on: date, region: Region) -> date:
    """Return the day on which a question closes when nothing more is written."""
    return after_days_outside_holidays(last_message_on, DAYS_OPEN, region)


def close_announced_on(last_message_on: date, region: Region) -> date:
    """Return the day on which both hear that it closes soon."""
    return after_days_outside_holidays(last_message_on, DAYS_OPEN - DAYS_OF_NOTICE, region)
