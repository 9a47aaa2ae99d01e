"""Home of the career file: what follows from the facts, and what the pupil made of it and added."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guidance.career_competencies import CareerCompetency
from guidance.career_file_input import CareerFacts, OwnEntry, Wording
from guidance.career_lines import INTEREST, Line, derived_lines, interest_of, newest_checks
from guidance.interest_outcome import InterestOutcome
from guidance.wording import render

# The kind of a line that the pupil wrote, and of one said in other words whose source made place.
OWN, EARLIER = "own", "earlier"


@dataclass(frozen=True)
class FileLine:
    """A line as the file shows it: with the pupil's own words where there are any."""

    line: Line
    words: str | None = None

    @property
    def text(self) -> str:
        return self.line.text if self.words is None else self.words

    @property
    def has_own_words(self) -> bool:
        """Say whether a line that still follows is said in the pupil's words."""
        return self.words is not None and self.line.kind != EARLIER

    @property
    def origin(self) -> str:
        """Return where it comes from, and that the words are the pupil's when they are."""
        own = render("career_file.own_words") if self.has_own_words else ""
        return f"{own} {self.line.origin}".strip()


@dataclass(frozen=True)
class FileSection:
    """One section: what follows from the facts, what the pupil wrote, and what was taken out of both."""

    competency: CareerCompetency
    lines: tuple[FileLine, ...] = ()
    entries: tuple[OwnEntry, ...] = ()
    left_out: tuple[FileLine, ...] = ()
    removed: tuple[OwnEntry, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.entries)

    def texts_of(self, *kinds: str) -> list[str]:
        """Return the texts of these kinds of lines, in the order of the kinds; OWN are the pupil's."""
        own = [entry.text for entry in self.entries]
        told = {kind: [one.text for one in self.lines if one.line.kind == kind] for kind in kinds}
        return [text for kind in kinds for text in (own if kind == OWN else told[kind])]


@dataclass(frozen=True)
class CareerFile:
    """The five sections in fixed order, the interests they lean on, and the day it was made."""

    sections: tuple[FileSection, ...]
    interests: InterestOutcome | None
    today: date

    def section(self, competency: CareerCompetency) -> FileSection:
        return next(one for one in self.sections if one.competency == competency)


def compose(
    facts: CareerFacts, *, entries: Iterable[OwnEntry] = (), wordings: Iterable[Wording] = ()
) -> CareerFile:
    """Return the career file; the same facts and words give the same file, in whatever order they came."""
    by_key = {wording.key: wording for wording in wordings}
    lines = derived_lines(facts)
    lines += _earlier(by_key, {line.key for line in lines})
    written = sorted(entries, key=lambda entry: (entry.written_at, entry.text, entry.id))
    checks = newest_checks(facts, INTEREST)
    return CareerFile(
        sections=tuple(_section(one, lines, by_key, written) for one in CareerCompetency),
        interests=interest_of(checks[0]) if checks else None,
        today=facts.today,
    )


def _earlier(by_key: dict[str, Wording], keys: set[str]) -> list[Line]:
    """Return the pupil's own words to lines that no longer follow: what was written is not lost."""
    origin = render("career_file.origins.earlier")
    return [
        Line(one.section, EARLIER, one.key, one.text, (_row_of(one.key),), origin)
        for one in sorted(by_key.values(), key=lambda one: one.key)
        if one.text is not None and one.key not in keys
    ]


def _row_of(key: str) -> str:
    """Return the row in a key: "check_in_run:12" of "check_in_run:12:strongest"."""
    return ":".join(key.split(":")[:2])


def _section(
    competency: CareerCompetency, lines: list[Line], by_key: dict[str, Wording], entries: list[OwnEntry]
) -> FileSection:
    shown: list[FileLine] = []
    left_out: list[FileLine] = []
    for line in (line for line in lines if line.section == competency):
        wording = by_key.get(line.key)
        told = FileLine(line, wording.text if wording else None)
        (left_out if wording and wording.is_left_out else shown).append(told)
    own = [entry for entry in entries if entry.section == competency]
    return FileSection(
        competency,
        lines=tuple(shown),
        entries=tuple(entry for entry in own if not entry.is_removed),
        left_out=tuple(left_out),
        removed=tuple(entry for entry in own if entry.is_removed),
    )
