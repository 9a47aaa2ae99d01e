"""What is closed or not really offered is never suggested, wherever and however one asks."""

import pytest

from guidance.catalogue import FORMS, KINDS, LEVELS, read_catalogue
from guidance.services.programmes import LONGEST_RADIUS_KM, ProgrammeQuery, find_programmes

NHL_STENDEN = "NHL Stenden Hogeschool"
# Licences of DUO's register of 20 February 2026 that nobody can start, by institution, city and code.
NOT_OFFERED = [
    ("Fontys Hogeschool", "Veghel", "34808"),
    (NHL_STENDEN, "Meppel", "34808"),
    # International, aardrijkskunde, biologie, Duits, economie, Engels, Frans, geschiedenis, gezondheidszorg,
    # maatschappijleer, Nederlands, scheikunde, omgangskunde.
    *(
        (NHL_STENDEN, "Groningen", isat)
        for isat in (
            *("35525", "35201", "35301", "35193", "35207", "35195", "35196"),
            *("35197", "35388", "35411", "35198", "35199", "35421"),
        )
    ),
]
# Algemene Economie and Bedrijfseconomie of the second degree.
FOLDED = {"35202", "35203"}
SUBJECTS = sorted({one.subject for one in read_catalogue()})
CITIES = sorted({one.city for one in read_catalogue()} | {city for _, city, _ in NOT_OFFERED})
QUERIES = {
    **{f"kind {kind}": ProgrammeQuery(kind=kind) for kind in KINDS},
    **{f"subject {subject}": ProgrammeQuery(subject=subject) for subject in SUBJECTS},
    **{f"form {form}": ProgrammeQuery(form=form) for form in FORMS},
    **{f"level {level}": ProgrammeQuery(level=level) for level in LEVELS},
    **{f"near {city}": ProgrammeQuery(near=city, radius_km=LONGEST_RADIUS_KM) for city in CITIES},
    **{f"at {city}": ProgrammeQuery(near=city) for city in CITIES},
    "everything": ProgrammeQuery(),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_is_never_suggested(query: ProgrammeQuery) -> None:
    suggested = {
        (found.programme.institution, city, found.programme.isat)
        for found in find_programmes(query).programmes
        for city in (found.programme.city, *found.other_cities)
    }

    assert not suggested & set(NOT_OFFERED)
    assert not FOLDED & {isat for _, _, isat in suggested}


def test_what_it_looks_for_is_written_as_in_the_catalogue() -> None:
    offered = {(one.institution, one.isat) for one in read_catalogue()}

    assert {(institution, isat) for institution, _, isat in NOT_OFFERED} <= offered


@pytest.mark.parametrize("asked", ["Algemene Economie", "Bedrijfseconomie"])
def test_economics_leads_to_what_took_its_place(asked: str) -> None:
    found = find_programmes(ProgrammeQuery(subject=asked, kind="tweedegraads")).programmes

    assert {one.programme.isat for one in found} == {"35207"}
