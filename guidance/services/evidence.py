"""The guidance log of a school as one evidence file, with the means to check it."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from guidance import clock, evidence_check
from guidance.chain import Link, Verification, canonical, verify_links
from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.school import School
from guidance.services.chain import links_of
from guidance.wording import render


def write_evidence(
    session: Session, school: School, path: Path, *, now: datetime, known_head: str | None = None
) -> Verification:
    """Write the log as a zip, row by row, and return whether it is whole; no personal column leaves."""
    links = links_of(session, GuidanceMoment, GuidanceMomentPerson, school.id)
    with ZipFile(path, "w", ZIP_DEFLATED) as evidence:
        with evidence.open("moments.jsonl", "w") as rows:
            found = verify_links(_copied(links, rows), known_head=known_head)
            # What follows a bad row is evidence too.
            for _ in _copied(links, rows):
                pass
        evidence.writestr("head.json", _head_of(school, found))
        evidence.writestr("check.py", Path(evidence_check.__file__).read_text(encoding="utf-8"))
        evidence.writestr("LEESMIJ.txt", _readme(school, found, now))
    return found


def _copied(links: Iterator[Link], rows: IO[bytes]) -> Iterator[Link]:
    for link in links:
        public = json.loads(canonical(link.public))
        row = {"row": link.number, "hash": link.hash, "erased": link.salt is None, "public": public}
        rows.write(json.dumps(row, sort_keys=True).encode("ascii") + b"\n")
        yield link


def _head_of(school: School, found: Verification) -> str:
    return json.dumps({"school": school.code, "rows": found.rows, "head": found.head})


def _readme(school: School, found: Verification, now: datetime) -> str:
    return render(
        "guidance_log.evidence_readme",
        school=school.name,
        day=f"{clock.school_day(now):%d-%m-%Y}",
        rows=found.rows,
        erased=found.erased,
        head=found.head,
    )
