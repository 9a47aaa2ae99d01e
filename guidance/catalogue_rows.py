"""Puts a programme of the catalogue together from what the sources say of it."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from guidance.catalogue import Programme, programme_of
from guidance.catalogue_sources import Offer, city_key
from guidance.content import read_content
from guidance.places import spelling

Place = tuple[str, str, str, str]
"""Name as shown, province, latitude and longitude."""

SOURCE = "DUO Open Onderwijsdata (CC BY)"


@dataclass
class Outcome:
    """The programmes kept, why the others were left out, and how sure each kept one is."""

    programmes: list[Programme] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, reason: str, what: str) -> None:
        self.left_out[reason] += 1
        self.examples.setdefault(reason, []).append(what)


def row_of_site(brin: str, isat: str, institution: str, place: Place, **values: str) -> Programme:
    """Return a programme at a site; without a page of its own it has that of the institution."""
    city, province, lat, lon = place
    about = read_content("programme_kinds")[values["kind"]]
    url = values["url"] or read_content("institutions").get(brin, {}).get("url", "")
    key = "-".join((brin, isat, spelling(city))).casefold()
    shown = {"key": key, "brin": brin, "isat": isat, "institution": institution, "city": city}
    shown |= {"province": province, "lat": lat, "lon": lon, "entry": "|".join(about["entry"])}
    shown |= {"url_kind": "programme" if values["url"] else "institution"}
    return programme_of(shown | values | {"url": url})


def website_of(offers: list[Offer]) -> str:
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


def check_of(offers: list[Offer]) -> str:
    checks = {offer.check for offer in offers}
    return next((check for check in ("verplicht", "ja", "nee") if check in checks), "")


def places_by_city(rows: list[dict[str, str]]) -> dict[str, Place]:
    """Return the largest place of each name."""
    found: dict[str, Place] = {}
    for row in sorted(rows, key=lambda row: int(row["population"] or 0)):
        found[city_key(row["name"])] = (row["name"], row["province"], row["lat"], row["lon"])
    return found
