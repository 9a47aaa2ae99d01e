"""The demo's schools and people: made up, drawn with a fixed seed from guidance/content/demo.yml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.consents import Basis, Purpose
from guidance.content import read_content
from guidance.models.accounts import DEAN, Staff
from guidance.models.pupil import Pupil
from guidance.models.school import ConsentBasis, School
from guidance.on_time import expected_exam_year
from guidance.random_keys import random_otp_secret, random_words
from guidance.services.accounts import code_digest, password_hash
from guidance.services.experience_offers import OfferFields, add_offer
from guidance.services.placements import note_placement

YEARS_OF_HISTORY = 3
FIRST_YEAR_WITH_PROFILE = 4
CLASSES = "ab"
SHARE_OF_REPEATERS, SHARE_OF_SWITCHERS = 0.06, 0.06
# Who came from another level: what they did in each of the three years, the present one last.
SWITCHES = {
    ("havo", 4): (("vwo", 2), ("vwo", 3), ("havo", 4)),
    ("vwo", 5): (("havo", 4), ("havo", 5), ("vwo", 5)),
}
Path = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Career:
    """Where a pupil was in each school year, and what became known on the way."""

    pupil: Pupil
    path: Path
    profile: str
    letter: str
    story: str

    def enter(self, year: int, *, present: int) -> None:
        """Put the pupil on the roster as it was in a school year."""
        level, leerjaar = self.place_in(year, present=present)
        self.pupil.level, self.pupil.leerjaar = level, leerjaar
        self.pupil.class_name = f"{level[0]}{leerjaar}{self.letter}"
        self.pupil.exam_year = expected_exam_year(level, leerjaar, year)
        self.pupil.profile = self.profile if leerjaar >= FIRST_YEAR_WITH_PROFILE else None

    def place_in(self, year: int, *, present: int) -> tuple[str, int]:
        """Return level and leerjaar in a school year."""
        return self.path[year - present - 1]


def find_school(session: Session, code: str) -> School | None:
    """Return the school with this code, if it is there."""
    return session.scalars(select(School).where(School.code == code)).one_or_none()


def staff_in(session: Session, school: School, role: str) -> Staff:
    """Return the first member of staff of a school with this role."""
    with_role = select(Staff).where(Staff.school_id == school.id, Staff.role == role)
    return session.scalars(with_role.order_by(Staff.id).limit(1)).one()


def find_or_add_staff(session: Session, school: School, person: dict[str, str]) -> Staff:
    """Return a member of staff by user name; one who is new in the plan is added to a school made before."""
    staff = session.scalars(select(Staff).where(Staff.username == person["username"])).one_or_none()
    if staff is None:
        staff = _staff(school, person, password_hash(random_words(4)))
        session.add(staff)
        session.flush()
    return staff


def find_or_add_pupil(session: Session, school: School, person: dict[str, Any], *, year: int) -> Pupil:
    """Return a pupil that is listed by name; one who erased everything is added again, as new."""
    names = {name: person[name] for name in ("first_name", "surname")}
    pupil = session.scalars(select(Pupil).filter_by(school_id=school.id, **names)).one_or_none()
    if pupil is None:
        anew = {"class": CLASSES[0], **person}
        pupil = add_career(session, school, anew, Random(person["first_name"]), year=year).pupil
        session.flush()
    return pupil


def add_school(session: Session, plan: dict[str, Any], *, year: int) -> tuple[School, list[Career]]:
    """Add a school as it stands in this school year: staff, offers, pupils and the basis for the summary."""
    began = datetime(year - YEARS_OF_HISTORY + 1, 8, 1, 8, tzinfo=UTC)
    names = {column: plan[column] for column in ("code", "name", "place")}
    school = School(**names, is_made_up=True, created_at=began)
    session.add(school)
    session.flush()
    nobodys_hash = password_hash(random_words(4))
    session.add_all(_staff(school, person, nobodys_hash) for person in plan["staff"])
    session.add(basis_of_school(school, Purpose.SUMMARY, plan["decided_by"], began.date()))
    session.flush()
    for offer in plan["offers"]:
        add_offer(session, staff_in(session, school, DEAN), OfferFields(**offer), now=began)
    rng = Random(f"{read_content('demo')['seed']} {school.code}")
    careers = [add_career(session, school, person, rng, year=year) for person in people_of(plan, rng)]
    session.flush()
    return school, careers


def _staff(school: School, person: dict[str, str], nobodys_hash: str) -> Staff:
    """Return a member of staff who cannot sign in until the demo hands out a password."""
    return Staff(
        school_id=school.id,
        mail=f"{person['username']}@{school.code}.example",
        password_hash=nobodys_hash,
        otp_secret=random_otp_secret(),
        confirmed_at=school.created_at,
        **person,
    )


def basis_of_school(school: School, purpose: Purpose, decided_by: str, day: date) -> ConsentBasis:
    """Return that a purpose is a task of the school for every pupil under 16."""
    return ConsentBasis(
        school_id=school.id,
        purpose=purpose,
        basis=Basis.TASK,
        decided_on=day,
        decided_by=decided_by,
    )


def people_of(plan: dict[str, Any], rng: Random) -> Iterator[dict[str, Any]]:
    """Return the pupils of a school: those listed by name, then others until each class year is full."""
    for person in plan["listed"]:
        yield {"class": CLASSES[0], **person}
    names, stories = _names(rng), read_content("demo")["stories"]
    for level, sizes in plan["cohorts"].items():
        for leerjaar, size in sizes.items():
            listed = sum((one["level"], one["leerjaar"]) == (level, leerjaar) for one in plan["listed"])
            for number in range(listed, size):
                place = {"level": level, "leerjaar": leerjaar, "class": CLASSES[number % len(CLASSES)]}
                story = rng.choices(list(stories), list(stories.values()))[0]
                yield {**next(names), **place, "story": story}


def _names(rng: Random) -> Iterator[dict[str, str]]:
    """Return pairs of names, none of them twice: the two lists are unequally long."""
    first_names, surnames = (rng.sample(names, len(names)) for names in _lists_of_names())
    for number in range(len(first_names) * len(surnames)):
        yield {
            "first_name": first_names[number % len(first_names)],
            "surname": surnames[number % len(surnames)],
        }


def _lists_of_names() -> tuple[list[str], list[str]]:
    demo = read_content("demo")
    return demo["first_names"], demo["surnames"]


def add_career(session: Session, school: School, person: dict[str, Any], rng: Random, *, year: int) -> Career:
    """Add one pupil as it stands on the roster in this school year."""
    level, leerjaar = person["level"], person["leerjaar"]
    path = _path(level, leerjaar, rng, is_plain=person["story"] == "nothing")
    pupil = Pupil(
        school_id=school.id,
        first_name=person["first_name"],
        surname=person["surname"],
        code_digest=code_digest(random_words(3)),
        under_16_until=_under_16_until(path, year, rng),
        created_at=school.created_at,
    )
    profile = rng.choice(read_content("demo")["profiles"][level])
    career = Career(pupil, path, profile, person["class"], person["story"])
    session.add(pupil)
    enter_year(session, career, year, present=year)
    return career


def enter_year(session: Session, career: Career, year: int, *, present: int) -> None:
    """Put a pupil on the roster as it was in a school year, and keep where that was."""
    career.enter(year, present=present)
    note_placement(session, career.pupil, year, now=datetime(year, 8, 1, 8, tzinfo=UTC))


def _path(level: str, leerjaar: int, rng: Random, *, is_plain: bool) -> Path:
    chance = 1.0 if is_plain else rng.random()
    if chance < SHARE_OF_REPEATERS:
        return (level, leerjaar - 1), (level, leerjaar), (level, leerjaar)
    if chance > 1 - SHARE_OF_SWITCHERS and not is_plain and (level, leerjaar) in SWITCHES:
        return SWITCHES[level, leerjaar]
    return (level, leerjaar - 2), (level, leerjaar - 1), (level, leerjaar)


def _under_16_until(path: Path, year: int, rng: Random) -> date:
    """Return the last day of being 15, for who turned 12 in the year up to the first October at school."""
    began_school = year - (YEARS_OF_HISTORY - 1) - path[0][1] + 1
    return date(began_school + 3, 9, 30) + timedelta(days=rng.randrange(365))
