"""Accounts of staff: made, given new keys, and closed. A new one has no right but those of its role."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from guidance.database import lock
from guidance.errors import LastDean, NotFound, UnusableField, UsernameTaken
from guidance.mail_addresses import is_mail_address
from guidance.models.accounts import DEAN, FORMER, ROLES, Staff, StaffSession
from guidance.models.school import School
from guidance.random_keys import random_otp_secret, random_words
from guidance.services.accounts import password_hash
from guidance.visible import visible

LONGEST = 60
GROUPS_IN_PASSWORD = 4


@dataclass(frozen=True)
class StaffFields:
    """Who gets an account; all on one line and to be seen, and none empty."""

    role: str
    name: str
    username: str
    mail: str

    def __post_init__(self) -> None:
        for field in ("name", "username", "mail"):
            object.__setattr__(self, field, " ".join(visible(getattr(self, field)).split()))
        # As it is looked up at sign-in.
        object.__setattr__(self, "username", self.username.lower())
        if self.role not in ROLES:
            raise UnusableField(f"role {self.role!r}", name="role")
        for field in ("name", "username"):
            if not 0 < len(getattr(self, field)) <= LONGEST:
                raise UnusableField("empty or too long", name=field)
        if not is_mail_address(self.mail):
            raise UnusableField("no mail address", name="mail")


@dataclass(frozen=True)
class SignIn:
    """What opens an account; shown once, for the database keeps no password."""

    username: str
    password: str
    otp_secret: str


def add_staff(session: Session, school: School, fields: StaffFields) -> SignIn:
    """Make an account with keys drawn by lot, or raise UsernameTaken."""
    # Two of one name at the same moment: the database refuses the second.
    if session.scalars(select(Staff.id).where(Staff.username == fields.username)).first():
        raise UsernameTaken("the same user name")
    staff = Staff(
        school_id=school.id,
        role=fields.role,
        name=fields.name,
        username=fields.username,
        mail=fields.mail,
    )
    sign_in = _draw_keys(staff)
    session.add(staff)
    session.flush()
    return sign_in


def reset_sign_in(session: Session, username: str) -> SignIn:
    """Draw new keys for an account and end its sessions."""
    staff = _get_staff(session, username)
    sign_in = _draw_keys(staff)
    _end_sessions(session, staff)
    return sign_in


def remove_staff(session: Session, username: str) -> None:
    """Close an account for good, or raise LastDean; the name stays with what this person decided."""
    staff = _get_staff(session, username)
    if staff.role == DEAN and _count_deans(session, staff.school) == 1:
        raise LastDean(f"school {staff.school_id}")
    _draw_keys(staff)
    staff.role, staff.username, staff.mail = FORMER, f"{FORMER} {staff.id}", ""
    staff.confirmed_at, staff.takes_talks = None, False
    _end_sessions(session, staff)


def _get_staff(session: Session, username: str) -> Staff:
    plain = " ".join(username.split()).lower()
    staff = session.scalars(select(Staff).where(Staff.username == plain, Staff.role != FORMER)).one_or_none()
    if staff is None:
        raise NotFound("staff with this user name")
    return staff


def _count_deans(session: Session, school: School) -> int:
    # Two deans who are removed at the same moment wait for each other here.
    lock(session, school)
    return session.scalars(select(func.count()).where(Staff.school_id == school.id, Staff.role == DEAN)).one()


def _draw_keys(staff: Staff) -> SignIn:
    sign_in = SignIn(staff.username, random_words(GROUPS_IN_PASSWORD), random_otp_secret())
    staff.password_hash, staff.otp_secret = password_hash(sign_in.password), sign_in.otp_secret
    return sign_in


def _end_sessions(session: Session, staff: Staff) -> None:
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
    session.flush()
