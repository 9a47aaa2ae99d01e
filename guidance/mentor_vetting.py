"""Home of vetting an oud-leerling: the states, which step leads where, who may take it, and what it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where an oud-leerling stands; pupils see only who is active today."""

    SIGNED_UP = "signed_up"
    ALUMNUS_CONFIRMED = "alumnus_confirmed"
    TALK_HELD = "talk_held"
    VOG_SEEN = "vog_seen"
    CONDUCT_AGREED = "conduct_agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class Who(StrEnum):
    """Who takes a step."""

    MENTOR = "mentor"
    DEAN = "dean"
    CONTACT = "safeguarding_contact"
    CLOCK = "clock"


class Need(StrEnum):
    """What must be so before a step."""

    MAIL_CONFIRMED = "mail_confirmed"
    VOG_VALID = "vog_valid"
    VOG_RUN_OUT = "vog_run_out"
    CONDUCT = "conduct"
    NOT_HELD = "not_held"
    NO_OPEN_REPORT = "no_open_report"


@dataclass(frozen=True)
class Facts:
    """What is known of an oud-leerling on a day; held: asked a pupil for contact data, a dean must decide."""

    today: date
    mail_confirmed: bool = False
    vog_expires_on: date | None = None
    conduct_agreed: bool = False
    is_held: bool = False
    has_open_report: bool = False

    @property
    def is_vog_valid(self) -> bool:
        return self.vog_expires_on is not None and self.today <= self.vog_expires_on

    def lacks(self, needs: Iterable[Need]) -> list[Need]:
        """Return the needs that are not met, in their order."""
        met = {
            Need.MAIL_CONFIRMED: self.mail_confirmed,
            Need.VOG_VALID: self.is_vog_valid,
            Need.VOG_RUN_OUT: not self.is_vog_valid,
            Need.CONDUCT: self.conduct_agreed,
            Need.NOT_HELD: not self.is_held,
            Need.NO_OPEN_REPORT: not self.has_open_report,
        }
        return [need for need in needs if not met[need]]


@dataclass(frozen=True)
class Step:
    """One allowed step."""

    start: State
    end: State
    who: frozenset[Who]
    needs: tuple[Need, ...] = ()


def _step(start: State, end: State, *who: Who, needs: tuple[Need, ...] = ()) -> Step:
    return Step(start, end, frozenset(who), needs)


_LIVING = tuple(state for state in State if state is not State.WITHDRAWN)
_WORKING = (State.ACTIVE, State.PAUSED)
STEPS = (
    _step(State.SIGNED_UP, State.ALUMNUS_CONFIRMED, Who.DEAN, needs=(Need.MAIL_CONFIRMED,)),
    _step(State.ALUMNUS_CONFIRMED, State.TALK_HELD, Who.DEAN),
    _step(State.TALK_HELD, State.VOG_SEEN, Who.DEAN, needs=(Need.VOG_VALID,)),
    _step(State.VOG_SEEN, State.CONDUCT_AGREED, Who.MENTOR),
    _step(State.CONDUCT_AGREED, State.ACTIVE, Who.DEAN, needs=(Need.VOG_VALID, Need.CONDUCT)),
    _step(State.ACTIVE, State.PAUSED, Who.MENTOR, Who.DEAN, Who.CLOCK),
    # Whoever asked a pupil for contact data is paused until a dean decides.
    _step(State.PAUSED, State.ACTIVE, Who.MENTOR, needs=(Need.VOG_VALID, Need.NOT_HELD, Need.NO_OPEN_REPORT)),
    _step(State.PAUSED, State.ACTIVE, Who.DEAN, needs=(Need.VOG_VALID, Need.NO_OPEN_REPORT)),
    *(_step(state, State.EXPIRED, Who.CLOCK, needs=(Need.VOG_RUN_OUT,)) for state in _WORKING),
    _step(State.EXPIRED, State.ACTIVE, Who.DEAN, needs=(Need.VOG_VALID, Need.CONDUCT, Need.NO_OPEN_REPORT)),
    *(
        _step(state, State.SUSPENDED, Who.DEAN, Who.CONTACT)
        for state in _LIVING
        if state is not State.SUSPENDED
    ),
    _step(State.SUSPENDED, State.PAUSED, Who.DEAN, Who.CONTACT, needs=(Need.CONDUCT, Need.NO_OPEN_REPORT)),
    *(_step(state, State.WITHDRAWN, Who.MENTOR, Who.DEAN) for state in _LIVING),
)


def find_step(start: State, end: State, who: Who) -> Step | None:
    """Return the step that this person may take from one state to another, whatever it needs."""
    return next((step for step in STEPS if (step.start, step.end) == (start, end) and who in step.who), None)


def next_states(start: State, who: Who) -> list[State]:
    """Return where this person may lead to, in the order of the states."""
    return [state for state in State if find_step(start, state, who)]


def is_active_on(state: State, vog_expires_on: date | None, today: date) -> bool:
    """Tell whether pupils may see this oud-leerling today: active, and the VOG has not run out."""
    return state is State.ACTIVE and vog_expires_on is not None and today <= vog_expires_on
