"""Adds the university routes that the register does not hold as a programme of their own."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from guidance.catalogue import Programme
from guidance.catalogue_rows import SOURCE, Outcome, Place, row_of_site, website_of
from guidance.catalogue_sources import Licence, Offer, city_key, offer_of
from guidance.place_tables import Row
from guidance.places import spelling
from guidance.programme_filters import subject_of_name

MINOR = re.compile(r"^Educatieve (?:Module|Minor)\b[ -]*(?P<subject>.+?)(?: \([^)]*\))?$")
REGISTER = "DUO (register RIO)"
NOTHING_KNOWN = dict.fromkeys(("url", "studiekeuzecheck", "students", "first_years", "figures_year"), "")


def add_routes(
    outcome: Outcome,
    routes: Iterable[Row],
    places: Mapping[str, Place],
    brins: Mapping[str, str],
    *,
    day: str,
) -> None:
    """Add the academic pabos, mostly routes of two institutions together."""
    taken = {(programme.kind, programme.city) for programme in outcome.programmes}
    for route in routes:
        place = places.get(city_key(route["city"]))
        told = f"{route['name']}, {route['city']}"
        if "low" in route["confidence"] or place is None:
            outcome.leave_out("route that no register confirms", told)
        elif ("academische_pabo", place[0]) in taken:
            outcome.leave_out("route already in the register", told)
        else:
            outcome.programmes.append(_academic_pabo(route, place, brins, day))


def _academic_pabo(route: Row, place: Place, brins: Mapping[str, str], day: str) -> Programme:
    partners = [name for name in (route["university"], route["hogeschool"]) if not name.startswith("(")]
    known = (brins[name] for one in partners for name in sorted(brins) if name.startswith(one))
    values = NOTHING_KNOWN | {"kind": "academische_pabo", "subject": "basisonderwijs", "degree": ""}
    values |= {"name": route["name"], "forms": "voltijd", "source": _source(route["source"])}
    values |= {"source_date": day, "confidence": route["confidence"]}
    return row_of_site(next(known, ""), "academische-pabo", " / ".join(partners), place, **values)


def _source(told: str) -> str:
    """Return the source as pupils see it; how sure it is stands beside it, as the confidence."""
    return REGISTER if told.startswith("DUO") else told


def add_minors(
    outcome: Outcome,
    overview: Iterable[Row],
    places: Mapping[str, Place],
    licences: list[Licence],
    *,
    day: str,
) -> None:
    """Add the educational modules of a university bachelor, as the universities publish them."""
    found: dict[tuple[str, str], list[Offer]] = {}
    for row in overview:
        name = MINOR.match(row["EIGENNAAM"] or row["NAAM_LANG"])
        if name and row["VORM"] and row["NIVEAU"] == "WO-BA":
            found.setdefault((row["PENVOERDER"], name["subject"]), []).append(offer_of(row, day=day))
    for (institution, taught), offers in sorted(found.items()):
        brin, city = _home(institution, licences)
        subject, place = subject_of_name(taught), places.get(city_key(city))
        open_offers = [offer for offer in offers if offer.is_open]
        told = f"{institution}: {taught}"
        if not open_offers:
            outcome.leave_out("closed: the institution publishes a last start that has passed", told)
        elif subject is None or place is None:
            outcome.leave_out("educational module without a school subject or a city", told)
        else:
            values = NOTHING_KNOWN | {"kind": "educatieve_minor", "subject": subject, "degree": "WO-BA"}
            values |= {"name": f"Educatieve module {taught}", "url": website_of(open_offers)}
            values |= {"forms": "voltijd", "source": SOURCE, "source_date": day, "confidence": "medium"}
            outcome.programmes.append(
                row_of_site(brin, f"module-{spelling(taught)}", institution, place, **values)
            )


def _home(institution: str, licences: list[Licence]) -> tuple[str, str]:
    """Return the code of a university and the city where it has most of its programmes."""
    own = [licence for licence in licences if licence.institution == institution]
    cities = Counter(licence.city for licence in own)
    return (own[0].brin, cities.most_common(1)[0][0]) if own else ("", "")
