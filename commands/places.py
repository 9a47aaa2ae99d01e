"""Builds the place tables: python -m commands.places PLACES PC4 [--out FOLDER]."""

import argparse
import sys
from pathlib import Path

from commands.tables import read_table, write_table
from guidance.content import FOLDER, read_content
from guidance.errors import UnusableFile
from guidance.place_tables import (
    NEEDED_OF_PLACES,
    NEEDED_OF_POSTCODES,
    PLACE_COLUMNS,
    POSTCODE_COLUMNS,
    demand_columns,
    place_rows,
    postcode_rows,
)


def main(arguments: list[str] | None = None) -> int:
    """Build both tables; nothing is changed when a file is unusable."""
    options = _parser().parse_args(arguments)
    try:
        build_tables(options.places, options.pc4, options.out)
    except UnusableFile as error:
        print(f"refused: {error}", file=sys.stderr)
        return 1
    return 0


def build_tables(places_file: Path, postcodes_file: Path, folder: Path) -> None:
    """Write places.csv and pc4.csv, and print how many rows each holds."""
    places, postcodes = read_table(places_file), read_table(postcodes_file)
    demand_columns(places, NEEDED_OF_PLACES, file=places_file.name)
    demand_columns(postcodes, NEEDED_OF_POSTCODES, file=postcodes_file.name)
    names = read_content("place_names")

    for name, columns, rows in (
        ("places.csv", PLACE_COLUMNS, place_rows(places, postcodes, names)),
        ("pc4.csv", POSTCODE_COLUMNS, postcode_rows(postcodes, names)),
    ):
        changed = write_table(folder / name, columns, rows)
        print(f"{name}: {len(rows)} rows, {'written' if changed else 'unchanged'}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commands.places", description=__doc__)
    parser.add_argument("places", type=Path, help="GeoNames places (CSV)")
    parser.add_argument("pc4", type=Path, help="GeoNames 4-digit postcodes (CSV)")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the content")
    return parser


if __name__ == "__main__":
    sys.exit(main())
