"""Refreshes the catalogue from DUO's open data: shows what changes, and applies it once that is confirmed."""

import argparse
import sys
from pathlib import Path

from commands.tables import read_table
from guidance import clock
from guidance.catalogue import Programme, catalogue_in_use, read_catalogue
from guidance.catalogue_changes import (
    MOST_LOST_PERCENT,
    Changes,
    carried_over,
    changes_between,
    require_trustworthy,
)
from guidance.catalogue_history import put_in_place, restore
from guidance.catalogue_import import Sources, import_catalogue
from guidance.catalogue_sources import (
    ENROLMENT_COLUMNS,
    LICENCE_COLUMNS,
    OFFER_COLUMNS,
    ROUTE_COLUMNS,
    newest_decision,
)
from guidance.ckan import Ckan
from guidance.content import FOLDER
from guidance.place_tables import demand_columns
from guidance.settings import get_settings

LICENCES, OFFERS = "overzicht-erkenningen-ho", "ho_opleidingsoverzicht"
ENROLMENT, FIRST_YEARS = "p01hoinges", "p02ho1ejrs"
ENROLLED, STARTED = "AANTAL_INGESCHREVENEN", "AANTAL_EERSTEJAARS_INGESCHREVENEN"
MOST_SHOWN = 20
APPLIED, UNCHANGED, NOT_CONFIRMED = 0, 0, 3


def refresh(options: argparse.Namespace) -> int:
    """Fetch, check, show and apply; 0 applied or nothing new, 1 refused, 3 shown and not confirmed."""
    settings = get_settings()
    ckan = Ckan(settings.catalogue_url, settings.catalogue_folder / "pages", progress=_show_progress)
    old = read_catalogue()
    outcome = import_catalogue(_sources(ckan, options))
    new = carried_over(old, outcome.programmes, has_routes=options.routes is not None)
    require_trustworthy(old, new, most_lost_percent=options.most_lost)
    changes = changes_between(old, new)
    _show(changes)
    if changes.is_nothing:
        ckan.forget()
        return UNCHANGED
    if not _is_confirmed(options.yes):
        print("shown only, nothing changed; run again with --yes to apply")
        return NOT_CONFIRMED
    _apply(new)
    ckan.forget()
    return APPLIED


def _apply(programmes: list[Programme]) -> None:
    path = put_in_place(get_settings().catalogue_folder, programmes, now=clock.now())
    print(f"in place: {path}. Restart web and actions, and train the engine for new names.")


def restore_version(options: argparse.Namespace) -> int:
    """Put an earlier version back."""
    path = restore(get_settings().catalogue_folder, options.version)
    if catalogue_in_use() == path:
        print(f"in place: {path}. Restart web and actions.")
    else:
        print(f"put back, but not used: the catalogue of this program is of a later day than {path}")
    return 0


def _sources(ckan: Ckan, options: argparse.Namespace) -> Sources:
    licences = ckan.read(LICENCES, LICENCE_COLUMNS)
    return Sources(
        licences=licences,
        overview=ckan.read(OFFERS, OFFER_COLUMNS),
        places=read_table(FOLDER / "places.csv"),
        enrolment=_table(ckan, ENROLMENT, options.enrolment, ENROLMENT_COLUMNS | {ENROLLED}),
        first_years=_table(ckan, FIRST_YEARS, options.first_years, ENROLMENT_COLUMNS | {STARTED}),
        routes=_file(options.routes, ROUTE_COLUMNS) if options.routes else [],
        # The service may not tell the day; the register is at least as new as its newest decision.
        day=max(ckan.days[LICENCES], newest_decision(licences)),
    )


def _table(ckan: Ckan, dataset: str, file: Path | None, needed: set[str]) -> list[dict[str, str]]:
    """Return the table of a file that was given, else that of the service."""
    return _file(file, needed) if file else ckan.read(dataset, needed)


def _file(file: Path, needed: set[str]) -> list[dict[str, str]]:
    rows = read_table(file)
    demand_columns(rows, needed, file=file.name)
    return rows


def _show_progress(dataset: str, rows: int, total: int) -> None:
    print(f"{dataset}: {rows} of {total} rows", flush=True)


def _show(changes: Changes) -> None:
    told = [
        ("new", [_told(one) for one in changes.new]),
        ("closed", [_told(one) for one in changes.closed]),
        ("changed", [f"{_told(one)}: {', '.join(columns)}" for one, columns in changes.changed]),
    ]
    for kind, lines in told:
        print(f"{kind}: {len(lines)}")
        for line in lines[:MOST_SHOWN]:
            print(f"  {line}")
        if len(lines) > MOST_SHOWN:
            print(f"  and {len(lines) - MOST_SHOWN} more")


def _told(programme: Programme) -> str:
    return f"{programme.institution}, {programme.city}: {programme.name}"


def _is_confirmed(is_given: bool) -> bool:
    if is_given or not sys.stdin.isatty():
        return is_given
    return input("apply? [y/N] ").strip().casefold() in {"y", "j", "yes", "ja"}


def add_commands(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `refresh` and `restore` to the commands of the catalogue."""
    action = actions.add_parser("refresh", help="bring the catalogue up to date from DUO's open data")
    action.add_argument("--yes", action="store_true", help="apply without asking, for a timer")
    action.add_argument("--enrolment", type=Path, help="DUO: hbo students by sector (CSV), else fetched")
    action.add_argument("--first-years", type=Path, help="DUO: hbo first-years by sector (CSV), else fetched")
    action.add_argument("--routes", type=Path, help="academic pabos (CSV), else kept as they are")
    action.add_argument(
        "--most-lost", type=int, default=MOST_LOST_PERCENT, help="refuse when more percent would close"
    )
    action.set_defaults(run=refresh)
    earlier = actions.add_parser("restore", help="put an earlier version of the catalogue back")
    earlier.add_argument("version", help="its name in the manifest, or `shipped`")
    earlier.set_defaults(run=restore_version)
