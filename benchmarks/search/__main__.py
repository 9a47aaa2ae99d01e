"""Times searches over the whole catalogue, in process: python -m benchmarks.search."""

import argparse
import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle, islice
from statistics import quantiles
from time import perf_counter

from guidance.catalogue import FORMS, KINDS, LEVELS
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.place_index import postcode_rows
from guidance.places import all_places
from guidance.programme_filters import subject_names
from guidance.services.programmes import LONGEST_RADIUS_KM, ProgrammeQuery, find_programmes

Draw = Callable[[random.Random], ProgrammeQuery]


def _by_name(draw: random.Random) -> ProgrammeQuery:
    place = draw.choice(all_places())
    return ProgrammeQuery(near=f"{place.name} ({place.province})", radius_km=LONGEST_RADIUS_KM)


def _by_postcode(draw: random.Random) -> ProgrammeQuery:
    return ProgrammeQuery(near=draw.choice(list(postcode_rows())), radius_km=LONGEST_RADIUS_KM)


def _misspelt(draw: random.Random) -> ProgrammeQuery:
    name = draw.choice(all_places()).name
    at = draw.randrange(len(name))
    return ProgrammeQuery(near=name[:at] + name[at + 1 :] + "x", radius_km=LONGEST_RADIUS_KM)


def _with_filters(draw: random.Random) -> ProgrammeQuery:
    near = draw.choice(list(postcode_rows()))
    kind, form, level = draw.choice(KINDS), draw.choice(FORMS), draw.choice(LEVELS)
    return ProgrammeQuery(near, kind, draw.choice(subject_names()), form, level)


def _anywhere(draw: random.Random) -> ProgrammeQuery:
    return ProgrammeQuery(level=draw.choice(LEVELS))


SORTS: dict[str, Draw] = {
    "name": _by_name,
    "postcode": _by_postcode,
    "misspelt": _misspelt,
    "filters": _with_filters,
    "whole country": _anywhere,
}


def measure(count: int, seed: int) -> dict[str, dict[str, float]]:
    """Return the milliseconds of a search by sort and of all together, the tables being in memory."""
    draw = random.Random(seed)
    spent: dict[str, list[float]] = {sort: [] for sort in SORTS}
    for query_of in SORTS.values():
        _milliseconds(query_of(draw))
    for sort, query_of in islice(cycle(SORTS.items()), count):
        spent[sort].append(_milliseconds(query_of(draw)))
    whole = [one for times in spent.values() for one in times]
    return {sort: _figures(times) for sort, times in {"all": whole, **spent}.items()}


def main(arguments: list[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--searches", type=int, default=2000, metavar="N", help="spread over the sorts")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    options = parser.parse_args(arguments)
    print(json.dumps(measure(options.searches, options.seed), indent=1))
    return 0


def _milliseconds(query: ProgrammeQuery) -> float:
    start = perf_counter()
    with suppress(AmbiguousPlace, UnknownPlace):
        find_programmes(query)
    return (perf_counter() - start) * 1000


def _figures(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100)
    return {
        "n": len(times),
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "max_ms": round(max(times), 2),
    }


if __name__ == "__main__":
    sys.exit(main())
