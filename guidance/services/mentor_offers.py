"""To whom a question goes: who fits best, who has room, and who is next when one does not answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.catalogue import programmes_by_key
from guidance.consents import Purpose
from guidance.database import lock
from guidance.errors import NobodyFree
from guidance.mentor_questions import MOST_FORWARDS, Event, News, State, Why, answer_due_on, leads_to
from guidance.models.mentor_threads import MentorBlock, MentorOffer, MentorThread
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.places import find_place
from guidance.school_days import Region, region_of
from guidance.services.consents import has_basis
from guidance.services.mentor_mails import write_mail
from guidance.services.mentor_news import note_news
from guidance.services.saved_programmes import list_saved_programmes

TAKING_ROOM = (State.OFFERED, State.ANSWERED)
# Why someone fits, best first; all are of the pupil's own school, for a school is the tenant.
PROGRAMME, PROFILE, REGION, SCHOOL = "programme", "profile", "region", "school"
REASONS = (PROGRAMME, PROFILE, REGION, SCHOOL)
TOLD_TO_PUPIL = {Why.DEAN, Why.MENTOR, Why.NO_MENTOR, Why.TERM}
"""Why a question closed that the pupil hears of: not their own doing, and no report or block."""


@dataclass(frozen=True)
class Match:
    """An oud-leerling who is active today, why they fit, and how many questions they have open."""

    mentor: Mentor
    reason: str
    load: int

    @property
    def has_room(self) -> bool:
        return self.load < self.mentor.capacity


def matches_for(session: Session, pupil: Pupil, *, now: datetime) -> list[Match]:
    """Return who a pupil can ask, best first: why they fit, then least open questions, then longest idle."""
    blocked = select(MentorBlock.mentor_id).where(MentorBlock.pupil_id == pupil.id)
    of_school = select(Mentor).where(
        Mentor.school_id == pupil.school_id, Mentor.left_at.is_(None), Mentor.id.not_in(blocked)
    )
    today, fits = clock.school_day(now), _Fit(session, pupil)
    loads = _loads(session, pupil.school_id)
    found = [
        Match(mentor, fits.reason(mentor), loads.get(mentor.id, 0))
        for mentor in session.scalars(of_school)
        if mentor.is_active_on(today)
    ]
    return sorted(found, key=_place_in_line)


def _place_in_line(match: Match) -> tuple[int, int, float, int]:
    idle_since = match.mentor.last_offered_at.timestamp() if match.mentor.last_offered_at else 0.0
    return REASONS.index(match.reason), match.load, idle_since, match.mentor.id


class _Fit:
    """What of a pupil an oud-leerling can have in common."""

    def __init__(self, session: Session, pupil: Pupil) -> None:
        saved = [one.programme for one in list_saved_programmes(session, pupil)]
        catalogue = programmes_by_key()
        found = [catalogue[key] for key in saved if key in catalogue]
        # At whatever institution: the programme is what they have in common.
        self.programmes = {(one.isat, one.kind) for one in found}
        self.profile = pupil.profile
        self.province = find_place(pupil.school.place).province

    def reason(self, mentor: Mentor) -> str:
        programme = programmes_by_key().get(mentor.programme or "")
        if programme and (programme.isat, programme.kind) in self.programmes:
            return PROGRAMME
        if self.profile and mentor.profile == self.profile:
            return PROFILE
        return REGION if programme and programme.province == self.province else SCHOOL


def _loads(session: Session, school_id: int) -> dict[int, int]:
    rows = session.execute(
        select(MentorThread.mentor_id, func.count())
        .join(Mentor, Mentor.id == MentorThread.mentor_id)
        .where(Mentor.school_id == school_id, MentorThread.state.in_(TAKING_ROOM))
        .group_by(MentorThread.mentor_id)
    )
    return {mentor_id: count for mentor_id, count in rows if mentor_id is not None}


def offer(session: Session, thread: MentorThread, *, to: int | None = None, now: datetime) -> MentorOffer:
    """Give a question to the oud-leerling asked for, or to who fits best and has room, or raise NobodyFree.

    Never to one who had it before. Two questions at the same moment wait for each other at the oud-leerling.
    """
    had_it = {earlier.mentor_id for earlier in thread.offers}
    for match in matches_for(session, thread.pupil, now=now):
        is_wanted = to is None or match.mentor.id == to
        if is_wanted and match.mentor.id not in had_it and _has_room(session, match.mentor, now):
            return _give(session, thread, match, is_chosen=to is not None, now=now)
    raise NobodyFree(f"thread {thread.id}")


def _has_room(session: Session, mentor: Mentor, now: datetime) -> bool:
    """Look again with the oud-leerling locked: another question may have come in between."""
    lock(session, mentor)
    open_questions = session.scalar(
        select(func.count())
        .select_from(MentorThread)
        .where(MentorThread.mentor_id == mentor.id, MentorThread.state.in_(TAKING_ROOM))
    )
    return mentor.is_active_on(clock.school_day(now)) and (open_questions or 0) < mentor.capacity


def _give(
    session: Session, thread: MentorThread, match: Match, *, is_chosen: bool, now: datetime
) -> MentorOffer:
    given = MentorOffer(mentor=match.mentor, reason="chosen" if is_chosen else match.reason, offered_at=now)
    thread.offers.append(given)
    thread.mentor, thread.state = match.mentor, State.OFFERED
    thread.due_on = answer_due_on(clock.school_day(now), region_of_pupil(thread.pupil))
    match.mentor.last_offered_at = now
    session.flush()
    if len(thread.offers) > 1:
        note_news(session, thread, News.PASSED_ON, key=f"offer:{given.id}", now=now)
    write_mail(session, match.mentor, "question", key=f"mentor_offer:{given.id}", now=now)
    return given


def pass_on(session: Session, thread: MentorThread, *, now: datetime) -> None:
    """Give an unanswered question to another, at most twice; when nobody is left or may be, it closes."""
    if leads_to(State(thread.state), Event.FORWARD) is None:
        return
    try:
        if len(thread.offers) > MOST_FORWARDS:
            raise NobodyFree(f"thread {thread.id} was passed on twice")
        if not has_basis(session, thread.pupil, Purpose.MENTOR_CONTACT, today=clock.school_day(now)):
            raise NobodyFree(f"thread {thread.id} has no basis any more")
        offer(session, thread, now=now)
    except NobodyFree:
        close_thread(session, thread, Why.NO_MENTOR, now=now)


def hand_over_questions(session: Session, mentor: Mentor, *, for_good: bool, key: str, now: datetime) -> None:
    """Give every unanswered question of someone who is not active any more to another.

    An answered one stands still, which its pupil hears, or closes when the oud-leerling is gone for good.
    """
    taken = select(MentorThread).where(
        MentorThread.mentor_id == mentor.id, MentorThread.state.in_(TAKING_ROOM)
    )
    for thread in session.scalars(taken.order_by(MentorThread.id)).all():
        if thread.state == State.OFFERED:
            pass_on(session, thread, now=now)
        elif for_good:
            close_thread(session, thread, Why.MENTOR, now=now)
        else:
            note_news(session, thread, News.AWAY, key=key, now=now)


def close_thread(session: Session, thread: MentorThread, why: Why, *, now: datetime) -> None:
    """Close a question; one that is closed stays as it is."""
    if leads_to(State(thread.state), Event.CLOSE) is None:
        return
    thread.state, thread.closed_at, thread.closed_because = State.CLOSED, now, why
    thread.due_on = None
    session.flush()
    if why in TOLD_TO_PUPIL:
        note_news(session, thread, News.CLOSED, key="closed", now=now)


def region_of_pupil(pupil: Pupil) -> Region:
    """Return the holiday region of a pupil: that of the list of pupils, else of the place of the school."""
    if pupil.holiday_region:
        return cast(Region, pupil.holiday_region)
    return region_of(find_place(pupil.school.place))


def free_for(session: Session, pupil: Pupil, *, now: datetime) -> list[Match]:
    """Return who can take a question of this pupil now, best first."""
    return [match for match in matches_for(session, pupil, now=now) if match.has_room]
