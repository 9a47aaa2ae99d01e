"""Gathers what the summary of a pupil is made of; never a safety notice, never a line of the chat."""

from datetime import date

from sqlalchemy.orm import Session

from guidance.admission import admission_of, applicant_of
from guidance.bekwaamheden import SelfSelection
from guidance.catalogue import Programme, programmes_by_key
from guidance.clock import school_day
from guidance.competence_outcome import competence_outcome
from guidance.distance import distance_km
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.experience_kinds import experience_kinds
from guidance.interest_outcome import interest_outcome
from guidance.models.check_in import CheckInRun
from guidance.models.programmes import SavedProgramme
from guidance.models.pupil import Pupil
from guidance.models.talks import TalkRequest
from guidance.places import find_place
from guidance.programme_filters import LEVELS_WITH_PROFILE, known_profile
from guidance.services.check_in import answers_of, instrument_of, newest_answers
from guidance.services.check_in_runs import (
    COMPETENCE,
    INTEREST,
    find_latest_outcome_run,
    list_outcome_runs,
)
from guidance.services.experiences import list_experiences
from guidance.services.guidance_log import list_moments, on_time_of
from guidance.services.saved_programmes import list_saved_programmes
from guidance.summary_input import (
    Competences,
    Confirmed,
    Interests,
    LookedAt,
    Person,
    Quote,
    Standing,
    SummaryFacts,
)
from guidance.wording import render

# Kinds whose name already says what is taught.
WITHOUT_SUBJECT = {"pabo", "academische_pabo", "alo"}


def facts_for(session: Session, request: TalkRequest, *, today: date) -> SummaryFacts:
    """Return the facts of a summary on this day, each with the row it comes from."""
    pupil = request.pupil
    saved = list_saved_programmes(session, pupil)
    newest, earlier = _last_two_interests(session, pupil)
    return SummaryFacts(
        person=_person(pupil),
        talk_source=f"talk_request:{request.id}",
        requested_on=school_day(request.requested_at),
        talk_words=request.words,
        standing=_standing(session, pupil, today),
        interests=newest,
        earlier=earlier,
        competences=_competences(session, pupil),
        quotes=(*_own_words(session, pupil), *(Quote(_source(one), one.note) for one in saved if one.note)),
        programmes=_looked_at(pupil, saved),
        experiences=_confirmed(session, pupil),
    )


def _person(pupil: Pupil) -> Person:
    return Person(
        source=f"pupil:{pupil.id}",
        class_name=pupil.class_name,
        profile=pupil.profile,
        leerjaar=pupil.leerjaar,
        exam_year=pupil.exam_year,
    )


def _standing(session: Session, pupil: Pupil, today: date) -> Standing | None:
    figures = on_time_of(session, pupil, today=today)
    if figures is None:
        return None
    first = next((moment for moment in list_moments(session, pupil) if moment.qualifying), None)
    return Standing(figures.now, f"guidance_moment:{first.id}" if first else None)


def _last_two_interests(session: Session, pupil: Pupil) -> tuple[Interests | None, Interests | None]:
    runs = list_outcome_runs(session, pupil, INTEREST)[:2]
    newest, earlier, *_ = [*map(_interests, runs), None, None]
    return newest, earlier


def _interests(run: CheckInRun) -> Interests:
    outcome = interest_outcome(instrument_of(run), answers_of(run), run.pupil.level)
    strongest = outcome.standing_out[0].types if outcome.standing_out else ()
    names = tuple(render(f"check_in.fields.{field}") for field in strongest)
    return Interests(f"check_in_run:{run.id}", names)


def _competences(session: Session, pupil: Pupil) -> Competences | None:
    run = find_latest_outcome_run(session, pupil, COMPETENCE)
    if run is None:
        return None
    outcome = competence_outcome(instrument_of(run), answers_of(run))
    job, study = (
        render(f"summary.standings.{outcome.standing_of(asks)}")
        for asks in (SelfSelection.JOB, SelfSelection.STUDY)
    )
    return Competences(f"check_in_run:{run.id}", job, study)


def _own_words(session: Session, pupil: Pupil) -> list[Quote]:
    """Return what the pupil wrote in the newest competence check-in, in the order of its questions."""
    run = find_latest_outcome_run(session, pupil, COMPETENCE)
    if run is None:
        return []
    return [Quote(f"answer:{answer.id}", answer.words) for answer in newest_answers(run) if answer.words]


def _confirmed(session: Session, pupil: Pupil) -> tuple[Confirmed, ...]:
    return tuple(
        Confirmed(f"experience:{one.id}", experience_kinds()[one.kind].short, school_day(one.confirmed_at))
        for one in list_experiences(session, pupil)
        if one.confirmed_at
    )


def _source(saved: SavedProgramme) -> str:
    return f"saved_programme:{saved.id}"


def _looked_at(pupil: Pupil, saved: list[SavedProgramme]) -> tuple[LookedAt, ...]:
    """Return what the pupil saved, newest first; a programme that left the catalogue is left out."""
    known = programmes_by_key()
    return tuple(
        LookedAt(
            source=_source(one),
            name=_name_of(known[one.programme]),
            distance_km=_distance_from_school(pupil, known[one.programme]),
            has_admission_problem=_misses_something(pupil, known[one.programme]),
        )
        for one in reversed(saved)
        if one.programme in known
    )


def _name_of(programme: Programme) -> str:
    kind = render(f"summary.kinds.{programme.kind}")
    subject = "" if programme.kind in WITHOUT_SUBJECT else programme.subject
    return render("summary.programme_name", kind=kind, subject=subject, city=programme.city)


def _distance_from_school(pupil: Pupil, programme: Programme) -> float | None:
    try:
        place = find_place(pupil.school.place)
    except (UnknownPlace, AmbiguousPlace):
        return None
    return distance_km(place.point, programme.point)


def _misses_something(pupil: Pupil, programme: Programme) -> bool:
    """Tell whether a dated rule asks for a subject or profile that this pupil is not known to have."""
    profile = known_profile(pupil.profile) if pupil.level in LEVELS_WITH_PROFILE else None
    return bool(admission_of(programme, applicant_of(pupil.level, profile)).missing)
