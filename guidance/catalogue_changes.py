"""Home of what a refreshed catalogue changes, and of when that is too much to trust."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidance.catalogue import COLUMNS, Programme, day_of
from guidance.errors import UnusableFile

MOST_LOST_PERCENT = 10
# Of no register: carried over from an earlier catalogue, with the day of that one.
ROUTE = "academische-pabo"
# These say when and where it was read, which is no change of the programme.
NO_CHANGE = {"source", "source_date", "confidence"}


@dataclass(frozen=True)
class Changes:
    """Programmes that are new, closed, or told otherwise; each of the last with the columns that differ."""

    new: tuple[Programme, ...]
    closed: tuple[Programme, ...]
    changed: tuple[tuple[Programme, tuple[str, ...]], ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.closed or self.changed)


def changes_between(old: Iterable[Programme], new: Iterable[Programme]) -> Changes:
    """Return what changes from one catalogue to another, by key, in the order of the keys."""
    before, after = ({one.key: one for one in rows} for rows in (old, new))
    both = sorted(before.keys() & after.keys())
    differing = ((after[key], _columns(before[key], after[key])) for key in both)
    return Changes(
        tuple(after[key] for key in sorted(after.keys() - before.keys())),
        tuple(before[key] for key in sorted(before.keys() - after.keys())),
        tuple((one, columns) for one, columns in differing if columns),
    )


def _columns(before: Programme, after: Programme) -> tuple[str, ...]:
    return tuple(
        name for name in COLUMNS if name not in NO_CHANGE and getattr(before, name) != getattr(after, name)
    )


def require_trustworthy(
    old: Sequence[Programme], new: Sequence[Programme], *, most_lost_percent: int = MOST_LOST_PERCENT
) -> None:
    """Raise UnusableFile when a catalogue is older, lost a kind, or lost more programmes than it may."""
    was, became = (day_of(one for one in rows if one.isat != ROUTE) for rows in (old, new))
    if became < was:
        raise UnusableFile(f"the sources are of {became}, the catalogue is of {was}")
    if lost := sorted({one.kind for one in old} - {one.kind for one in new}):
        raise UnusableFile(f"no programme left of kind {', '.join(lost)}")
    closed = len(changes_between(old, new).closed)
    if closed * 100 > len(old) * most_lost_percent:
        raise UnusableFile(f"{closed} of {len(old)} programmes would close, over {most_lost_percent}%")
    if nameless := sorted({one.institution for one in new if not one.url}):
        raise UnusableFile(f"no page is known of {', '.join(nameless)}")


def carried_over(old: Iterable[Programme], new: Sequence[Programme], *, has_routes: bool) -> list[Programme]:
    """Return the new programmes with the routes of another source, when that was not read again."""
    known = {(one.kind, one.city) for one in new}
    kept = [one for one in old if one.isat == ROUTE and (one.kind, one.city) not in known]
    return sorted([*new, *([] if has_routes else kept)], key=lambda one: one.key)
