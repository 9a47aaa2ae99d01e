"""Takes over a school's list of pupils: `python -m commands.roster import --school CODE FILE [--dry-run]`."""

import argparse
import sys
from pathlib import Path

from guidance import clock
from guidance.actors import Actor
from guidance.database import transaction
from guidance.errors import FileRefused, NotFound
from guidance.roster_csv import MOST_BYTES, read_roster
from guidance.roster_words import line_words
from guidance.services.accounts import get_school
from guidance.services.roster import RosterChanges, import_at_school, preview_at_school
from guidance.wording import failure, render

DONE, REFUSED, MISUSE = 0, 1, 2
# Who runs the service has no account.
OPERATOR = Actor("operator")


def main(arguments: list[str] | None = None) -> int:
    """Show what changes and store it; a file with anything wrong in it changes nothing and gives 1."""
    wanted = _parser().parse_args(arguments)
    try:
        return _imported(wanted)
    except NotFound as error:
        return _said([failure(error)], MISUSE)
    except OSError:
        return _said([render("roster.report.unreadable", path=wanted.file)], MISUSE)
    except FileRefused as error:
        return _said([render("roster.refused"), *line_words(error)], REFUSED)


def _imported(wanted: argparse.Namespace) -> int:
    roster = read_roster(_content_of(wanted.file))
    now = clock.now()
    with transaction() as session:
        school = get_school(session, wanted.school)
        if wanted.dry_run:
            changes = preview_at_school(session, school, roster, now=now)
        else:
            changes = import_at_school(session, school, roster, actor=OPERATOR, now=now)
        name = school.name
    _report(changes, name)
    if wanted.dry_run:
        print(render("roster.report.dry_run"))
    return DONE


def _content_of(file: Path) -> bytes:
    """Return the content, but not much more than a list may hold."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _report(changes: RosterChanges, school: str) -> None:
    # No names: a terminal is kept longer than a list.
    print(render("roster.report.count", school=school, **changes.counts))
    if changes.unknown_columns:
        print(render("roster.report.unknown_columns", names=changes.unknown_columns))
    if changes.is_unverified:
        print(render("roster.report.unverified"))


def _said(lines: list[str], code: int) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.roster", description=__doc__)
    action = parser.add_subparsers(dest="task", required=True).add_parser("import")
    action.add_argument("file", type=Path, metavar="FILE", help="list of pupils as .csv; docs/operations.md")
    action.add_argument("--school", required=True, metavar="CODE", help="the public school code")
    action.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
