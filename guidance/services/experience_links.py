"""The mailed link with which a teacher confirms an experience: works once, and only the newest one."""

import re
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import LinkUnusable
from guidance.models.experiences import LINK_LIVES, WAITING, Experience
from guidance.models.mail import OutboxMail
from guidance.services.accounts import token_digest
from guidance.settings import get_settings
from guidance.wording import render

LINK_PAGE = "/ervaring"


def send_link(session: Session, experience: Experience, *, now: datetime) -> OutboxMail:
    """Mail a new link to the teacher of the offer; a link that was mailed before stops working."""
    offer, token = experience.offer, secrets.token_urlsafe(32)
    experience.teacher_name = offer.teacher_name
    experience.link_digest, experience.link_expires_at = token_digest(token), now + LINK_LIVES
    experience.mails = (experience.mails or 0) + 1
    session.add(experience)
    session.flush()
    mail = OutboxMail(
        school_id=offer.school_id,
        key=mail_keys(experience)[-1],
        recipient=offer.teacher_mail,
        written_at=now,
        **_words_of_mail(experience, f"{get_settings().public_url}{LINK_PAGE}/{token}"),
    )
    session.add(mail)
    return mail


def mail_keys(experience: Experience) -> list[str]:
    """Return the keys of the mails about an experience, oldest first."""
    return [f"experience:{experience.id}:{number}" for number in range(1, experience.mails + 1)]


def without_links(text: str) -> str:
    """Return a text of a mail without the secret end of its links."""
    return re.sub(rf"({LINK_PAGE}/)[\w-]+", r"\1…", text)


def _words_of_mail(experience: Experience, link: str) -> dict[str, str]:
    values = {
        "first_name": experience.pupil.first_name,
        "teacher": experience.teacher_name,
        "title": experience.title,
        "school": experience.offer.school.name,
        "is_done": experience.is_done,
        "link": link,
    }
    return {part: render(f"experiences.mail.{part}", **values) for part in ("subject", "body")}


def get_experience_of_link(session: Session, token: str, *, now: datetime) -> Experience:
    """Return what a link asks the teacher, or raise LinkUnusable when it was used, is old or is unknown."""
    experience = get_experience_ever_of_link(session, token)
    require_waiting(experience, now)
    return experience


def get_experience_ever_of_link(session: Session, token: str) -> Experience:
    """Return what a link once asked, answered or not; for a form that is sent twice."""
    experience = session.scalars(
        select(Experience).where(Experience.link_digest == token_digest(token))
    ).one_or_none()
    if experience is None:
        raise LinkUnusable("no such link")
    return experience


def require_waiting(experience: Experience, now: datetime) -> None:
    """Raise LinkUnusable unless the teacher can still answer."""
    if (state := experience.state_at(now)) != WAITING:
        raise LinkUnusable(f"experience {experience.id} is {state}")
