"""Decides which licensed teacher programmes really run, and puts them together with what the sources say."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from guidance.catalogue import FORMS, Programme, kind_of_isat, programme_of
from guidance.catalogue_sources import (
    Group,
    Licence,
    Offer,
    city_key,
    enrolment_of,
    group_of,
    licences_of,
    newest_decision,
    offers_of,
)
from guidance.content import read_content
from guidance.place_tables import Row
from guidance.places import spelling

Table = list[dict[str, str]]
Place = tuple[str, str, str, str]
"""Name as shown, province, latitude and longitude."""

SOURCE = "DUO Open Onderwijsdata (CC BY)"


@dataclass(frozen=True)
class Sources:
    """The tables to import; an absent one is empty, and what it would tell stays unknown."""

    licences: Table
    overview: Table
    places: Table
    enrolment: Table = field(default_factory=list)
    first_years: Table = field(default_factory=list)
    routes: Table = field(default_factory=list)
    day: str = ""


@dataclass
class Outcome:
    """The programmes kept, why the others were left out, and how sure each kept one is."""

    programmes: list[Programme] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, reason: str, what: str) -> None:
        self.left_out[reason] += 1
        self.examples.setdefault(reason, []).append(what)


class Evidence:
    """What the sources together say about one licence."""

    def __init__(self, sources: Sources) -> None:
        self.day = sources.day or newest_decision(sources.licences)
        self.kinds = kind_of_isat()
        self.replaced = read_content("programme_kinds")["replaced_by"]
        named = read_content("programme_kinds")["sub_sectors"]
        self.sub_sectors = {
            isat: named.get(isat) or named[kind]
            for isat, (kind, _) in self.kinds.items()
            if isat in named or kind in named
        }
        every = licences_of(sources.licences, day=self.day)
        self.licences = [licence for licence in every if licence.isat in self.kinds]
        self.others = [licence for licence in every if licence.isat not in self.kinds]
        self.licences_in = Counter(group_of(licence, self.sub_sectors) for licence in every)
        self.offers = offers_of(sources.overview, sources.licences, day=self.day)
        self.year, self.students = enrolment_of(sources.enrolment, "AANTAL_INGESCHREVENEN")
        _, self.first_years = enrolment_of(sources.first_years, "AANTAL_EERSTEJAARS_INGESCHREVENEN")
        self.counted = {group[0] for group in self.students}

    def published(self, licence: Licence) -> list[Offer]:
        return self.offers.get((licence.brin, licence.isat), [])

    def published_here(self, licence: Licence) -> list[Offer]:
        here = city_key(licence.city)
        return [offer for offer in self.published(licence) if offer.city == here and offer.is_open]

    def group(self, licence: Licence) -> Group:
        return group_of(licence, self.sub_sectors)

    def is_alone(self, licence: Licence) -> bool:
        """Tell whether the enrolment of the group can only be of this programme."""
        return self.licences_in[self.group(licence)] == 1

    def count(self, counts: Mapping[Group, Counter[str]], licence: Licence) -> int:
        return sum(counts.get(self.group(licence), Counter()).values())


def import_catalogue(sources: Sources) -> Outcome:
    """Return the catalogue that the sources support; the same sources give the same catalogue."""
    evidence, outcome = Evidence(sources), Outcome()
    places = _places_by_city(sources.places)
    for licence in evidence.licences:
        reason = why_not(licence, evidence)
        place = places.get(city_key(licence.city))
        if reason or place is None:
            outcome.leave_out(reason or "city not in the place table", _told(licence))
        else:
            outcome.programmes.append(_programme(licence, place, evidence))
    for licence in evidence.others:
        if licence.sector == "ONDERWIJS":
            outcome.leave_out("education, but not a teacher programme", _told(licence))
    _add_routes(sources.routes, places, evidence, outcome)
    outcome.programmes.sort(key=lambda programme: programme.key)
    return outcome


def why_not(licence: Licence, evidence: Evidence) -> str:
    """Return why a licensed programme does not really run, or nothing if it does."""
    if not licence.open_forms:
        return "closed: no new students by the register"
    if licence.isat in evidence.replaced:
        return "closed: folded into another programme"
    return "" if evidence.published_here(licence) else _why_not_published(licence, evidence)


def _why_not_published(licence: Licence, evidence: Evidence) -> str:
    published, here = evidence.published(licence), city_key(licence.city)
    if any(offer.city == here for offer in published):
        return "closed: the institution publishes a last start that has passed"
    if licence.is_private:
        return "private licence, not published as an offer"
    if any(offer.city for offer in published) and not _proved_by_enrolment(licence, evidence):
        return "licence only: the institution publishes it in other cities"
    if not published and _had_no_students(licence, evidence):
        return "licence only: not published, and no students in the newest year"
    return ""


def _proved_by_enrolment(licence: Licence, evidence: Evidence) -> bool:
    return evidence.is_alone(licence) and evidence.count(evidence.first_years, licence) > 0


def _had_no_students(licence: Licence, evidence: Evidence) -> bool:
    # Universities are not in the enrolment tables, so that their absence there says nothing.
    return licence.brin in evidence.counted and not evidence.count(evidence.students, licence)


def _programme(licence: Licence, place: Place, evidence: Evidence) -> Programme:
    kind, subject = evidence.kinds[licence.isat]
    offers = evidence.published_here(licence)
    told = [
        offer
        for offer in evidence.published(licence)
        if offer.is_open and (offer in offers or not offer.city)
    ]
    alone = evidence.is_alone(licence)
    students, first_years = (
        str(evidence.count(counts, licence) or "") if alone else ""
        for counts in (evidence.students, evidence.first_years)
    )
    return _row(
        licence.brin,
        licence.isat,
        licence.institution,
        place,
        kind=kind,
        subject=subject,
        name=licence.name,
        degree=licence.level,
        forms="|".join(_forms(licence, told, evidence)),
        url=_website(told),
        studiekeuzecheck=_check(told),
        students=students,
        first_years=first_years,
        figures_year=evidence.year if students or first_years else "",
        source=SOURCE,
        source_date=evidence.day,
        confidence=_confidence(licence, bool(offers), evidence),
    )


def _row(brin: str, isat: str, institution: str, place: Place, **values: str) -> Programme:
    city, province, lat, lon = place
    about = read_content("programme_kinds")[values["kind"]]
    url = values["url"] or read_content("institutions").get(brin, {}).get("url", "")
    key = "-".join((brin, isat, spelling(city))).casefold()
    shown = {"key": key, "brin": brin, "isat": isat, "institution": institution, "city": city}
    shown |= {"province": province, "lat": lat, "lon": lon, "entry": "|".join(about["entry"])}
    shown |= {"url_kind": "programme" if values["url"] else "institution"}
    return programme_of(shown | values | {"url": url})


def _forms(licence: Licence, offers: list[Offer], evidence: Evidence) -> list[str]:
    """Return the forms that run: those published, or those licensed with students; never none."""
    published = {offer.form for offer in offers} & licence.open_forms
    with_students = set(evidence.students.get(evidence.group(licence), {})) & licence.open_forms
    if evidence.is_alone(licence):
        published |= with_students
    return sorted(published or with_students or licence.open_forms, key=FORMS.index)


def _website(offers: list[Offer]) -> str:
    """Return the page of the programme, the full-time one first; a bare host is not a programme's."""
    for offer in sorted(offers, key=lambda offer: (offer.form != "voltijd", offer.form, offer.website)):
        address = urlsplit(offer.website.strip())
        if (
            address.scheme in {"http", "https"}
            and address.path.strip("/")
            and not address.path.endswith(".xml")
        ):
            # The query holds what a visitor of the institution was tracked by.
            return f"{address.scheme}://{address.netloc}{address.path}"
    return ""


def _check(offers: list[Offer]) -> str:
    checks = {offer.check for offer in offers}
    return next((check for check in ("verplicht", "ja", "nee") if check in checks), "")


def _confidence(licence: Licence, is_published_here: bool, evidence: Evidence) -> str:
    if is_published_here:
        return "high"
    return "medium" if evidence.count(evidence.students, licence) or evidence.published(licence) else "low"


def _places_by_city(rows: Table) -> dict[str, Place]:
    """Return the largest place of each name."""
    found: dict[str, Place] = {}
    for row in sorted(rows, key=lambda row: int(row["population"] or 0)):
        found[city_key(row["name"])] = (row["name"], row["province"], row["lat"], row["lon"])
    return found


def _add_routes(routes: Table, places: dict[str, Place], evidence: Evidence, outcome: Outcome) -> None:
    """Add the academic pabos: routes of two institutions, so that no register holds them as one programme."""
    taken = {(programme.kind, programme.city) for programme in outcome.programmes}
    for route in routes:
        place = places.get(city_key(route["city"]))
        told = f"{route['name']}, {route['city']}"
        if "low" in route["confidence"] or place is None:
            outcome.leave_out("route that no register confirms", told)
        elif ("academische_pabo", place[0]) in taken:
            outcome.leave_out("route already in the register", told)
        else:
            outcome.programmes.append(_route(route, place, evidence))


def _route(route: Row, place: Place, evidence: Evidence) -> Programme:
    partners = [name for name in (route["university"], route["hogeschool"]) if not name.startswith("(")]
    names = {licence.institution: licence.brin for licence in evidence.licences}
    brin = next(
        (names[name] for partner in partners for name in sorted(names) if name.startswith(partner)), ""
    )
    values = dict.fromkeys(("url", "studiekeuzecheck", "students", "first_years", "figures_year"), "")
    values |= {"kind": "academische_pabo", "subject": "basisonderwijs", "name": route["name"]}
    values |= {"degree": "", "forms": "voltijd", "source": route["source"], "source_date": evidence.day}
    return _row(
        brin, "academische-pabo", " / ".join(partners), place, confidence=route["confidence"], **values
    )


def _told(licence: Licence) -> str:
    return f"{licence.institution}, {licence.city.title()}: {licence.name}"
