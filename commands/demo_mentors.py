"""The demo's oud-leerlingen: made-up people, led through every step of the vetting as a dean would."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from commands.demo_school import basis_of_school, staff_in
from guidance import clock
from guidance.actors import Actor
from guidance.consents import Purpose
from guidance.mentor_vetting import State, Who
from guidance.models.accounts import DEAN
from guidance.models.school import School
from guidance.services.mentor_mails import confirm_mail_of
from guidance.services.mentor_vetting import note_vog, take_step
from guidance.services.mentors import AboutMentor, approve_story, sign_up, turn_mentors_on

VOG_COUNTS_FOR = timedelta(days=3 * 365)


def add_mentors(session: Session, school: School, plan: dict[str, Any], *, now: datetime) -> None:
    """Turn contact on and add the oud-leerlingen of a school's plan, active and with their story approved."""
    if not plan["mentors"]:
        return
    dean = staff_in(session, school, DEAN)
    turn_mentors_on(session, dean, now=now)
    session.add(basis_of_school(school, Purpose.MENTOR_CONTACT, plan["decided_by"], clock.school_day(now)))
    by_dean = Actor(Who.DEAN, dean.id)
    for person in plan["mentors"]:
        years_ago = person["exam_years_ago"]
        told = {name: value for name, value in person.items() if name not in ("mail", "exam_years_ago")}
        about = AboutMentor(**told, exam_year=clock.school_day(now).year - years_ago)
        mentor = sign_up(session, school, person["mail"], about, now=now)
        confirm_mail_of(session, mentor, now=now)
        for state in (State.ALUMNUS_CONFIRMED, State.TALK_HELD):
            take_step(session, mentor, state, by_dean, now=now)
        seen = clock.school_day(now)
        note_vog(session, dean, mentor.id, seen_on=seen, expires_on=seen + VOG_COUNTS_FOR, now=now)
        take_step(session, mentor, State.CONDUCT_AGREED, Actor(Who.MENTOR, mentor.id), now=now)
        take_step(session, mentor, State.ACTIVE, by_dean, now=now)
        approve_story(session, dean, mentor.id, now=now)
