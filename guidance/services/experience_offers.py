"""What a school offers to try teaching: read by its pupils, kept by its dean."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import AlreadyOffered, NotFound, UnusableField
from guidance.experience_kinds import experience_kinds
from guidance.mail_addresses import is_mail_address
from guidance.models.accounts import DEAN, Staff
from guidance.models.experiences import (
    LONGEST_DESCRIPTION,
    LONGEST_MAIL,
    LONGEST_NAME,
    LONGEST_TITLE,
    WAITING,
    Experience,
    ExperienceOffer,
)
from guidance.models.school import School
from guidance.services.experience_links import send_link
from guidance.services.stale import require_fresh
from guidance.visible import visible

LONGEST = {
    "title": LONGEST_TITLE,
    "description": LONGEST_DESCRIPTION,
    "teacher_name": LONGEST_NAME,
    "teacher_mail": LONGEST_MAIL,
}


@dataclass(frozen=True)
class OfferFields:
    """What a dean fills in about an offer; all on one line and to be seen, and none empty."""

    kind: str
    title: str
    description: str
    teacher_name: str
    teacher_mail: str

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            # What cannot be seen is no title, and PostgreSQL keeps no NUL.
            object.__setattr__(self, name, " ".join(visible(value).split()))
        if self.kind not in experience_kinds():
            raise UnusableField(f"kind {self.kind!r}", name="kind")
        for name, longest in LONGEST.items():
            if not 0 < len(getattr(self, name)) <= longest:
                raise UnusableField("empty or too long", name=name)
        if not is_mail_address(self.teacher_mail):
            raise UnusableField("no mail address", name="teacher_mail")


def list_offers(session: Session, school: School) -> list[ExperienceOffer]:
    """Return what a school offers now, in the order of adding."""
    running = select(ExperienceOffer).where(
        ExperienceOffer.school_id == school.id, ExperienceOffer.ended_at.is_(None)
    )
    return list(session.scalars(running.order_by(ExperienceOffer.id)))


def list_offers_of_dean(session: Session, dean: Staff) -> list[ExperienceOffer]:
    """Return every offer of the dean's school, those that run first."""
    _refuse_others(dean)
    offers = session.scalars(select(ExperienceOffer).where(ExperienceOffer.school_id == dean.school_id))
    return sorted(offers, key=lambda offer: (offer.ended_at is not None, offer.id))


def add_offer(session: Session, dean: Staff, fields: OfferFields, *, now: datetime) -> ExperienceOffer:
    """Add an offer to the dean's school; the same one twice is returned as it stands."""
    _refuse_others(dean)
    if earlier := _find_running(session, dean.school_id, fields):
        return earlier
    offer = ExperienceOffer(school_id=dean.school_id, added_by=dean.id, added_at=now, **asdict(fields))
    session.add(offer)
    session.flush()
    return offer


def change_offer(
    session: Session, dean: Staff, offer_id: int, fields: OfferFields, *, seen: int, now: datetime
) -> ExperienceOffer:
    """Change an offer that nobody changed since it was seen; the same again changes nothing.

    At another mail address what waits is asked there, and the old links stop working.
    """
    offer = _get_offer(session, dean, offer_id)
    if fields == _fields_of(offer):
        return offer
    _refuse_second(session, offer, fields)
    require_fresh(session, offer, seen)
    is_other_address = offer.teacher_mail != fields.teacher_mail
    for name, value in asdict(fields).items():
        setattr(offer, name, value)
    session.flush()
    if is_other_address:
        for experience in _list_waiting(session, offer, now):
            send_link(session, experience, now=now)
    return offer


def end_offer(session: Session, dean: Staff, offer_id: int, *, now: datetime) -> ExperienceOffer:
    """Offer this no longer; what pupils asked for before can still be confirmed. Safe to repeat."""
    offer = _get_offer(session, dean, offer_id)
    offer.ended_at = offer.ended_at or now
    session.flush()
    return offer


def reopen_offer(session: Session, dean: Staff, offer_id: int) -> ExperienceOffer:
    """Offer again what was ended; safe to repeat."""
    offer = _get_offer(session, dean, offer_id)
    _refuse_second(session, offer, _fields_of(offer))
    offer.ended_at = None
    session.flush()
    return offer


def _get_offer(session: Session, dean: Staff, offer_id: int) -> ExperienceOffer:
    _refuse_others(dean)
    offer = session.get(ExperienceOffer, offer_id)
    if offer is None or offer.school_id != dean.school_id:
        raise NotFound(f"offer {offer_id} for staff {dean.id}")
    # Pupils who ask at this moment wait for each other here, and for the dean.
    session.refresh(offer, with_for_update=True)
    return offer


def _fields_of(offer: ExperienceOffer) -> OfferFields:
    return OfferFields(**{name: getattr(offer, name) for name in OfferFields.__dataclass_fields__})


def _find_running(session: Session, school_id: int, fields: OfferFields) -> ExperienceOffer | None:
    # Two forms sent at the same moment wait for each other here.
    session.execute(select(School.id).where(School.id == school_id).with_for_update())
    return session.scalars(
        select(ExperienceOffer).where(
            ExperienceOffer.school_id == school_id,
            ExperienceOffer.ended_at.is_(None),
            ExperienceOffer.title == fields.title,
            ExperienceOffer.teacher_mail == fields.teacher_mail,
        )
    ).one_or_none()


def _refuse_second(session: Session, offer: ExperienceOffer, fields: OfferFields) -> None:
    other = _find_running(session, offer.school_id, fields)
    if other is not None and other is not offer:
        raise AlreadyOffered(f"offer {other.id}")


def _list_waiting(session: Session, offer: ExperienceOffer, now: datetime) -> list[Experience]:
    asked = session.scalars(select(Experience).where(Experience.offer_id == offer.id).order_by(Experience.id))
    return [experience for experience in asked if experience.state_at(now) == WAITING]


def _refuse_others(dean: Staff) -> None:
    if dean.role != DEAN:
        raise NotFound(f"staff {dean.id} is no dean")
