"""Open days in the chat: those to come near the pupil, before the answer to what they are good for."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.talk import Events, entities_of, latest_text
from guidance import clock
from guidance import open_days_replies as replies
from guidance.asker import Said
from guidance.database import transaction
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.place_in_text import speaks_of_school
from guidance.programme_filters import level_that_fits
from guidance.replies import Reply
from guidance.services.conversations import find_pupil_of
from guidance.services.open_days import find_open_days, programmes_kept
from guidance.services.programmes import ProgrammeQuery

OPEN_DAYS = "ask_open_days"
SHOWN = "shown_programmes"


def with_open_days(tracker: Tracker, said: Said, answer: Reply) -> tuple[Reply, Events]:
    """Put the open days before an answer, or ask back which place is meant; return what to remember too."""
    place = _place_said(tracker)
    noted: Events = [SlotSet("place", place)] if place else []
    try:
        days = _open_days(tracker, said, place)
    except (UnknownPlace, AmbiguousPlace) as error:
        return replies.which_place_reply(error), [SlotSet("place", None)]
    return replace(answer, text=f"{days.text}\n\n{answer.text}", cards=days.cards), noted


def _open_days(tracker: Tracker, said: Said, place: str | None) -> Reply:
    at = next(iter(entities_of(tracker).get("institution", [])), None)
    names_one = bool(said.get("kind") or said.get("subject") or at)
    told = said if names_one else {name: tracker.get_slot(name) for name in ("kind", "subject")}
    with transaction() as session:
        pupil = find_pupil_of(session, tracker.sender_id)
        known = None if at else tracker.get_slot("level") or (pupil.level if pupil else None)
        query = ProgrammeQuery(
            near=_near(tracker, place, pupil.school.place if pupil else None),
            kind=told.get("kind"),
            subject=told.get("subject"),
            level=said.get("level") or level_that_fits(known, told.get("kind")),
        )
        kept = [] if names_one else programmes_kept(session, pupil)
        if not query.near and not names_one:
            kept += tracker.get_slot(SHOWN) or []
        results = find_open_days(session, query, now=clock.now(), kept=kept, at=at)
    return replies.open_days_reply(results, query, has_kept=bool(kept))


def _near(tracker: Tracker, place: str | None, school_place: str | None) -> str | None:
    if speaks_of_school(latest_text(tracker)):
        return school_place
    return place or tracker.get_slot("place") or school_place


def _place_said(tracker: Tracker) -> str | None:
    named = entities_of(tracker)
    return next((named[name][0] for name in ("place", "postcode") if name in named), None)
