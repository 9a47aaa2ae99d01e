"""Saved programmes in the chat: save one, show the list, take one off, and compare."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.knowledge import asker_of_talk
from actions.programmes import SHOWN, SHOWN_BY, meant_programmes, position_of, shown_programmes
from actions.second_question import then_second_question
from actions.talk import Events, entities_of, is_tapped, latest_text, say
from guidance import clock
from guidance import saved_programme_replies as replies
from guidance.asker import applicant_from
from guidance.catalogue import Programme, programmes_by_key
from guidance.content import read_content
from guidance.database import transaction
from guidance.geocoder import locate
from guidance.programme_comparison import FEWEST, compare
from guidance.programme_replies import which_programme_reply
from guidance.programmes_to_compare import Choice, Pointed, choices_meant
from guidance.services.conversations import pupil_of
from guidance.services.programmes import get_programme
from guidance.services.saved_programmes import (
    as_query,
    list_saved_programmes,
    remove_saved_programme,
    restore_saved_programme,
    save_programme,
)

WORD = re.compile(r"\w+")
FIGURE = re.compile(r"\b[1-9][0-9]?\b")


class SaveProgramme(Action):
    """Keep the programme that the pupil points at, or ask which one is meant."""

    def name(self) -> str:
        return "action_save_programme"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if _speaks_of_removing(tracker) or _speaks_of_note(tracker):
            return show_saved(dispatcher, tracker)
        shown = shown_programmes(tracker)
        meant = meant_programmes(tracker, shown)
        if len(meant) != 1:
            say(dispatcher, which_programme_reply(meant or shown))
            return []
        stored = tracker.get_slot(SHOWN_BY)
        query = as_query(stored) if stored else None
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            save_programme(session, pupil, meant[0].key, query=query, now=clock.now())
            reply = replies.saved_reply(meant[0], is_anonymous=pupil.is_anonymous)
        say(dispatcher, reply)
        return []


class ShowSavedProgrammes(Action):
    """Show what the pupil saved, or take one off the list, or put it back."""

    def name(self) -> str:
        return "action_show_saved_programmes"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return show_saved(dispatcher, tracker)


class CompareProgrammes(Action):
    """Show two or three programmes beside each other: those that are named, or those on the screen."""

    def name(self) -> str:
        return "action_compare_programmes"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        on_screen, saved = shown_programmes(tracker), _saved(tracker)
        shown = saved if not on_screen or _says(tracker, "own_list") else on_screen
        choices = _meant_together(tracker, shown, saved)
        if len(choices) != 1:
            say(dispatcher, replies.which_to_compare_reply(choices, shown, is_own_list=shown is saved))
            on_own_list = [SlotSet(SHOWN_BY, None)] if shown is saved else []
            return [SlotSet(SHOWN, [one.key for one in shown]), *on_own_list]
        applicant, near = applicant_from(asker_of_talk(tracker)), tracker.get_slot("place")
        keys = [one.key for one in choices[0]]
        comparison = compare(keys, near=near, applicant=applicant, locate=locate)
        say(dispatcher, replies.comparison_reply(comparison, near=near, level=applicant.level))
        return []


def show_saved(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Show the list; a button or words may take one off first, or put one back."""
    about = entities_of(tracker).get("about", [""])[0]
    with transaction() as session:
        pupil, now = pupil_of(session, tracker.sender_id), clock.now()
        saved = replies.in_order_shown(list_saved_programmes(session, pupil))
        key = _key_meant(tracker, [one.programme for one in saved])
        if about == replies.RESTORE and key:
            say(dispatcher, replies.restored_reply(restore_saved_programme(session, pupil, key)))
            return []
        is_removing = about == replies.REMOVE or _speaks_of_removing(tracker)
        if is_removing and key:
            say(dispatcher, replies.removed_reply(remove_saved_programme(session, pupil, key, now=now)))
            return []
        asks = "note" if _speaks_of_note(tracker) else "off" if is_removing else ""
        reply = replies.saved_list_reply(saved, asks=asks)
    say(dispatcher, reply)
    return [SlotSet(SHOWN, [one.programme for one in saved]), SlotSet(SHOWN_BY, None)]


def _key_meant(tracker: Tracker, keys: list[str]) -> str | None:
    """Return the key of a button, or of the one that the words point at on the list."""
    said = entities_of(tracker)
    if "programme" in said:
        return said["programme"][0]
    if "ordinal" in said:
        at = position_of(said["ordinal"][0])
        return keys[at] if -len(keys) <= at < len(keys) else None
    if not {"institution", "place"} & set(said):
        # "Mijn lijst is weg" points at nothing, not at the only one.
        return None
    catalogue = programmes_by_key()
    meant = meant_programmes(tracker, [catalogue[key] for key in keys if key in catalogue])
    return meant[0].key if len(meant) == 1 else None


def _speaks_of_removing(tracker: Tracker) -> bool:
    return _says(tracker, "stopping") or (_says(tracker, "removing") and not _says(tracker, "keeping"))


def _speaks_of_note(tracker: Tracker) -> bool:
    return _says(tracker, "noting") and not _says(tracker, "keeping")


def _says(tracker: Tracker, name: str) -> bool:
    said = f" {' '.join(WORD.findall(latest_text(tracker).casefold()))} "
    return not is_tapped(tracker) and any(
        f" {one} " in said for one in read_content("saved_programmes")[name]
    )


def _saved(tracker: Tracker) -> list[Programme]:
    with transaction() as session:
        keys = [one.programme for one in list_saved_programmes(session, pupil_of(session, tracker.sender_id))]
    return [programmes_by_key()[key] for key in keys if key in programmes_by_key()]


def _figures(tracker: Tracker) -> list[str]:
    """Return the numbers of "vergelijk 1 en 3"; one alone, as in "deze 2", counts programmes."""
    figures = [] if is_tapped(tracker) else FIGURE.findall(latest_text(tracker))
    return figures if len(figures) >= FEWEST else []


def _meant_together(tracker: Tracker, shown: list[Programme], saved: list[Programme]) -> list[Choice]:
    """Return what may be held beside each other: what a button names, or what the words point at."""
    said = entities_of(tracker)
    if "programme" in said:
        return [tuple(map(get_programme, said["programme"]))]
    pointed = Pointed(
        positions=tuple(map(position_of, said.get("ordinal", []) or _figures(tracker))),
        institutions=tuple(said.get("institution", [])),
        places=tuple(said.get("place", [])),
        kinds=tuple(said.get("kind", [])),
    )
    return choices_meant(pointed, shown, saved)
