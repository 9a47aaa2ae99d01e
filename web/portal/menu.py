"""Where each role starts, and what stands in its menu."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from guidance.models.accounts import (
    ADMINISTRATOR,
    DEAN,
    REGION_VIEWER,
    SAFEGUARDING_CONTACT,
    SCHOOL_LEAD,
    STAFF,
)

WELCOME = "/portaal/welkom"
# A role without a page of its own starts at a page that says so.
HOME_OF_ROLE = {
    DEAN: "/portaal/",
    SAFEGUARDING_CONTACT: "/portaal/meldingen",
    STAFF: WELCOME,
    SCHOOL_LEAD: WELCOME,
    REGION_VIEWER: WELCOME,
    ADMINISTRATOR: WELCOME,
}

# The order on screen; a phone has room for these seven and no more.
GROUPS = ("overview", "pupils", "talks", "activities", "figures", "year_plan", "more")


@dataclass(frozen=True)
class Entry:
    """One page in a menu; its label is in `_words.html`, under `menu`."""

    name: str
    address: str
    group: str

    def leads_to(self, path: str) -> bool:
        return path == self.address or path.startswith(f"{self.address}/")


# One line a page. Groups stand in the order of GROUPS, entries of a group in the order of this list.
MENU_OF_ROLE: dict[str, tuple[Entry, ...]] = {
    DEAN: (
        Entry("home", "/portaal/", "overview"),
        Entry("pupil_list", "/portaal/leerlingen", "pupils"),
        Entry("roster", "/portaal/leerlingenlijst", "pupils"),
        Entry("consents", "/portaal/onder-16", "pupils"),
        Entry("mentors", "/portaal/oud-leerlingen", "talks"),
        Entry("experiences", "/portaal/ervaringen", "activities"),
        Entry("questionnaires", "/portaal/vragenlijsten", "more"),
    ),
    SAFEGUARDING_CONTACT: (Entry("safety", "/portaal/meldingen", "overview"),),
    STAFF: (),
    SCHOOL_LEAD: (),
    REGION_VIEWER: (),
    ADMINISTRATOR: (),
}


@dataclass(frozen=True)
class Group:
    """The entries of one kind, and which of them the visitor is at, if any; one alone needs no group."""

    group: str
    entries: tuple[Entry, ...]
    here: Entry | None

    @property
    def name(self) -> str:
        return self.entries[0].name if len(self.entries) == 1 else self.group

    @property
    def address(self) -> str:
        return self.entries[0].address


def menu_of(role: str, path: str) -> list[Group]:
    """Return the menu of a role, and where in it this path is."""
    entries = sorted(MENU_OF_ROLE[role], key=lambda entry: GROUPS.index(entry.group))
    here = _nearest(entries, path)
    return [
        Group(group, found := tuple(of_group), here if here in found else None)
        for group, of_group in groupby(entries, key=lambda entry: entry.group)
    ]


def _nearest(entries: Iterable[Entry], path: str) -> Entry | None:
    """Return the entry with the longest address that leads to this path."""
    leading = (entry for entry in entries if entry.leads_to(path))
    return max(leading, key=lambda entry: len(entry.address), default=None)
