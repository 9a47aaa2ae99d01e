"""Home of what the assistant says about open days: the days to come, or where the schools tell of them."""

from urllib.parse import urlencode

from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.open_days_words import (
    PAGE,
    agenda_link,
    kinds_in_words,
    source_in_words,
    when_in_words,
    where_in_words,
)
from guidance.replies import Button, Card, Reply, payload
from guidance.services.open_days import WHOLE_COUNTRY_KM, FittingInstitution, FoundOpenDay, OpenDayResults
from guidance.services.programmes import ProgrammeQuery
from guidance.wording import render

MOST_CARDS = 5
ASKED = ("near", "kind", "subject", "level", "radius_km")


def open_days_reply(results: OpenDayResults, query: ProgrammeQuery, *, has_kept: bool = False) -> Reply:
    """Show the open days to come as cards, soonest first; without any, the own pages of schools nearby.

    With `has_kept` those of programmes that one saved are among them, however far they are.
    """
    place = results.place and str(results.place)
    if not results.days:
        text = render("open_days.none", place=place, at=results.at, count=len(results.without[:MOST_CARDS]))
        schools = [_school_card(one) for one in results.without[:MOST_CARDS]]
        more = _elsewhere(results, query) if schools else (Card(render("open_days.page"), url=PAGE),)
        return Reply(text, cards=(*schools, *more))
    shown = results.days[:MOST_CARDS]
    radius_km = results.radius_km and f"{results.radius_km:g}"
    text = render(
        "open_days.found",
        count=len(results.days),
        shown=len(shown),
        place=place,
        at=results.at,
        radius_km=radius_km,
        has_kept=has_kept,
    )
    cards = [open_day_card(found) for found in shown]
    if len(results.days) > len(shown):
        cards.append(Card(render("open_days.more", count=len(results.days)), url=page_of(query)))
    return Reply(text, cards=tuple(cards))


def open_day_card(found: FoundOpenDay) -> Card:
    """Return an open day as a card that leads to the institution, with a link for one's own agenda."""
    day = found.day
    rows = (
        (render("open_days.place_row"), where_in_words(day)),
        (render("open_days.for_row"), kinds_in_words(day)),
        (render("open_days.source_row"), source_in_words(found.institution, found.imported_at)),
    )
    return Card(
        f"{day.title}, {found.institution}",
        when_in_words(day),
        found.distance_km,
        day.url,
        rows=tuple((name, value) for name, value in rows if value),
        links=((render("open_days.to_agenda"), agenda_link(found.key)),),
    )


def which_place_reply(error: UnknownPlace | AmbiguousPlace) -> Reply:
    """Ask back which place is meant, with a button a place."""
    is_ambiguous = isinstance(error, AmbiguousPlace)
    names = error.choices if isinstance(error, AmbiguousPlace) else error.suggestions
    text = render(f"programmes.{'ambiguous' if is_ambiguous else 'unknown'}_place", suggestions=names)
    return Reply(text, buttons=tuple(Button(name, payload("ask_open_days", place=name)) for name in names))


def page_of(query: ProgrammeQuery, *, radius_km: float | None = None) -> str:
    """Return the page with the open days of this search, or of a wider one."""
    asked = {name: getattr(query, name) for name in ASKED} | ({"radius_km": radius_km} if radius_km else {})
    given = urlencode({name: value for name, value in asked.items() if value})
    return f"{PAGE}?{given}" if given else PAGE


def _school_card(one: FittingInstitution) -> Card:
    return Card(one.name, render("open_days.own_page"), one.distance_km, one.url)


def _elsewhere(results: OpenDayResults, query: ProgrammeQuery) -> tuple[Card, ...]:
    if not results.elsewhere:
        return ()
    title = render("open_days.elsewhere", count=results.elsewhere)
    return (Card(title, url=page_of(query, radius_km=WHOLE_COUNTRY_KM)),)
