"""Decides which licensed teacher programmes really run, and puts them together with what the sources say."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from guidance.catalogue import FORMS, Programme, kind_of_isat
from guidance.catalogue_routes import add_minors, add_routes
from guidance.catalogue_rows import SOURCE, Outcome, Place, check_of, places_by_city, row_of_site, website_of
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

Table = list[dict[str, str]]


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
        students_year, self.students = enrolment_of(sources.enrolment, "AANTAL_INGESCHREVENEN")
        starters_year, self.first_years = enrolment_of(
            sources.first_years, "AANTAL_EERSTEJAARS_INGESCHREVENEN"
        )
        self.year = max(students_year, starters_year)
        self.counted = {group[0] for group in self.students}
        # A programme shows one year: the figures of an older one are evidence only.
        self.students_shown = self.students if students_year == self.year else {}
        self.first_years_shown = self.first_years if starters_year == self.year else {}

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
        return sum(map(abs, counts.get(self.group(licence), Counter()).values()))

    def figure(self, counts: Mapping[Group, Counter[str]], licence: Licence) -> str:
        """Return how many students a programme has, where that can be told of this one alone."""
        by_form = counts.get(self.group(licence), Counter())
        is_whole = self.is_alone(licence) and all(count >= 0 for count in by_form.values())
        return str(sum(by_form.values()) or "") if is_whole else ""


def import_catalogue(sources: Sources) -> Outcome:
    """Return the catalogue that the sources support; the same sources give the same catalogue."""
    evidence, outcome = Evidence(sources), Outcome()
    places = places_by_city(sources.places)
    for licence in evidence.licences:
        reason = why_not(licence, evidence)
        place = places.get(city_key(licence.city))
        if reason or place is None:
            outcome.leave_out(reason or "city not in the place table", _told(licence))
        else:
            outcome.programmes.append(_programme(licence, place, evidence))
    every = evidence.licences + evidence.others
    for licence in evidence.others:
        if licence.sector == "ONDERWIJS":
            outcome.leave_out("education, but not a teacher programme", _told(licence))
    brins = {licence.institution: licence.brin for licence in every}
    add_routes(outcome, sources.routes, places, brins, day=evidence.day)
    add_minors(outcome, sources.overview, places, every, day=evidence.day)
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
    students = evidence.figure(evidence.students_shown, licence)
    first_years = evidence.figure(evidence.first_years_shown, licence)
    return row_of_site(
        licence.brin,
        licence.isat,
        licence.institution,
        place,
        kind=kind,
        subject=subject,
        name=licence.name,
        degree=licence.level,
        forms="|".join(_forms(licence, told, evidence)),
        url=website_of(told),
        studiekeuzecheck=check_of(told),
        students=students,
        first_years=first_years,
        figures_year=evidence.year if students or first_years else "",
        source=SOURCE,
        source_date=evidence.day,
        confidence=_confidence(licence, bool(offers), evidence),
    )


def _forms(licence: Licence, offers: list[Offer], evidence: Evidence) -> list[str]:
    """Return the forms that run: those published, or those licensed with students; never none."""
    published = {offer.form for offer in offers} & licence.open_forms
    with_students = set(evidence.students.get(evidence.group(licence), {})) & licence.open_forms
    if evidence.is_alone(licence):
        published |= with_students
    return sorted(published or with_students or licence.open_forms, key=FORMS.index)


def _confidence(licence: Licence, is_published_here: bool, evidence: Evidence) -> str:
    if is_published_here:
        return "high"
    return "medium" if evidence.count(evidence.students, licence) or evidence.published(licence) else "low"


def _told(licence: Licence) -> str:
    return f"{licence.institution}, {licence.city.title()}: {licence.name}"
