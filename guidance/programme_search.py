"""Home of what a search for programmes asks for, and of why each one found is shown."""

from dataclasses import dataclass

from guidance import wording
from guidance.catalogue import Form, Kind, Level, Programme
from guidance.places import Place
from guidance.programme_filters import Subject, has_degree, label

KM = "{km}"
CLUSTERED_KINDS = {"wo_eerstegraads", "educatieve_master"}
# A programme with one of these is often broad.
BROAD_DEGREES = {"master", "eerstegraads"}


@dataclass(frozen=True)
class Filters:
    """What a search asks for, in the words of the catalogue; nothing means no filter."""

    kind: Kind | None
    subject: Subject | None
    form: Form | None
    level: Level | None
    degree: str | None

    def matches(self, programme: Programme) -> bool:
        """Tell whether a programme has all that was asked for."""
        return (
            self.kind in (None, programme.kind)
            and (self.form is None or self.form in programme.forms)
            and (self.level is None or self.level in programme.entry)
            and has_degree(programme, self.degree)
            and (
                self.subject is None or programme.subject in self.subject.catalogue or self.is_part(programme)
            )
        )

    def is_part(self, programme: Programme) -> bool:
        """Tell whether the subject may be part of a broad university programme that was asked for.

        A subject that is found nowhere else asks for it by itself.
        """
        asks_for_broad = self.kind in CLUSTERED_KINDS or self.degree in BROAD_DEGREES
        if self.subject is None or not (asks_for_broad or not self.subject.catalogue):
            return False
        return programme.kind in CLUSTERED_KINDS and programme.subject == self.subject.cluster

    @property
    def words(self) -> tuple[str, ...]:
        """What was asked for, as parts of one sentence; nothing without a filter."""
        what = [
            *([label("kind", self.kind)] if self.kind else []),
            *([label("degree", self.degree)] if self.degree else []),
            *([self.subject.name] if self.subject else []),
        ]
        how = [
            *([label("form", self.form)] if self.form else []),
            *([_with_level(self.level)] if self.level else []),
        ]
        if how and not what:
            what = [wording.render("programmes.all_kinds")]
        return (*what, *how)


def _with_level(level: Level) -> str:
    return wording.render("programmes.with_level", level=label("level", level))


class Whys:
    """Why each programme is shown; rendered once, as a search may show the whole catalogue."""

    def __init__(self, place: Place | None, filters: Filters) -> None:
        self.filters = filters
        subject = filters.subject.name if filters.subject else None
        self.plain, self.broad = (
            wording.render(
                "programmes.why",
                distance=KM if place else None,
                place=str(place),
                match=filters.words,
                cluster=cluster,
            )
            for cluster in (None, subject)
        )

    def of(self, programme: Programme, distance: float | None) -> str:
        """Return why a programme is shown, at this distance in km."""
        why = self.broad if self.filters.is_part(programme) else self.plain
        return why if distance is None else why.replace(KM, f"{distance:.1f}".replace(".", ","), 1)
