"""Makes, resets or closes an account of staff: `python -m commands.administrator add --school CODE ...`."""

import argparse
import sys
from dataclasses import asdict

from guidance.database import transaction
from guidance.errors import GuidanceError, LastDean, NotFound, UnusableField, UsernameTaken
from guidance.models.accounts import ROLES
from guidance.services.accounts import get_school
from guidance.services.staff_accounts import SignIn, StaffFields, add_staff, remove_staff, reset_sign_in
from guidance.wording import failure, render

DONE, REFUSED, MISUSE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Do one thing to one account, say what came of it, and return the exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        print(_DO[wanted.task](wanted))
    except (LastDean, UsernameTaken) as error:
        return _said(error, REFUSED)
    except (NotFound, UnusableField) as error:
        return _said(error, MISUSE)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.administrator", description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    add = tasks.add_parser("add", help="make an account; what opens it is printed once")
    add.add_argument("--school", required=True, metavar="CODE", help="the public school code")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--name", required=True, metavar="N", help="as it is shown")
    add.add_argument("--mail", required=True, metavar="M")
    reset = tasks.add_parser("reset", help="draw a new password and secret, and sign out everywhere")
    remove = tasks.add_parser("remove", help="close an account; the last dean of a school stays")
    for task in (add, reset, remove):
        task.add_argument("--username", required=True, metavar="U", help="as it is typed at sign-in")
    return parser


def _add(wanted: argparse.Namespace) -> str:
    fields = StaffFields(wanted.role, wanted.name, wanted.username, wanted.mail)
    with transaction() as session:
        return _shown(add_staff(session, get_school(session, wanted.school), fields))


def _reset(wanted: argparse.Namespace) -> str:
    with transaction() as session:
        return _shown(reset_sign_in(session, wanted.username))


def _remove(wanted: argparse.Namespace) -> str:
    with transaction() as session:
        remove_staff(session, wanted.username)
    return render("accounts.removed")


def _shown(sign_in: SignIn) -> str:
    return render("accounts.sign_in", **asdict(sign_in))


def _said(error: GuidanceError, code: int) -> int:
    print(failure(error), file=sys.stderr)
    return code


_DO = {"add": _add, "reset": _reset, "remove": _remove}


if __name__ == "__main__":
    sys.exit(main())
