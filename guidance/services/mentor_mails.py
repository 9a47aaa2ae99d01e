"""Mails about oud-leerlingen and questions, and their links: to confirm an address, or to the own page."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from guidance.database import lock
from guidance.dutch_dates import plain_day
from guidance.errors import LinkUnusable
from guidance.models.accounts import DEAN, SAFEGUARDING_CONTACT, Staff
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import MentorThread
from guidance.models.mentors import CONFIRM_LINK_LIVES, SIGN_IN_LINK_LIVES, Mentor, MentorLink
from guidance.models.pupil import Pupil
from guidance.services.accounts import token_digest
from guidance.services.talks import get_dean_of
from guidance.settings import get_settings
from guidance.wording import render

PARTS = ("subject", "body")
CONFIRM, SIGN_IN = "confirm", "sign_in"
PAGES = {CONFIRM: "/oud-leerling/bevestigen", SIGN_IN: "/oud-leerling/pagina"}
LIVES = {CONFIRM: CONFIRM_LINK_LIVES, SIGN_IN: SIGN_IN_LINK_LIVES}


def send_confirm_link(session: Session, mentor: Mentor, *, now: datetime) -> None:
    """Mail a link that confirms the address; one that was mailed before stops working."""
    session.execute(
        update(MentorLink)
        .where(MentorLink.mentor_id == mentor.id, MentorLink.purpose == CONFIRM, MentorLink.used_at.is_(None))
        .values(expires_at=now)
    )
    write_mail(session, mentor, "confirm", purpose=CONFIRM, now=now)


def send_sign_in_link(session: Session, mentor: Mentor, *, now: datetime) -> None:
    """Mail a link to the own page."""
    write_mail(session, mentor, "sign_in", purpose=SIGN_IN, now=now)


def write_mail(
    session: Session, mentor: Mentor, name: str, *, now: datetime, purpose: str = SIGN_IN, key: str = ""
) -> bool:
    """Mail an oud-leerling the text of this name with a link of its own; the same key is mailed once."""
    if key and _is_written(session, key):
        return False
    token = secrets.token_urlsafe(32)
    link = MentorLink(
        mentor=mentor, purpose=purpose, link_digest=token_digest(token), expires_at=now + LIVES[purpose]
    )
    session.add(link)
    session.flush()
    values = {
        "first_name": mentor.first_name,
        "school": mentor.school.name,
        "link": f"{get_settings().public_url}{PAGES[purpose]}/{token}",
        "vog_ends": plain_day(mentor.vog_expires_on) if mentor.vog_expires_on else "",
    }
    letter = _Letter(name, key or f"mentor_link:{link.id}", mentor.mail, values)
    _write(session, mentor.school_id, letter, now)
    return True


def get_link_to_confirm(session: Session, token: str, *, now: datetime) -> MentorLink:
    """Return a link that can still confirm an address, or raise LinkUnusable: it works once, within a day."""
    link = _get_link(session, token, CONFIRM)
    if link.used_at or now >= link.expires_at:
        raise LinkUnusable(f"link {link.id}")
    return link


def confirm_mail(session: Session, token: str, *, now: datetime) -> Mentor:
    """Note that the address is the oud-leerling's own."""
    lock(session, _get_link(session, token, CONFIRM))
    link = get_link_to_confirm(session, token, now=now)
    link.used_at = now
    return confirm_mail_of(session, link.mentor, now=now)


def confirm_mail_of(session: Session, mentor: Mentor, *, now: datetime) -> Mentor:
    """Note a confirmed address and whether this is a member of staff too, and let the deans hear of it."""
    mentor.mail_confirmed_at = mentor.mail_confirmed_at or now
    note_who_is_staff(session, mentor)
    tell_deans(session, mentor, "signed_up", key=f"mentor:{mentor.id}:signed_up", now=now)
    return mentor


def note_who_is_staff(session: Session, mentor: Mentor) -> None:
    """Note which member of staff this is too, by the mail address, which is gone once somebody leaves."""
    mentor.staff_id = next((one.id for one in _staff_of(session, mentor) if mentor.is_also(one)), None)


def _staff_of(session: Session, mentor: Mentor) -> list[Staff]:
    return list(session.scalars(select(Staff).where(Staff.school_id == mentor.school_id).order_by(Staff.id)))


def get_mentor_of_link(session: Session, token: str, *, now: datetime) -> Mentor:
    """Return whose own page this link opens, or raise LinkUnusable when it is old or unknown."""
    link = _get_link(session, token, SIGN_IN)
    if now >= link.expires_at or link.mentor.left_at:
        raise LinkUnusable(f"link {link.id}")
    link.used_at = link.used_at or now
    return link.mentor


def _get_link(session: Session, token: str, purpose: str) -> MentorLink:
    link = session.scalars(
        select(MentorLink).where(MentorLink.link_digest == token_digest(token), MentorLink.purpose == purpose)
    ).one_or_none()
    if link is None:
        raise LinkUnusable("no such link")
    return link


def tell_dean(session: Session, thread: MentorThread, name: str, *, key: str, now: datetime) -> None:
    """Mail the pupil's dean the text of this name; the same key is mailed once.

    When that dean is the oud-leerling too, another dean of the school hears it, if there is one.
    """
    pupil, mentor = thread.pupil, thread.mentor
    dean = get_dean_of(session, pupil)
    if mentor and mentor.is_also(dean):
        others = [one for one in _staff_of(session, mentor) if one.role == DEAN and not mentor.is_also(one)]
        if not others:
            return
        dean = others[0]
    _tell(session, pupil, dean, f"dean_{name}", key, now)


def tell_contacts(session: Session, thread: MentorThread, name: str, *, key: str, now: datetime) -> None:
    """Mail every confirmed safeguarding contact of the school, but whom it is about; without content."""
    pupil, mentor = thread.pupil, thread.mentor
    contacts = select(Staff).where(
        Staff.school_id == pupil.school_id,
        Staff.role == SAFEGUARDING_CONTACT,
        Staff.confirmed_at.is_not(None),
    )
    for contact in session.scalars(contacts.order_by(Staff.id)):
        if not (mentor and mentor.is_also(contact)):
            _tell(session, pupil, contact, f"contact_{name}", f"{key}:{contact.id}", now)


def tell_deans(session: Session, mentor: Mentor, name: str, *, key: str, now: datetime) -> None:
    """Mail every dean of the school about an oud-leerling, but who is that person; once each."""
    for dean in _staff_of(session, mentor):
        if dean.role == DEAN and not mentor.is_also(dean):
            _tell(session, mentor, dean, f"dean_{name}", f"{key}:{dean.id}", now)


def _tell(session: Session, about: Pupil | Mentor, staff: Staff, name: str, key: str, now: datetime) -> None:
    page = "meldingen" if staff.role == SAFEGUARDING_CONTACT else "oud-leerlingen"
    link = f"{get_settings().public_url}/portaal/{page}"
    values = {"name": staff.name, "first_name": about.first_name, "link": link}
    if not _is_written(session, key):
        _write(session, staff.school_id, _Letter(name, key, staff.mail, values), now)


def _is_written(session: Session, key: str) -> bool:
    return session.scalars(select(OutboxMail.id).where(OutboxMail.key == key)).first() is not None


@dataclass(frozen=True)
class _Letter:
    name: str
    key: str
    recipient: str
    values: Mapping[str, object]


def _write(session: Session, school_id: int, letter: _Letter, now: datetime) -> None:
    texts = {part: render(f"mentor_mails.{letter.name}.{part}", **letter.values) for part in PARTS}
    session.add(
        OutboxMail(school_id=school_id, key=letter.key, recipient=letter.recipient, written_at=now, **texts)
    )
    session.flush()
