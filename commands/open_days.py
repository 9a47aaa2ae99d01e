"""Takes over an institution's open days: python -m commands.open_days import FILE --institution BRIN."""

import argparse
import sys
from pathlib import Path

from guidance import clock, wording
from guidance.database import transaction
from guidance.errors import NotFound, UnusableFile
from guidance.open_days import AnnouncedDay, Institution, get_institution
from guidance.open_days_file import MOST_BYTES, read_open_days
from guidance.open_days_words import when_in_words
from guidance.services.open_days import Changes, compare_open_days, import_open_days
from guidance.wording import render


def main(arguments: list[str] | None = None) -> int:
    """Show what changes and store it; a file with anything wrong in it changes nothing and gives 1."""
    wanted = _parser().parse_args(arguments)
    try:
        institution = get_institution(wanted.institution)
        now = clock.now()
        days = read_open_days(wanted.file.name, _content_of(wanted.file), institution, now=now)
    except NotFound:
        return _refused(render("open_days.report.unknown_institution", brin=wanted.institution))
    except OSError:
        return _refused(render("open_days.report.unreadable", path=wanted.file))
    except UnusableFile as error:
        return _refused(wording.failure(error))
    with transaction() as session:
        if wanted.dry_run:
            changes = compare_open_days(session, institution, days, now=now)
        else:
            source = wanted.source or wanted.file.name
            changes = import_open_days(session, institution, days, source=source, now=now)
    _report(changes, institution)
    if wanted.dry_run:
        print(render("open_days.report.dry_run"))
    return 0


def _content_of(file: Path) -> bytes:
    """Return the content, but not much more than a file may hold."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _report(changes: Changes, institution: Institution) -> None:
    for name in ("added", "changed", "removed"):
        for day in _in_order(getattr(changes, name)):
            print(render(f"open_days.report.{name}", title=day.title, when=when_in_words(day)))
    counts = {name: len(getattr(changes, name)) for name in ("added", "changed", "removed")}
    print(
        render(
            "open_days.report.count", name=institution.name, same=changes.same, past=changes.past, **counts
        )
    )


def _in_order(days: tuple[AnnouncedDay, ...]) -> list[AnnouncedDay]:
    return sorted(days, key=lambda day: (day.starts_at, day.uid))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.open_days", description=__doc__)
    action = parser.add_subparsers(dest="task", required=True).add_parser("import")
    action.add_argument(
        "file", type=Path, metavar="FILE", help="open days as .csv or .ics; docs/open_days.md"
    )
    action.add_argument("--institution", required=True, metavar="BRIN", help="register code, such as 00IC")
    action.add_argument("--source", default="", help="where the file comes from; its name if left out")
    action.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
