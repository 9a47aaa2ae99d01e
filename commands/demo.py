"""Makes the demo school and its sign-ins: called by `make run`, or `python -m commands.demo --out F`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from commands.demo_history import tell_history
from commands.demo_keys import Keys
from commands.demo_school import Career, add_school, find_school, pupil_named, staff_named
from guidance import clock
from guidance.content import read_content
from guidance.database import transaction
from guidance.models.accounts import DEAN, SAFEGUARDING_CONTACT, Staff
from guidance.models.school import School
from guidance.settings import ROOT, get_settings

Plan = dict[str, Any]


class DemoIsOff(Exception):
    """The demo school has no place in a service that is not a demo."""


def prepare_demo(*, url: str, out: Path) -> None:
    """Bring the database to the newest schema, add the demo school once, and write its sign-ins to `out`."""
    if not get_settings().demo:
        raise DemoIsOff("set GUIDANCE_DEMO=1 to allow the made-up school")
    migrate()
    keys = Keys(out)
    with transaction() as session:
        schools = [find_or_add_school(session, plan, url=url) for plan in read_content("demo")["schools"]]
        people = {"url": url, "school": schools[0].code, **hand_out(session, keys)}
    keys.keep(people)


def migrate() -> None:
    """Bring the database of the settings to the newest schema."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    with transaction() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def find_or_add_school(session: Session, plan: Plan, *, url: str) -> School:
    """Return a school of the demo, made with its people and history when it is not there."""
    school = find_school(session, plan["code"])
    if school is None:
        school, careers = add_school(session, plan, now=clock.now())
        if plan["has_history"]:
            _tell(session, school, careers)
    school.origins = f"{url} {url.replace('127.0.0.1', 'localhost')}"
    return school


def _tell(session: Session, school: School, careers: list[Career]) -> None:
    dean = staff_named(session, school, DEAN)
    tell_history(session, dean, careers, today=clock.school_day(clock.now()))


def hand_out(session: Session, keys: Keys) -> dict[str, Any]:
    """Give the people of the demo their codes and passwords, and return what `out` says about them."""
    plans = read_content("demo")["schools"]
    schools = [school for plan in plans if (school := find_school(session, plan["code"]))]
    first, listed = schools[0], plans[0]["listed"]
    return {
        "pupils": [keys.give_code(pupil_named(session, first, person)) for person in listed],
        "deans": [_give_sign_in(session, keys, school, DEAN) for school in schools],
        "safeguarding": _give_sign_in(session, keys, first, SAFEGUARDING_CONTACT),
    }


def _give_sign_in(session: Session, keys: Keys, school: School, role: str) -> dict[str, str]:
    staff: Staff = staff_named(session, school, role)
    return keys.give_sign_in(staff)


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
