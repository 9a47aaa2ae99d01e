"""Saved programmes in the chat: save one, show the list, take one off, and compare."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.knowledge import asker_of_talk
from actions.programmes import (
    REMEMBERED,
    SHOWN,
    meant_programmes,
    position_of,
    query_of,
    shown_programmes,
)
from actions.second_question import then_second_question
from actions.talk import Events, entities_of, latest_text, say
from guidance import clock
from guidance import saved_programme_replies as replies
from guidance.asker import applicant_from
from guidance.catalogue import Programme, programmes_by_key
from guidance.content import read_content
from guidance.database import transaction
from guidance.places import spelling
from guidance.programme_comparison import FEWEST, MOST, compare
from guidance.programme_replies import which_programme_reply
from guidance.services.conversations import pupil_of
from guidance.services.programmes import ProgrammeQuery
from guidance.services.saved_programmes import (
    list_saved_programmes,
    remove_saved_programme,
    restore_saved_programme,
    save_programme,
)


class SaveProgramme(Action):
    """Keep the programme that the pupil points at, or ask which one is meant."""

    def name(self) -> str:
        return "action_save_programme"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if _speaks_of_removing(tracker):
            return show_saved(dispatcher, tracker)
        shown = shown_programmes(tracker)
        meant = meant_programmes(tracker, shown)
        if len(meant) != 1:
            say(dispatcher, which_programme_reply(meant or shown))
            return []
        query = _search_of(tracker) if shown else None
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            save_programme(session, pupil, meant[0].key, query=query, now=clock.now())
        say(dispatcher, replies.saved_reply(meant[0]))
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
        shown = shown_programmes(tracker) or _saved(tracker)
        meant = _all_meant(tracker, shown)
        if not FEWEST <= len(meant) <= MOST:
            say(dispatcher, replies.which_to_compare_reply(shown))
            return [SlotSet(SHOWN, [one.key for one in shown])]
        applicant, near = applicant_from(asker_of_talk(tracker)), tracker.get_slot("place")
        comparison = compare([one.key for one in meant], near=near, applicant=applicant)
        say(dispatcher, replies.comparison_reply(comparison, near=near, level=applicant.level))
        return []


def show_saved(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Show the list; a button or words may take one off first, or put one back."""
    about = entities_of(tracker).get("about", [""])[0]
    with transaction() as session:
        pupil, now = pupil_of(session, tracker.sender_id), clock.now()
        saved = list_saved_programmes(session, pupil)
        key = _key_meant(tracker, [one.programme for one in saved])
        if about == replies.RESTORE and key:
            say(dispatcher, replies.restored_reply(restore_saved_programme(session, pupil, key)))
            return []
        if key and (about == replies.REMOVE or _speaks_of_removing(tracker)):
            say(dispatcher, replies.removed_reply(remove_saved_programme(session, pupil, key, now=now)))
            return []
        reply = replies.saved_list_reply(saved)
    say(dispatcher, reply)
    return [SlotSet(SHOWN, [one.programme for one in saved])]


def _key_meant(tracker: Tracker, keys: list[str]) -> str | None:
    """Return the key of a button, or of the one that the words point at on the list."""
    said = entities_of(tracker)
    if "programme" in said:
        return said["programme"][0]
    if "ordinal" in said:
        at = position_of(said["ordinal"][0])
        return keys[at] if -len(keys) <= at < len(keys) else None
    catalogue = programmes_by_key()
    meant = meant_programmes(tracker, [catalogue[key] for key in keys if key in catalogue])
    return meant[0].key if len(meant) == 1 else None


def _speaks_of_removing(tracker: Tracker) -> bool:
    words = set(latest_text(tracker).casefold().split())
    return not words.isdisjoint(read_content("saved_programmes")["removing"])


def _search_of(tracker: Tracker) -> ProgrammeQuery:
    """Return the search whose results are on the screen."""
    return query_of(tracker, {name: tracker.get_slot(name) for name in REMEMBERED}, asker_of_talk(tracker))


def _saved(tracker: Tracker) -> list[Programme]:
    with transaction() as session:
        keys = [one.programme for one in list_saved_programmes(session, pupil_of(session, tracker.sender_id))]
    return [programmes_by_key()[key] for key in keys if key in programmes_by_key()]


def _all_meant(tracker: Tracker, shown: list[Programme]) -> list[Programme]:
    """Return every programme that the message points at, by number or by name; else all shown."""
    said = entities_of(tracker)
    if "ordinal" in said:
        places = [position_of(one) for one in said["ordinal"]]
        return [shown[at] for at in places if -len(shown) <= at < len(shown)]
    names = [spelling(name) for kind in ("institution", "place") for name in said.get(kind, [])]
    if not names:
        return shown
    # Of several in one city the first one is meant, as it stands on top.
    return list(dict.fromkeys(one for name in names for one in _named(shown, name)[:1]))


def _named(shown: list[Programme], name: str) -> list[Programme]:
    return [one for one in shown if name in spelling(f"{one.institution} {one.city}")]
