"""Home of the words for a search and its results, the same in the chat and on the page."""

from guidance.distance import WIDER_RADII_KM
from guidance.services.programmes import FoundProgramme, ProgrammeResults, WiderCircle
from guidance.wording import render

WHOLE_COUNTRY_KM = WIDER_RADII_KM[-1]


def radius_in_words(results: ProgrammeResults) -> str:
    """Return why the search went so far; nothing where whoever asked chose it."""
    if results.place is None or not results.kind_of_place:
        return ""
    return render(
        "programmes.radius_why",
        kind=results.kind_of_place,
        place=results.place.name,
        radius_km=f"{results.radius_km:g}",
    )


def none_in_words(results: ProgrammeResults) -> str:
    """Return that nothing was found, for what, and whether there is more further away."""
    return render(
        "programmes.none" if results.place else "programmes.none_anywhere",
        radius_km=results.radius_km and f"{results.radius_km:g}",
        place=str(results.place),
        match=results.match,
        wider=results.wider,
    )


def wider_in_words(circle: WiderCircle) -> str:
    """Return a wider circle with how many programmes it holds."""
    name = "programmes.wider_all" if circle.radius_km == WHOLE_COUNTRY_KM else "programmes.wider"
    return render(name, radius_km=circle.radius_km, count=circle.count)


def cycling_in_words(found: FoundProgramme) -> str:
    """Return about how long cycling takes, said to be an estimate; nothing where it is too far."""
    return render("programmes.cycling", minutes=found.cycling_minutes) if found.cycling_minutes else ""
