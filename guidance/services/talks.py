"""Talks of a pupil with the dean: asked for once, told what about, held once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.errors import AlreadySent, NotFound, SignInNeeded
from guidance.models.accounts import DEAN, Staff
from guidance.models.mail import OutboxMail
from guidance.models.pupil import Pupil
from guidance.models.talks import Summary, TalkRequest
from guidance.own_words import require_fitting
from guidance.services.guidance_log import record_moment
from guidance.services.pupils import get_pupil_of_dean
from guidance.settings import get_settings
from guidance.wording import render

TALK_HELD = "talk_held"


def get_dean_of(session: Session, pupil: Pupil) -> Staff:
    """Return the dean a pupil talks to: the first of the school, or raise NotFound."""
    dean = session.scalars(
        select(Staff)
        .where(Staff.school_id == pupil.school_id, Staff.role == DEAN)
        .order_by(Staff.id)
        .limit(1)
    ).one_or_none()
    if dean is None:
        raise NotFound(f"school {pupil.school_id} has no dean")
    return dean


def find_open_talk(session: Session, pupil: Pupil) -> TalkRequest | None:
    """Return the talk this pupil asked for and is still open, if any."""
    return session.scalars(
        select(TalkRequest).where(TalkRequest.pupil_id == pupil.id, TalkRequest.closed_at.is_(None))
    ).one_or_none()


def find_latest_talk(session: Session, pupil: Pupil) -> TalkRequest | None:
    """Return the talk asked for last, held or not, if any."""
    return session.scalars(
        select(TalkRequest).where(TalkRequest.pupil_id == pupil.id).order_by(TalkRequest.id.desc()).limit(1)
    ).one_or_none()


def request_talk(session: Session, pupil: Pupil, *, now: datetime) -> TalkRequest:
    """Ask the dean for a talk and tell the dean by mail; an open request is returned as it stands."""
    if pupil.is_anonymous:
        raise SignInNeeded(f"pupil {pupil.id} is anonymous")
    # Two messages at the same moment wait for each other here.
    session.refresh(pupil, with_for_update=True)
    if earlier := find_open_talk(session, pupil):
        return earlier

    request = TalkRequest(pupil=pupil, staff=get_dean_of(session, pupil), requested_at=now)
    session.add(request)
    session.flush()
    session.add(_mail_about(request, now))
    return request


def _mail_about(request: TalkRequest, now: datetime) -> OutboxMail:
    values = {
        "dean": request.staff.name,
        "first_name": request.pupil.first_name,
        "link": f"{get_settings().public_url}/portaal/leerlingen/{request.pupil_id}",
    }
    return OutboxMail(
        school_id=request.staff.school_id,
        key=f"talk_request:{request.id}",
        recipient=request.staff.mail,
        subject=render("talks.mail_subject", **values),
        body=render("talks.mail_body", **values),
        written_at=now,
    )


def find_talk_to_word(session: Session, pupil: Pupil) -> TalkRequest | None:
    """Return the open talk whose words may still change: until its summary is with the dean."""
    request = find_open_talk(session, pupil)
    return None if request is None or _is_shared(session, request) else request


def keep_talk_words(session: Session, pupil: Pupil, words: str, *, message_id: str) -> TalkRequest:
    """Store what the pupil wants to talk about; words said before make place, a message counts once."""
    request = find_open_talk(session, pupil)
    if request is None:
        raise NotFound(f"pupil {pupil.id} has no open talk")
    # Sharing the summary and another message at the same moment wait for each other here.
    session.refresh(request, with_for_update=True)
    if request.words_message_id == message_id:
        return request
    if _is_shared(session, request):
        raise AlreadySent(f"summary of talk request {request.id}")
    require_fitting(words)
    request.words, request.words_message_id = " ".join(words.split()), message_id
    session.flush()
    return request


def _is_shared(session: Session, request: TalkRequest) -> bool:
    shared = select(Summary.id).where(Summary.talk_request_id == request.id, Summary.shared_at.is_not(None))
    return session.scalars(shared).first() is not None


def mark_discussed(session: Session, dean: Staff, pupil_id: int, *, now: datetime) -> TalkRequest:
    """Note that the talk was held, in the guidance log too; a talk already noted is returned as it stands."""
    pupil = get_pupil_of_dean(session, dean, pupil_id)
    request = find_open_talk(session, pupil)
    if request is None:
        return _get_latest_talk(session, pupil)

    request.discussed_at = request.closed_at = now
    record_moment(
        session,
        pupil,
        TALK_HELD,
        happened_at=now,
        now=now,
        actor=str(Actor(DEAN, dean.id)),
        source_key=f"talk_request:{request.id}",
    )
    return request


def _get_latest_talk(session: Session, pupil: Pupil) -> TalkRequest:
    if latest := find_latest_talk(session, pupil):
        return latest
    raise NotFound(f"pupil {pupil.id} asked for no talk")
