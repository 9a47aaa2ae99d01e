"""Oud-leerlingen for tests: who is active at Anna's school, by the way everyone goes."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.mentor_vetting import State, Who
from guidance.models.mentors import Mentor
from guidance.models.school import ConsentBasis
from guidance.services.mentor_vetting import note_vog, take_step
from guidance.services.mentors import AboutMentor, sign_up, turn_mentors_on
from tests.people import MONDAY, staff

VOG_ENDS = date(2027, 6, 1)


def open_contact(session: Session) -> None:
    """Turn contact on at Anna's school, and record the ground for pupils under 16."""
    dean = staff(session, "De Vries")
    turn_mentors_on(session, dean, now=MONDAY)
    session.add(
        ConsentBasis(
            school_id=dean.school_id,
            purpose="mentor_contact",
            basis="task",
            decided_on=date(2026, 8, 1),
            decided_by="Bestuur",
        )
    )
    session.flush()


def add_mentor(
    session: Session, first_name: str, *, capacity: int = 2, vog_ends: date = VOG_ENDS, now: datetime = MONDAY
) -> Mentor:
    """Add an oud-leerling who went the whole way to active."""
    dean = staff(session, "De Vries")
    about = AboutMentor(
        first_name,
        2019,
        "Hoe de pabo is, en stages.",
        capacity,
        programme_name="Pabo",
        institution="Hogeschool Windesheim",
    )
    mentor = sign_up(session, dean.school, f"{first_name}@post.example", about, now=now)
    mentor.mail_confirmed_at = now
    by_dean = Actor(Who.DEAN, dean.id)
    for state in (State.ALUMNUS_CONFIRMED, State.TALK_HELD):
        take_step(session, mentor, state, by_dean, now=now)
    note_vog(session, dean, mentor.id, seen_on=date(2026, 11, 2), expires_on=vog_ends, now=now)
    take_step(session, mentor, State.CONDUCT_AGREED, Actor(Who.MENTOR, mentor.id), now=now)
    take_step(session, mentor, State.ACTIVE, by_dean, now=now)
    return mentor
