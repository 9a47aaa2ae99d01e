"""Home of what the assistant says about programmes: each turn as a reply."""

from collections.abc import Iterable
from urllib.parse import urlencode

from guidance.catalogue import Programme
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.programme_filters import subject_of_name
from guidance.programme_result_words import (
    cycling_in_words,
    none_in_words,
    radius_in_words,
    wider_in_words,
)
from guidance.programme_words import (
    admission_in_words,
    check_in_words,
    day_in_words,
    source_in_words,
    students_in_words,
    title,
)
from guidance.replies import Button, Card, Reply, payload
from guidance.services.programmes import FoundProgramme, ProgrammeQuery, ProgrammeResults
from guidance.wording import render

MOST_CARDS = 5
PAGE = "/opleidingen"
Said = dict[str, str]
"""What is known of the search, by entity: place, kind, subject, form, level."""


def ask_place_reply(school_place: str | None) -> Reply:
    """Ask where the pupil lives; the place of the school is one tap away."""
    if not school_place:
        return Reply(render("programmes.ask_place"))
    near_school = Button(
        render("programmes.near_school", place=school_place), payload("find_programmes", place=school_place)
    )
    return Reply(render("programmes.ask_place"), buttons=(near_school,))


def which_place_reply(error: UnknownPlace | AmbiguousPlace) -> Reply:
    """Ask back which place is meant, with a button a place."""
    if isinstance(error, AmbiguousPlace):
        return Reply(render("programmes.ambiguous_place"), buttons=_place_buttons(error.choices))
    text = render("programmes.unknown_place", suggestions=error.suggestions)
    return Reply(text, buttons=_place_buttons(error.suggestions))


def found_reply(
    results: ProgrammeResults, query: ProgrammeQuery, said: Said, *, is_guess: bool = False
) -> Reply:
    """Show the nearest programmes as cards, or how many there are further away.

    With `is_guess` the place was misspelt, and the reply asks whether it is the one meant.
    """
    if not results.programmes:
        return _none_reply(results, said)
    shown = results.programmes[:MOST_CARDS]
    text = render(
        "programmes.found",
        count=len(results.programmes),
        shown=len(shown),
        place=results.place and str(results.place),
        is_guess=is_guess and results.place,
        radius_km=results.radius_km and f"{results.radius_km:g}",
        match=results.match,
        radius_why=radius_in_words(results),
        source_date=day_in_words(shown[0].programme.source_date),
    )
    cards = [found_card(found) for found in shown]
    if len(results.programmes) > len(shown):
        cards.append(Card(render("programmes.more", count=len(results.programmes)), url=page_of(query)))
    return Reply(text, cards=tuple(cards))


def found_card(found: FoundProgramme) -> Card:
    """Return a found programme as a card, with why it is shown and whether one may start."""
    programme = found.programme
    rows = [(render("programmes.admission_row"), admission_in_words(found.admission, found.level))]
    if found.cycling_minutes:
        rows.append((render("programmes.travel_row"), cycling_in_words(found)))
    if found.other_cities:
        rows.append((render("programmes.other_cities_row"), ", ".join(found.other_cities)))
    if found.why:
        rows.append((render("programmes.why_row"), found.why))
    return _card(
        programme,
        rows,
        save_button(programme),
        other_ways=_other_ways(programme) if found.admission.missing else None,
        distance_km=found.distance_km,
        rule_source=found.admission.source,
    )


def details_reply(found: FoundProgramme) -> Reply:
    """Show what the catalogue holds of one programme."""
    return Reply(render("programmes.details"), cards=(found_card(found),))


def which_programme_reply(shown: Iterable[Programme], *, intent: str = "save_programme") -> Reply:
    """Ask which of the programmes shown last is meant, to save or to see; without any, offer to search."""
    buttons = tuple(Button(f"{title(one)}, {one.city}", payload(intent, programme=one.key)) for one in shown)
    if buttons:
        name = "programmes.ask_which" if intent == "save_programme" else "programmes.ask_which_to_see"
        return Reply(render(name), buttons=buttons)
    return Reply(render("programmes.ask_search_first"), buttons=(find_button(),))


def noted_reply() -> Reply:
    """Say that a detail was heard, and offer the search that it serves."""
    return Reply(render("programmes.noted"), buttons=(find_button(),))


def page_of(query: ProgrammeQuery) -> str:
    """Return the page that shows all results of this search."""
    asked = {name: value for name, value in vars(query).items() if value and name != "own_level"}
    if query.exam_subjects:
        asked["exam_subjects"] = ",".join(query.exam_subjects)
    return f"{PAGE}?{urlencode(asked)}"


def _none_reply(results: ProgrammeResults, said: Said) -> Reply:
    buttons = [
        Button(wider_in_words(circle), payload("find_programmes", **said, radius_km=str(circle.radius_km)))
        for circle in results.wider
    ]
    return Reply(
        none_in_words(results), buttons=tuple(buttons) or (find_button(place=said.get("place", "")),)
    )


def plain_card(programme: Programme, rows: list[tuple[str, str]], button: Button | None) -> Card:
    """Return a programme as a card, without a search around it."""
    return _card(programme, rows, button)


def _card(
    programme: Programme,
    rows: list[tuple[str, str]],
    button: Button | None,
    *,
    other_ways: Button | None = None,
    distance_km: float | None = None,
    rule_source: str = "",
) -> Card:
    rows = [
        *rows,
        (render("programmes.check_row"), check_in_words(programme)),
        (render("programmes.students_row"), students_in_words(programme)),
    ]
    return Card(
        title(programme),
        render("programmes.subtitle", city=programme.city, forms=programme.forms),
        distance_km,
        programme.url or None,
        tuple(one for one in (button, other_ways) if one),
        (*rows, (render("programmes.source_row"), source_in_words(programme, rule_source))),
    )


def _other_ways(programme: Programme) -> Button:
    """Return a way on for who misses something: the routes that lead to teaching this."""
    about = {"subject": programme.subject} if subject_of_name(programme.subject) else {"kind": programme.kind}
    return Button(render("admission.other_ways"), payload("ask_routes", **about))


def save_button(programme: Programme) -> Button:
    """Offer to save a programme."""
    return Button(render("programmes.save"), payload("save_programme", programme=programme.key))


def find_button(place: str = "") -> Button:
    """Offer a search; near a known place it is one without filters."""
    name = "programmes.without_filters" if place else "programmes.find"
    return Button(render(name), payload("find_programmes", place=place))


def _place_buttons(names: list[str]) -> tuple[Button, ...]:
    return tuple(Button(name, payload("find_programmes", place=name)) for name in names)
