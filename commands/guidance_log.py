"""Checks or exports the guidance log of a school: `python -m commands.guidance_log verify --school CODE`."""

import argparse
import sys
from pathlib import Path

from guidance import clock
from guidance.chain import Verification
from guidance.content import read_content
from guidance.database import transaction
from guidance.errors import UnknownSchool
from guidance.services.accounts import get_school
from guidance.services.evidence import write_evidence
from guidance.services.guidance_log import verify
from guidance.wording import render

WHOLE, BROKEN, MISUSE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Verify or export, say what was found, and return the exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        return _report(_found(wanted))
    except UnknownSchool:
        print(render("guidance_log.unknown_school", code=wanted.school), file=sys.stderr)
        return MISUSE
    except OSError as error:
        print(render("guidance_log.unwritable", path=error.filename), file=sys.stderr)
        return MISUSE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.guidance_log", description=__doc__)
    parser.add_argument("task", choices=["verify", "export"])
    parser.add_argument("--school", required=True, metavar="CODE", help="the public school code")
    parser.add_argument(
        "--head", metavar="HASH", help="a hash mailed earlier, which must still be in the log"
    )
    parser.add_argument(
        "--out", metavar="F", type=Path, help="the zip to write; guidance-log-CODE.zip if left out"
    )
    return parser


def _found(wanted: argparse.Namespace) -> Verification:
    with transaction() as session:
        school = get_school(session, wanted.school)
        if wanted.task == "verify":
            return verify(session, school, known_head=wanted.head)
        path = wanted.out or Path(f"guidance-log-{school.code}.zip")
        found = write_evidence(session, school, path, now=clock.now(), known_head=wanted.head)
    print(render("guidance_log.exported", path=path))
    return found


def _report(found: Verification) -> int:
    if bad := found.first_bad:
        reasons = read_content("texts/guidance_log")["reasons"]
        print(render("guidance_log.broken", number=bad.number, reason=bad.reason, reasons=reasons))
        return BROKEN
    print(render("guidance_log.whole", rows=found.rows, erased=found.erased, head=found.head))
    return WHOLE


if __name__ == "__main__":
    sys.exit(main())
