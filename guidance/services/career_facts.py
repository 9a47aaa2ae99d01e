"""Gathers what the career file of a pupil follows from; never a safety notice, never a topic asked about."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import programme_words
from guidance.career_file_input import CareerFacts, Check, Experience, Moment, NextStep, SavedOne, Talk
from guidance.catalogue import programmes_by_key
from guidance.check_in_changes import ClosedCheckIn
from guidance.clock import school_day
from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.pupil import Pupil
from guidance.models.talks import TalkRequest
from guidance.services.check_in import answers_of, instrument_of
from guidance.services.check_in_runs import list_outcome_runs
from guidance.services.experiences import list_experiences
from guidance.services.guidance_log import list_moments
from guidance.services.knowledge import next_step_of
from guidance.services.saved_programmes import list_saved_programmes
from guidance.services.talks import TALK_HELD, find_open_talk
from guidance.summary_input import Person
from guidance.wording import render

Log = list[tuple[GuidanceMoment, GuidanceMomentPerson]]
EVENT_ATTENDED, MENTOR_ANSWERED = "event_attended", "mentor_answered"


def career_facts(session: Session, pupil: Pupil, *, today: date) -> CareerFacts:
    """Return what the career file of a pupil follows from on this day, each with its row."""
    checks, saved = _checks(session, pupil), _saved(session, pupil)
    asked, log = _talk_asked(session, pupil), _log_of(session, pupil)
    return CareerFacts(
        person=_person(pupil),
        today=today,
        checks=checks,
        experiences=experiences_of(session, pupil),
        events=_moments(log, EVENT_ATTENDED),
        mentor_answers=_moments(log, MENTOR_ANSWERED),
        saved=saved,
        talks_held=_talks_held(session, pupil, log),
        talk_asked=asked,
        next_step=_next_step(session, pupil, [*checks, *([asked] if asked else [])], today),
    )


def experiences_of(session: Session, pupil: Pupil) -> tuple[Experience, ...]:
    """Return the experiences that a teacher confirmed, with the compliment."""
    return tuple(
        Experience(f"experience:{one.id}", school_day(one.confirmed_at), one.title, one.compliment)
        for one in list_experiences(session, pupil)
        if one.confirmed_at
    )


def _person(pupil: Pupil) -> Person:
    return Person(
        source=f"pupil:{pupil.id}",
        class_name=pupil.class_name,
        profile=pupil.profile,
        leerjaar=pupil.leerjaar,
        exam_year=pupil.exam_year,
    )


def _checks(session: Session, pupil: Pupil) -> tuple[Check, ...]:
    return tuple(
        Check(
            source=f"check_in_run:{run.id}",
            closed_at=run.closed_at,
            closed=ClosedCheckIn(instrument_of(run), answers_of(run), school_day(run.closed_at), pupil.level),
        )
        for run in list_outcome_runs(session, pupil)
        if run.closed_at
    )


def _saved(session: Session, pupil: Pupil) -> tuple[SavedOne, ...]:
    """Return what the pupil saved; a programme that left the catalogue is left out."""
    known = programmes_by_key()
    return tuple(
        SavedOne(f"saved_programme:{one.id}", _name_of(one.programme), one.note)
        for one in list_saved_programmes(session, pupil)
        if one.programme in known
    )


def _name_of(key: str) -> str:
    programme = programmes_by_key()[key]
    return render("career_file.programme", title=programme_words.title(programme), city=programme.city)


def _log_of(session: Session, pupil: Pupil) -> Log:
    """Return the moments of a pupil that stand, each with its personal side."""
    own = select(GuidanceMomentPerson).where(GuidanceMomentPerson.pupil_id == pupil.id)
    sides = {side.moment_id: side for side in session.scalars(own)}
    return [(moment, sides[moment.id]) for moment in list_moments(session, pupil)]


def _moments(log: Log, kind: str) -> tuple[Moment, ...]:
    return tuple(
        Moment(f"guidance_moment:{moment.id}", school_day(moment.happened_at), person.detail)
        for moment, person in log
        if moment.kind == kind
    )


def _talks_held(session: Session, pupil: Pupil, log: Log) -> tuple[Talk, ...]:
    """Return the talks in the guidance log; the one who was asked for it is named."""
    asked = select(TalkRequest).where(TalkRequest.pupil_id == pupil.id)
    partners = {_source(request): request.staff.name for request in session.scalars(asked)}
    return tuple(
        Talk(person.source_key, school_day(moment.happened_at), partners.get(person.source_key))
        for moment, person in log
        if moment.kind == TALK_HELD
    )


def _talk_asked(session: Session, pupil: Pupil) -> Talk | None:
    request = find_open_talk(session, pupil)
    return Talk(_source(request), school_day(request.requested_at), request.staff.name) if request else None


def _source(request: TalkRequest) -> str:
    return f"talk_request:{request.id}"


def _next_step(session: Session, pupil: Pupil, decided: list[Check | Talk], today: date) -> NextStep | None:
    text = next_step_of(session, pupil, today=today)
    sources = (f"pupil:{pupil.id}", *sorted(one.source for one in decided))
    return NextStep(text, sources) if text else None
