"""The cast: pupils Anna and Bilal, dean De Vries and others of their school, and the outsider, dean Smit."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.accounts import (
    ADMINISTRATOR,
    DEAN,
    REGION_VIEWER,
    SAFEGUARDING_CONTACT,
    SCHOOL_LEAD,
    STAFF,
    Staff,
)
from guidance.models.pupil import Pupil
from guidance.models.school import ConsentBasis, School
from guidance.services.accounts import code_digest, password_hash

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNAS_CODE, BILALS_CODE = "ANNA-2345-WXYZ", "BILAL-2345-WXYZ"
PASSWORD = "een lang wachtwoord"
HASH_OF_PASSWORD = password_hash(PASSWORD)
OTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
COLLEAGUES = {
    "Postma": STAFF,
    "Hofman": SCHOOL_LEAD,
    "Dijkstra": REGION_VIEWER,
    "Kuiper": ADMINISTRATOR,
}


def add_cast(session: Session) -> None:
    """Add two schools, two pupils, two deans, and the others who work at the first school."""
    vechtdal = School(code="vechtdal", name="Vechtdal College", place="Ommen", created_at=MONDAY)
    elders = School(code="elders", name="Lyceum Elders", place="Goirle", created_at=MONDAY)
    session.add_all([vechtdal, elders])
    session.flush()
    session.add_all(
        [_pupil(vechtdal, "Anna", ANNAS_CODE, "havo", 3), _pupil(vechtdal, "Bilal", BILALS_CODE, "vwo", 5)]
    )
    session.add_all([_staff(vechtdal, "De Vries", DEAN), _staff(elders, "Smit", DEAN)])
    session.add_all([_staff(vechtdal, name, SAFEGUARDING_CONTACT) for name in ("Jansen", "Bakker")])
    session.add_all([_staff(vechtdal, name, role) for name, role in COLLEAGUES.items()])
    session.add_all(
        ConsentBasis(
            school=school, purpose="summary", basis="task", decided_on=date(2026, 8, 1), decided_by="Bestuur"
        )
        for school in (vechtdal, elders)
    )


def _pupil(school: School, first_name: str, code: str, level: str, leerjaar: int) -> Pupil:
    years = {"havo": 5, "vwo": 6}[level]
    return Pupil(
        school_id=school.id,
        first_name=first_name,
        surname="Achternaam",
        class_name=f"{level[0]}{leerjaar}a",
        level=level,
        leerjaar=leerjaar,
        exam_year=2027 + years - leerjaar,
        code_digest=code_digest(code),
        created_at=MONDAY,
    )


def _staff(school: School, name: str, role: str) -> Staff:
    username = name.lower().replace(" ", "")
    return Staff(
        school_id=school.id,
        name=name,
        mail=f"{username}@{school.code}.example",
        username=username,
        role=role,
        password_hash=HASH_OF_PASSWORD,
        otp_secret=OTP_SECRET,
        confirmed_at=MONDAY,
    )


def pupil(session: Session, first_name: str) -> Pupil:
    return session.scalars(select(Pupil).where(Pupil.first_name == first_name)).one()


def staff(session: Session, name: str) -> Staff:
    return session.scalars(select(Staff).where(Staff.name == name)).one()
