"""Experiences of pupils: asked for or told in the chat, confirmed by a teacher with a compliment, or not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from guidance.errors import NotFound, OfferEnded, SignInNeeded
from guidance.experience_kinds import experience_kinds
from guidance.kept_words import kept_words
from guidance.models.accounts import DEAN, Staff
from guidance.models.experiences import LONGEST_COMPLIMENT, LONGEST_WORDS, Experience, ExperienceOffer
from guidance.models.pupil import Pupil
from guidance.services.experience_links import require_waiting, send_link
from guidance.services.guidance_log import record_moment
from guidance.wording import render

EXPERIENCE_CONFIRMED = "experience_confirmed"
TEACHER = "teacher"


def ask_experience(
    session: Session, pupil: Pupil, offer_id: int, *, is_done: bool, message_id: str, now: datetime
) -> Experience:
    """Ask the teacher of an offer for it, or to confirm that it is done, in one mail.

    What waits, or was decided less than two weeks ago, is returned as it stands, unless a wish is now done.
    """
    if pupil.is_anonymous:
        raise SignInNeeded(f"pupil {pupil.id} is anonymous")
    # Two messages at the same moment wait for each other here.
    session.refresh(pupil, with_for_update=True)
    if earlier := _find_of_message(session, pupil, message_id):
        return earlier
    offer = get_offer(session, pupil, offer_id)
    latest = _find_latest(session, pupil, offer)
    is_news = latest is not None and is_done and not latest.is_done
    if latest and not is_news and not latest.may_be_asked_anew(now):
        return latest
    experience = latest if latest and _is_undecided(latest) else _new(pupil, offer)
    experience.is_done, experience.message_id, experience.asked_at = is_done, message_id, now
    send_link(session, experience, now=now)
    return experience


def get_offer(session: Session, pupil: Pupil, offer_id: int) -> ExperienceOffer:
    """Return an offer of the pupil's own school, running or not, or raise NotFound."""
    offer = session.get(ExperienceOffer, offer_id)
    if offer is None or offer.school_id != pupil.school_id:
        raise NotFound(f"offer {offer_id} for pupil {pupil.id}")
    return offer


def _find_of_message(session: Session, pupil: Pupil, message_id: str) -> Experience | None:
    return session.scalars(
        select(Experience).where(Experience.pupil_id == pupil.id, Experience.message_id == message_id)
    ).one_or_none()


def _find_latest(session: Session, pupil: Pupil, offer: ExperienceOffer) -> Experience | None:
    of_offer = select(Experience).where(Experience.pupil_id == pupil.id, Experience.offer_id == offer.id)
    return session.scalars(of_offer.order_by(Experience.id.desc()).limit(1)).one_or_none()


def _is_undecided(experience: Experience) -> bool:
    return not experience.confirmed_at and not experience.declined_at


def _new(pupil: Pupil, offer: ExperienceOffer) -> Experience:
    if offer.ended_at:
        raise OfferEnded(f"offer {offer.id}")
    return Experience(pupil=pupil, offer=offer, kind=offer.kind, title=offer.title)


def list_experiences(session: Session, pupil: Pupil) -> list[Experience]:
    """Return what a pupil asked for and did, in the order of asking; the state tells which it is."""
    own = select(Experience).where(Experience.pupil_id == pupil.id)
    return list(session.scalars(own.order_by(Experience.asked_at, Experience.id)))


def list_experiences_of_dean(session: Session, dean: Staff) -> list[Experience]:
    """Return what the pupils of the dean's school asked for and did, newest first."""
    if dean.role != DEAN:
        raise NotFound(f"staff {dean.id} is no dean")
    of_school = (
        select(Experience)
        .join(Pupil, Pupil.id == Experience.pupil_id)
        .where(Pupil.school_id == dean.school_id)
        .options(joinedload(Experience.pupil), joinedload(Experience.offer))
    )
    return list(session.scalars(of_school.order_by(Experience.asked_at.desc(), Experience.id.desc())))


def keep_experience_words(session: Session, pupil: Pupil, offer_id: int, words: str) -> Experience:
    """Keep what a pupil wrote of the latest experience with an offer; later words replace earlier ones."""
    experience = _find_latest(session, pupil, get_offer(session, pupil, offer_id))
    if experience is None:
        raise NotFound(f"pupil {pupil.id} asked nothing of offer {offer_id}")
    experience.words = kept_words(words, longest=LONGEST_WORDS) or None
    session.flush()
    return experience


def confirm_experience(
    session: Session, experience: Experience, *, compliment: str = "", now: datetime
) -> Experience:
    """Note that a teacher confirms it, in the guidance log too; confirmed before, it stays as it stands.

    Other words than the first time raise LinkUnusable: they are not kept, and must not be thanked for.
    """
    session.refresh(experience, with_for_update=True)
    words = kept_words(compliment, longest=LONGEST_COMPLIMENT, keep=[experience.teacher_name]) or None
    if experience.confirmed_at and words in (None, experience.compliment):
        return experience
    require_waiting(experience, now)
    experience.compliment = words
    experience.confirmed_at, experience.is_done = now, True
    record_moment(
        session,
        experience.pupil,
        EXPERIENCE_CONFIRMED,
        happened_at=now,
        now=now,
        actor=TEACHER,
        source_key=f"experience:{experience.id}",
        detail=_detail(experience),
    )
    return experience


def _detail(experience: Experience) -> str:
    bekwaamheid = experience_kinds()[experience.kind].bekwaamheid
    # That there was a compliment is logged; its words are the pupil's.
    has_compliment = experience.compliment is not None
    return render(
        "experiences.logged", title=experience.title, bekwaamheid=bekwaamheid, has_compliment=has_compliment
    )


def decline_experience(session: Session, experience: Experience, *, now: datetime) -> Experience:
    """Note that a teacher says it is not so, or cannot be; declined before, it stays as it stands."""
    session.refresh(experience, with_for_update=True)
    if experience.declined_at:
        return experience
    require_waiting(experience, now)
    experience.declined_at = now
    session.flush()
    return experience
