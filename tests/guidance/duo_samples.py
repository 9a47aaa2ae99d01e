"""Made-up tables in the format of DUO's."""

from typing import Any

from guidance.catalogue_import import Sources
from guidance.catalogue_sources import ENROLMENT_COLUMNS, LICENCE_COLUMNS, OFFER_COLUMNS

PABO, WISKUNDE, ECONOMICS_OF_OLD = "34808", "35221", "35202"


def licence(city: str = "ZWOLLE", isat: str = PABO, form: str = "VOLTIJD", **others: str) -> dict[str, str]:
    return dict.fromkeys(LICENCE_COLUMNS, "") | {
        "INSTELLINGSCODE": "99AA",
        "INSTELLINGSNAAM": "Stichting Hogeschool Voorbeeld",
        "GEMEENTENAAM": city.title(),
        "PLAATSNAAM": city,
        "ERKENDEOPLEIDINGSCODE": isat,
        "OPLEIDINGSEENHEIDCODE": f"unit-{isat}",
        "OPLEIDINGSEENHEID_NAAM": "Opleiding",
        "NIVEAU": "HBO-BA",
        "VORM": form,
        "ONDERDEEL": "ONDERWIJS",
        "BEKOSTIGINGSCODE": "BEKOSTIGD",
        "ACCREDITATIE_BESLUITDATUM": "2026-01-15",
        **others,
    }


def offer(city: str = "Zwolle", isat: str = PABO, form: str = "VOLTIJD", **others: str) -> dict[str, str]:
    return dict.fromkeys(OFFER_COLUMNS, "") | {
        "ONDERWIJSBESTUURID": "board",
        "OPLEIDINGSEENHEIDCODE": f"unit-{isat}",
        "ERKENDEOPLEIDINGSCODE": isat,
        "VORM": form,
        "STUDIEKEUZECHECK": "STUDIEKEUZE_CHECK_VERPLICHT",
        "ONDERWIJSLOCATIEPLAATS": city,
        **others,
    }


def variant(city: str, isat: str = PABO, **others: str) -> dict[str, str]:
    return offer(
        city,
        isat,
        **{"OPLEIDINGSEENHEIDCODE": "variant", "ERKENDEOPLEIDINGSCODE": "", "VARIANT_VAN": isat, **others},
    )


def students(count: str, city: str = "Zwolle", year: str = "2024", **others: str) -> dict[str, str]:
    return dict.fromkeys(ENROLMENT_COLUMNS, "") | {
        "STUDIEJAAR": year,
        "GEMEENTENAAM": city,
        "TYPE_HOGER_ONDERWIJS": "bachelor",
        "INSTELLINGSCODE_ACTUEEL": "99AA",
        "SUBONDERDEEL": "leraar basisonderwijs",
        "OPLEIDINGSVORM": "VT",
        "AANTAL_INGESCHREVENEN": count,
        "AANTAL_EERSTEJAARS_INGESCHREVENEN": count,
        **others,
    }


def place(name: str) -> dict[str, str]:
    return {"name": name, "province": "Overijssel", "lat": "52.5", "lon": "6.1", "population": "1000"}


def sources(
    licences: list[dict[str, str]], overview: list[dict[str, str]] | None = None, **others: Any
) -> Sources:
    places = [place(name) for name in ("Zwolle", "Meppel", "Veghel", "Den Haag", "Ede")]
    return Sources(licences, overview or [], places, **others)
