"""Oud-leerlingen: signing up with a mailed link, their own page, and what a dean sees of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.catalogue import programmes_by_key
from guidance.errors import MentorsOff, NotFound, UnusableField
from guidance.exam_subjects import PROFILES
from guidance.held_back import CONTACT, DATA, LINK, held_back_because
from guidance.kept_words import kept_words
from guidance.mail_addresses import is_mail_address
from guidance.models.accounts import DEAN, Staff
from guidance.models.mentors import (
    LONGEST_FREE,
    LONGEST_MAIL,
    LONGEST_NAME,
    LONGEST_STORY,
    LONGEST_TOPICS,
    MOST_OPEN_QUESTIONS,
    Mentor,
)
from guidance.models.school import School
from guidance.services.accounts import is_chat_open
from guidance.services.mentor_mails import send_confirm_link, send_sign_in_link

EARLIEST_EXAM_YEAR = 1950
WAYS_TO_REACH = {DATA, LINK, CONTACT}


@dataclass(frozen=True)
class AboutMentor:
    """What an oud-leerling tells at sign-up; `programme` is a key of the catalogue, else free text."""

    first_name: str
    exam_year: int
    topics: str
    capacity: int
    programme: str = ""
    programme_name: str = ""
    institution: str = ""
    profile: str = ""
    story: str = ""


def turn_mentors_on(session: Session, dean: Staff, *, now: datetime) -> School:
    """Open contact with oud-leerlingen at the dean's school; it needs the contacts that a chat needs too."""
    refuse_others(dean)
    if not is_chat_open(session, dean.school):
        raise MentorsOff(f"school {dean.school_id} lacks safeguarding contacts")
    dean.school.mentors_on_at = dean.school.mentors_on_at or now
    return dean.school


def turn_mentors_off(dean: Staff) -> School:
    """Close contact with oud-leerlingen: nobody is found and nothing is written any more; nothing is lost."""
    refuse_others(dean)
    dean.school.mentors_on_at = None
    return dean.school


def require_on(school: School) -> None:
    """Raise MentorsOff while the school has not turned contact on."""
    if school.mentors_on_at is None:
        raise MentorsOff(f"school {school.id}")


def sign_up(session: Session, school: School, mail: str, about: AboutMentor, *, now: datetime) -> Mentor:
    """Keep who wants to answer questions and mail a link that confirms the address.

    An address that is known here is mailed a link to its own page and nothing is changed: what the page
    says does not tell whether an address is known.
    """
    require_on(school)
    address = mail.strip().casefold()
    if len(address) > LONGEST_MAIL or not is_mail_address(address):
        raise UnusableField("no mail address", name="mail")
    values = _values_of(about, now)
    if earlier := find_mentor(session, school, address):
        return _again(session, earlier, values, now)
    mentor = Mentor(school=school, mail=address, signed_up_at=now, **values)
    session.add(mentor)
    session.flush()
    send_confirm_link(session, mentor, now=now)
    return mentor


def _again(session: Session, mentor: Mentor, values: dict[str, object], now: datetime) -> Mentor:
    if mentor.mail_confirmed_at:
        send_sign_in_link(session, mentor, now=now)
        return mentor
    for name, value in values.items():
        setattr(mentor, name, value)
    send_confirm_link(session, mentor, now=now)
    return mentor


def _values_of(about: AboutMentor, now: datetime) -> dict[str, object]:
    """Return the columns for what was told, or raise UnusableField, WordsTooLong or DangerInText."""
    first_name = " ".join(about.first_name.split())
    # Pupils see a first name only, and a second word is mostly a surname.
    if not first_name or len(first_name) > LONGEST_NAME or " " in first_name:
        raise UnusableField("first name", name="first_name")
    if not EARLIEST_EXAM_YEAR <= about.exam_year <= clock.school_day(now).year:
        raise UnusableField("exam year", name="exam_year")
    if not 1 <= about.capacity <= MOST_OPEN_QUESTIONS:
        raise UnusableField("capacity", name="capacity")
    if about.profile and about.profile not in PROFILES:
        raise UnusableField("profile", name="profile")
    topics = kept_words(about.topics, longest=LONGEST_TOPICS, keep=[first_name])
    if not topics:
        raise UnusableField("topics", name="topics")
    story = kept_words(about.story, longest=LONGEST_STORY, keep=[first_name])
    # Pupils read these words as they stand, so a way to get in touch is no part of them.
    told = (about.topics, about.story, about.programme_name, about.institution)
    if any(kind in WAYS_TO_REACH for text in told for kind in held_back_because(text)):
        raise UnusableField("a way to get in touch", name="contact")
    return {
        "first_name": first_name,
        "exam_year": about.exam_year,
        "capacity": about.capacity,
        "profile": about.profile or None,
        "topics": topics,
        "story": story or None,
        **_programme_of(about),
    }


def _programme_of(about: AboutMentor) -> dict[str, object]:
    if about.programme:
        known = programmes_by_key().get(about.programme)
        if known is None:
            raise UnusableField("programme", name="programme")
        return {"programme": known.key, "programme_name": known.name, "institution": known.institution}
    free = {"programme_name": about.programme_name, "institution": about.institution}
    for name, value in free.items():
        if not 0 < len(value.strip()) <= LONGEST_FREE:
            raise UnusableField(name, name=name)
    return {"programme": None, **{name: " ".join(value.split()) for name, value in free.items()}}


def find_mentor(session: Session, school: School, mail: str) -> Mentor | None:
    """Return the oud-leerling of this school with this address who has not left, if any."""
    return session.scalars(
        select(Mentor).where(
            Mentor.school_id == school.id, Mentor.mail == mail.strip().casefold(), Mentor.left_at.is_(None)
        )
    ).one_or_none()


def ask_sign_in_link(session: Session, school: School, mail: str, *, now: datetime) -> None:
    """Mail a link to the own page, when the address is known and confirmed; which it is, is not told."""
    mentor = find_mentor(session, school, mail)
    if mentor and mentor.mail_confirmed_at:
        send_sign_in_link(session, mentor, now=now)


def change_about(mentor: Mentor, about: AboutMentor, *, now: datetime) -> Mentor:
    """Change what an oud-leerling told; another story waits for the dean anew."""
    values = _values_of(about, now)
    if values["story"] != mentor.story:
        mentor.story_approved_at = None
    for name, value in values.items():
        setattr(mentor, name, value)
    return mentor


def list_mentors_of_dean(session: Session, dean: Staff) -> list[Mentor]:
    """Return the oud-leerlingen of the dean's school whose address is confirmed, newest first.

    Nobody vets themselves: a dean who is an oud-leerling too is left out.
    """
    refuse_others(dean)
    of_school = select(Mentor).where(
        Mentor.school_id == dean.school_id, Mentor.mail_confirmed_at.is_not(None), Mentor.left_at.is_(None)
    )
    return [one for one in session.scalars(of_school.order_by(Mentor.id.desc())) if not one.is_also(dean)]


def get_mentor_of_dean(session: Session, dean: Staff, mentor_id: int) -> Mentor:
    """Return an oud-leerling of the dean's own school who is not that dean, or raise NotFound."""
    refuse_others(dean)
    mentor = session.get(Mentor, mentor_id)
    is_here = mentor is not None and mentor.school_id == dean.school_id
    if mentor is None or not is_here or mentor.mail_confirmed_at is None or mentor.is_also(dean):
        raise NotFound(f"mentor {mentor_id} for staff {dean.id}")
    return mentor


def approve_story(session: Session, dean: Staff, mentor_id: int, *, now: datetime) -> Mentor:
    """Let the story of an oud-leerling be read by pupils."""
    mentor = get_mentor_of_dean(session, dean, mentor_id)
    if mentor.story is None:
        raise NotFound(f"mentor {mentor_id} told no story")
    mentor.story_approved_at = mentor.story_approved_at or now
    return mentor


def refuse_others(dean: Staff) -> None:
    """Raise NotFound for staff who are no dean."""
    if dean.role != DEAN:
        raise NotFound(f"staff {dean.id} is no dean")
