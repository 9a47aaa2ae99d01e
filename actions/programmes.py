"""Programmes in the chat: search near a place, and show one."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.degrees import degree_said
from actions.failures import reply_on_failure
from actions.knowledge import answer_reply, answered_topic, asker_of_talk, remembered_subjects
from actions.second_question import then_second_question
from actions.talk import Events, entities_of, latest_text, say
from guidance import programme_replies as replies
from guidance.asker import Asker, applicant_from
from guidance.catalogue import Programme, programmes_by_key
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.geocoder import locate
from guidance.place_in_text import place_alone, place_in_text, speaks_of_school
from guidance.places import is_known, place_meant, spelling
from guidance.programme_filters import LEVELS_WITH_PROFILE, level_that_fits
from guidance.services.programmes import (
    ProgrammeQuery,
    find_programmes,
    get_programme,
    look_up_programme,
)
from guidance.services.saved_programmes import as_stored

SHOWN = "shown_programmes"
# The search that found what is shown: a place or radius of a later message is another one.
SHOWN_BY = "shown_search"
REMEMBERED = ("place", "kind", "degree", "subject", "form", "level")
OF_THE_PUPIL = ("level", "leerjaar", "profile")
SEARCHED_FOR = {"place", "postcode", "kind", "degree", "subject", "form", "distance", "radius_km"}
# A message this short, after "Waar woon je?", is the place itself.
MOST_WORDS_OF_A_PLACE = 4


class FindProgrammes(Action):
    """Search with what the message says and what was said before."""

    def name(self) -> str:
        return "action_find_programmes"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return search(dispatcher, tracker, place_in_text(latest_text(tracker)))


class UseDetail(Action):
    """Answer the question that waits for this detail, search when it is one of a search, or keep it."""

    def name(self) -> str:
        return "action_use_detail"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if asked := answered_topic(tracker):
            reply, events = answer_reply(tracker, asked["topic"], said=asked["said"])
            say(dispatcher, reply)
            return [*_remember_pupil(tracker), *events]
        said = entities_of(tracker)
        text = latest_text(tracker)
        if SEARCHED_FOR & set(said) or not said:
            is_place = not said and len(text.split()) <= MOST_WORDS_OF_A_PLACE
            is_place = is_place and degree_said(tracker, None)[0] is None
            alone = place_alone(text) if is_place else None
            named = alone if alone and is_known(alone) else place_in_text(text)
            return search(dispatcher, tracker, named or alone)
        if tracker.get_slot("place"):
            return search(dispatcher, tracker, None)
        say(dispatcher, replies.noted_reply())
        return [*_remember(_known(tracker, None)), *_remember_pupil(tracker)]


class ShowProgramme(Action):
    """Show what the catalogue holds of the programme that the pupil points at, or ask which one is meant."""

    def name(self) -> str:
        return "action_show_programme"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        shown = shown_programmes(tracker)
        meant = meant_programmes(tracker, shown)
        if len(meant) != 1:
            say(dispatcher, replies.which_programme_reply(meant or shown, intent="ask_programme_details"))
            return []
        near = tracker.get_slot("place")
        applicant = applicant_from(asker_of_talk(tracker))
        found = look_up_programme(meant[0].key, near=near, applicant=applicant, locate=locate)
        say(dispatcher, replies.details_reply(found))
        return []


def search(dispatcher: CollectingDispatcher, tracker: Tracker, place_typed: str | None) -> Events:
    """Search near the place known, ask for it, or ask back which one is meant; remember what was said."""
    asker = asker_of_talk(tracker)
    known = _known(tracker, place_typed)
    if speaks_of_school(latest_text(tracker)):
        known["place"] = asker.school_place
    if not known["place"]:
        say(dispatcher, replies.ask_place_reply(asker.school_place))
        return [*_remember(known), *_remember_pupil(tracker)]

    query = query_of(tracker, known, asker)
    try:
        results = find_programmes(query, locate=locate)
    except (UnknownPlace, AmbiguousPlace) as error:
        say(dispatcher, replies.which_place_reply(error))
        return [*_remember(known | {"place": None}), *_remember_pupil(tracker)]
    said = {name: value for name, value in known.items() if value}
    say(dispatcher, replies.found_reply(results, query, said, is_guess=_is_place_guessed(tracker)))
    shown = [found.programme.key for found in results.programmes[: replies.MOST_CARDS]]
    kept = [SlotSet(SHOWN, shown), SlotSet(SHOWN_BY, as_stored(query))]
    return [*_remember(known), *_remember_pupil(tracker), *kept]


def query_of(tracker: Tracker, known: dict[str, str | None], asker: Asker) -> ProgrammeQuery:
    """Return the search for what is known of it, by this pupil."""
    return ProgrammeQuery(
        near=known["place"],
        kind=known["kind"],
        subject=known["subject"],
        form=known["form"],
        level=_said_level(tracker) or level_that_fits(asker.level, known["kind"], known["degree"]),
        radius_km=_radius_km(tracker),
        degree=known["degree"],
        profile=asker.profile if asker.level in LEVELS_WITH_PROFILE else None,
        exam_subjects=tuple(sorted(asker.exam_subjects)),
        own_level=asker.level,
    )


def _known(tracker: Tracker, place_typed: str | None) -> dict[str, str | None]:
    """Return what the message says of the search, and what was said before where it says nothing."""
    said = entities_of(tracker)
    now = {name: said.get(name, [None])[0] for name in REMEMBERED}
    now["degree"], now["kind"] = degree_said(tracker, now["kind"])
    understood = {spelling(value) for values in said.values() for value in values}
    if place_typed and spelling(place_typed) in understood:
        # "docent in wiskunde" speaks of no place.
        place_typed = None
    now["place"] = _place_said(tracker) or said.get("postcode", [None])[0] or place_typed
    known = {name: value or tracker.get_slot(name) for name, value in now.items()}
    if now["kind"] or now["subject"]:
        # Another kind or subject is another question: "en de pabo?" after wiskunde has no subject.
        known |= {name: now[name] for name in ("kind", "degree", "subject")}
    elif now["degree"]:
        known |= {"kind": None}
    return known


def _place_said(tracker: Tracker) -> str | None:
    """Return the place of the last message; a guess at a misspelt one if the search would offer it too."""
    found = _place_found(tracker)
    if found is None:
        return None
    value, typed = str(found["value"]), str(found.get("typed") or found["value"])
    return place_meant(typed, value) if found.get("confidence_entity", 1) < 1 else value


def _is_place_guessed(tracker: Tracker) -> bool:
    """Say whether the place of the last message was misspelt, so that another one may be meant."""
    found = _place_found(tracker)
    return bool(found and found.get("confidence_entity", 1) < 1 and _place_said(tracker) == found["value"])


def _place_found(tracker: Tracker) -> dict[str, Any] | None:
    found = tracker.latest_message.get("entities") or []
    return next((one for one in found if one["entity"] == "place"), None)


def _said_level(tracker: Tracker) -> str | None:
    return entities_of(tracker).get("level", [None])[0]


def _radius_km(tracker: Tracker) -> float | None:
    said = entities_of(tracker)
    figures = said.get("radius_km", []) + said.get("distance", [])
    return float(figures[0]) if figures else None


def _remember(known: dict[str, str | None]) -> Events:
    return [SlotSet(name, known[name]) for name in REMEMBERED]


def _remember_pupil(tracker: Tracker) -> Events:
    said = entities_of(tracker)
    kept: Events = [SlotSet(name, said[name][0]) for name in OF_THE_PUPIL if name in said]
    return [*kept, *remembered_subjects(tracker)]


def shown_programmes(tracker: Tracker) -> list[Programme]:
    """Return the programmes that were shown last, in their order."""
    keys = tracker.get_slot(SHOWN) or []
    return [programmes_by_key()[key] for key in keys if key in programmes_by_key()]


def meant_programmes(tracker: Tracker, shown: list[Programme]) -> list[Programme]:
    """Return the programmes that the message points at: by key, by number, by name, or the only one shown."""
    said = entities_of(tracker)
    if "programme" in said:
        return [get_programme(key) for key in said["programme"][:1]]
    if "ordinal" in said:
        return [shown[at] for at in map(position_of, said["ordinal"][:1]) if -len(shown) <= at < len(shown)]
    names = [spelling(name) for kind in ("institution", "place") for name in said.get(kind, [])]
    named = [one for one in shown if all(name in spelling(f"{one.institution} {one.city}") for name in names)]
    return named if names or len(shown) == 1 else []


def position_of(ordinal: str) -> int:
    """Return where an ordinal stands in a list; one that names no place is past its end."""
    return -1 if ordinal == "last" else int(ordinal) - 1 if ordinal.isdigit() and ordinal != "0" else 10**6
