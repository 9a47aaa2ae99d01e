"""Where a turn is cut off: at a commit of the service, before it or after it, and what goes down with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

Down = Literal["alone", "with engine", "all"]


class Crash(BaseException):
    """The program of this commit ends here; nothing after it runs in it."""

    def __init__(self, down: Down) -> None:
        super().__init__(down)
        self.down = down


@dataclass(frozen=True)
class Cut:
    """The commit of a turn that is cut, counted from 1 through web and actions alike.

    0 is no commit: the web has waited long enough, before or after the engine did its work.
    """

    commit: int
    side: Literal["before", "after"]
    down: Down = "alone"


class Commits:
    """Counts the commits of one turn, and crashes at the one that is planned."""

    def __init__(self) -> None:
        self.count = self.most = 0
        self.cut: Cut | None = None

    def plan(self, cut: Cut | None) -> None:
        self.count, self.cut = 0, cut

    def before(self, _session: Any) -> None:
        self.count += 1
        self.most = max(self.most, self.count)
        self._crash_at("before")

    def after(self, _session: Any) -> None:
        self._crash_at("after")

    def _crash_at(self, side: str) -> None:
        cut = self.cut
        if cut and (cut.commit, cut.side) == (self.count, side):
            self.cut = None
            raise Crash(cut.down)


@contextmanager
def counted_commits(sessions: sessionmaker[Session]) -> Iterator[Commits]:
    """Count the commits of every session of this factory."""
    commits = Commits()
    hooks = {"before_commit": commits.before, "after_commit": commits.after}
    for name, hook in hooks.items():
        event.listen(sessions, name, hook)
    try:
        yield commits
    finally:
        for name, hook in hooks.items():
            event.remove(sessions, name, hook)
