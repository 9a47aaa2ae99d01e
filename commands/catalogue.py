"""Builds the catalogue from files (`import`), refreshes it from DUO (`refresh`) and goes back (`restore`)."""

import argparse
import sys
from pathlib import Path

from commands.catalogue_refresh import add_commands
from commands.tables import read_table, write_table
from guidance.catalogue import COLUMNS, row_of
from guidance.catalogue_import import Sources, import_catalogue
from guidance.catalogue_rows import Outcome
from guidance.catalogue_sources import ENROLMENT_COLUMNS, LICENCE_COLUMNS, OFFER_COLUMNS, ROUTE_COLUMNS
from guidance.content import FOLDER
from guidance.errors import UnusableFile
from guidance.place_tables import demand_columns

PLACE_COLUMNS = {"name", "province", "lat", "lon", "population"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; whatever cannot be used changes nothing and gives 1."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except UnusableFile as error:
        print(f"refused, nothing changed: {error}", file=sys.stderr)
        return 1
    return code


def import_files(options: argparse.Namespace) -> int:
    """Import the catalogue that is shipped, and print what was left out."""
    outcome = import_catalogue(_sources(options))
    if not outcome.programmes:
        raise UnusableFile("no teacher programme in these files")
    changed = write_table(options.out, COLUMNS, [row_of(programme) for programme in outcome.programmes])
    report(outcome, details=options.details)
    print(f"{options.out.name}: {'written' if changed else 'unchanged'}")
    return 0


def report(outcome: Outcome, *, details: bool) -> None:
    """Print how many programmes were kept and how many left out, and why."""
    print(
        f"kept {len(outcome.programmes)} programmes at {_count(outcome, 'institution')} institutions "
        f"in {_count(outcome, 'city')} cities"
    )
    for reason, count in sorted(outcome.left_out.items()):
        print(f"left out {count:4}  {reason}")
        for example in sorted(outcome.examples[reason]) if details else ():
            print(f"               {example}")


def _count(outcome: Outcome, name: str) -> int:
    return len({getattr(programme, name) for programme in outcome.programmes})


def _sources(options: argparse.Namespace) -> Sources:
    return Sources(
        licences=_table(options.erkenningen, LICENCE_COLUMNS),
        overview=_table(options.overzicht, OFFER_COLUMNS),
        places=_table(options.places, PLACE_COLUMNS),
        enrolment=_table(options.enrolment, ENROLMENT_COLUMNS | {"AANTAL_INGESCHREVENEN"}),
        first_years=_table(options.first_years, ENROLMENT_COLUMNS | {"AANTAL_EERSTEJAARS_INGESCHREVENEN"}),
        routes=_table(options.routes, ROUTE_COLUMNS),
        day=options.date,
    )


def _table(path: Path | None, needed: set[str]) -> list[dict[str, str]]:
    if path is None:
        return []
    rows = read_table(path)
    demand_columns(rows, needed, file=path.name)
    return rows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.catalogue")
    actions = parser.add_subparsers(required=True)
    add_commands(actions)
    action = actions.add_parser("import", help="build the catalogue from DUO's tables")
    action.set_defaults(run=import_files)
    action.add_argument("erkenningen", type=Path, help="DUO: accredited programmes (CSV)")
    action.add_argument("overzicht", type=Path, help="DUO: programmes offered (CSV)")
    action.add_argument("--enrolment", type=Path, help="DUO: hbo students by sector (CSV)")
    action.add_argument("--first-years", type=Path, help="DUO: hbo first-years by sector (CSV)")
    action.add_argument("--routes", type=Path, help="academic pabos (CSV)")
    action.add_argument(
        "--places", type=Path, default=FOLDER / "places.csv", help="places with their position (CSV)"
    )
    action.add_argument(
        "--date", default="", help="date of DUO's tables; else that of the newest decision in them"
    )
    action.add_argument("--details", action="store_true", help="also name every programme left out")
    action.add_argument("--out", type=Path, default=FOLDER / "catalogue.csv", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
