"""Makes the demo school and its sign-ins: called by `make run`, or `python -m commands.demo --out F`."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from commands.demo_history import tell_history
from commands.demo_keys import Keys
from commands.demo_mentors import add_mentors
from commands.demo_school import add_school, find_or_add_pupil, find_or_add_staff, find_school, staff_in
from guidance import clock
from guidance.content import read_content
from guidance.database import transaction
from guidance.models.accounts import DEAN, SAFEGUARDING_CONTACT
from guidance.models.school import School
from guidance.settings import ROOT, get_settings


class DemoIsOff(Exception):
    """The demo school has no place in a service that is not a demo."""


def prepare_demo(*, url: str, out: Path) -> None:
    """Bring the database to the newest schema, add the demo school once, and write its sign-ins to `out`."""
    if not get_settings().demo:
        raise DemoIsOff("set GUIDANCE_DEMO=1 to allow the made-up school")
    migrate()
    keys, today = Keys(out), clock.school_day(clock.now())
    with transaction() as session:
        schools = [find_or_add_school(session, plan, today=today) for plan in read_content("demo")["schools"]]
        for school in schools:
            school.origins = f"{url} {url.replace('127.0.0.1', 'localhost')}"
        people = {"url": url, "school": schools[0].code, **hand_out(session, schools, keys, today=today)}
    keys.keep(people)


def migrate() -> None:
    """Bring the database of the settings to the newest schema."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    with transaction() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def find_or_add_school(session: Session, plan: dict[str, Any], *, today: date) -> School:
    """Return a school of the demo, made with its people and history when it is not there."""
    if school := find_school(session, plan["code"]):
        return school
    school, careers = add_school(session, plan, year=clock.school_year(today))
    add_mentors(session, school, plan, now=clock.now())
    if plan["has_history"]:
        tell_history(session, staff_in(session, school, DEAN), careers, today=today)
    return school


def hand_out(session: Session, schools: list[School], keys: Keys, *, today: date) -> dict[str, Any]:
    """Give the people of the demo their codes and passwords, and return what `out` says about them."""
    first, year = schools[0], clock.school_year(today)
    plan = read_content("demo")["schools"][0]
    pupils = [find_or_add_pupil(session, first, person, year=year) for person in plan["listed"]]
    others = [person for person in plan["staff"] if person["role"] not in (DEAN, SAFEGUARDING_CONTACT)]
    colleagues = [find_or_add_staff(session, first, person) for person in others]
    return {
        "pupils": [keys.give_code(pupil) for pupil in pupils],
        "deans": [keys.give_sign_in(staff_in(session, school, DEAN)) for school in schools],
        "safeguarding": keys.give_sign_in(staff_in(session, first, SAFEGUARDING_CONTACT)),
        "staff": [{"role": colleague.role, **keys.give_sign_in(colleague)} for colleague in colleagues],
    }


def main(arguments: list[str] | None = None) -> int:
    """Prepare the demo and say where its sign-ins are."""
    parser = argparse.ArgumentParser(prog="python -m commands.demo", description=__doc__)
    parser.add_argument("--url", default=get_settings().public_url, help="the address of the service")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "demo.json", help="where the sign-ins go")
    options = parser.parse_args(arguments)
    try:
        prepare_demo(url=options.url, out=options.out)
    except DemoIsOff as error:
        print(error, file=sys.stderr)
        return 2
    print(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
