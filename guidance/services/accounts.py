"""Who may come in: pupils by school code and own code, staff by password and one-time code."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from guidance.errors import NotFound, UnknownSchool, WrongCode, WrongSignIn
from guidance.models.accounts import SAFEGUARDING_CONTACT, Staff, StaffSession
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.settings import get_settings

OTP_SECONDS = 30
STAFF_IDLE = timedelta(minutes=30)
CONTACTS_NEEDED = 2


def token_digest(token: str) -> str:
    """Return what the database keeps of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_digest(code: str) -> str:
    """Return what the database keeps of a personal code; spaces, dashes and case do not count."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.new(get_settings().signing_key, plain.encode(), hashlib.sha256).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_hex())


def password_hash(password: str) -> str:
    """Return the Argon2 hash of a password."""
    return _hasher().hash(password)


def get_school(session: Session, code: str) -> School:
    """Return the school with this public code, or raise UnknownSchool."""
    plain = code.strip().lower()
    # PostgreSQL refuses to look for hidden signs.
    found = session.scalars(select(School).where(School.code == plain)) if plain.isprintable() else None
    school = found.one_or_none() if found else None
    if school is None:
        raise UnknownSchool("no such school code")
    return school


def get_pupil_by_code(session: Session, school: School, code: str) -> Pupil:
    """Return the pupil of this school whose own code this is, or raise WrongCode."""
    digest = code_digest(code)
    pupil = session.scalars(
        select(Pupil).where(Pupil.school_id == school.id, Pupil.code_digest == digest)
    ).one_or_none()
    if pupil is None or pupil.left_on:
        raise WrongCode(f"school {school.id}")
    return pupil


def add_anonymous_pupil(session: Session, school: School, *, now: datetime) -> Pupil:
    """Add a visitor of whom nothing is known but the school."""
    pupil = Pupil(school_id=school.id, created_at=now)
    session.add(pupil)
    session.flush()
    return pupil


def is_chat_open(session: Session, school: School) -> bool:
    """Say whether pupils may chat: not switched off, and two safeguarding contacts have confirmed."""
    confirmed = session.scalars(
        select(Staff.id).where(
            Staff.school_id == school.id, Staff.role == SAFEGUARDING_CONTACT, Staff.confirmed_at.is_not(None)
        )
    ).all()
    return not school.chat_closed_because and len(confirmed) >= CONTACTS_NEEDED


def sign_in_staff(session: Session, username: str, password: str, code: str, *, now: datetime) -> str:
    """Check name, password and one-time code, and return the token of a new session."""
    staff = session.scalars(
        select(Staff).where(Staff.username == username.strip().lower()).with_for_update()
    ).one_or_none()
    try:
        # The same work for an unknown name, so that the time taken tells nothing.
        _hasher().verify(staff.password_hash if staff else _nobodys_hash(), password)
    except Argon2Error as error:
        raise WrongSignIn("password") from error
    if staff is None or not _accept_code(staff, code, now):
        raise WrongSignIn("one-time code")

    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(staff_id=staff.id, token_digest=token_digest(token), started_at=now, seen_at=now)
    )
    return token


def _accept_code(staff: Staff, code: str, now: datetime) -> bool:
    """Accept the code of this half minute or the one before, each once."""
    totp = pyotp.TOTP(staff.otp_secret, interval=OTP_SECONDS)
    step = int(now.timestamp()) // OTP_SECONDS
    for candidate in (step, step - 1):
        if candidate > staff.otp_step and hmac.compare_digest(
            totp.generate_otp(candidate), code.replace(" ", "")
        ):
            staff.otp_step = candidate
            return True
    return False


def get_staff_by_token(session: Session, token: str, *, now: datetime) -> Staff:
    """Return who is signed in with this token, or raise NotFound; half an hour without a page ends it."""
    found = session.scalars(
        select(StaffSession).where(StaffSession.token_digest == token_digest(token))
    ).one_or_none()
    if found is None or now - found.seen_at > STAFF_IDLE:
        raise NotFound("staff session")
    found.seen_at = now
    return found.staff


def sign_out_staff(session: Session, token: str) -> None:
    """End the session of this token; an unknown one is no error."""
    session.execute(delete(StaffSession).where(StaffSession.token_digest == token_digest(token)))
