"""Trying to teach in the chat: what the school offers, asking for it, and telling that it is done."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, callers_message_id, entities_of, message_id_of, say
from guidance import clock
from guidance import experience_replies as replies
from guidance.database import transaction
from guidance.models.experiences import LONGEST_WORDS
from guidance.own_words import digest_of_words
from guidance.replies import Reply
from guidance.services.conversations import find_pupil_of, is_given_up, pupil_of
from guidance.services.experience_offers import list_offers
from guidance.services.experiences import ask_experience, keep_experience_words, list_experiences


class ShowExperienceOffers(Action):
    """Show what the pupil's school offers to try teaching; a talk outside the web service has no school."""

    def name(self) -> str:
        return "action_show_experience_offers"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = find_pupil_of(session, tracker.sender_id)
            if pupil is None:
                return []
            offers, asked = list_offers(session, pupil.school), list_experiences(session, pupil)
            told = replies.offers_reply(pupil, offers, asked, now=clock.now())
        say(dispatcher, told)
        return []


class LogExperience(Action):
    """Ask a teacher for the offer that was tapped, or to confirm it; else ask which offer it was."""

    def name(self) -> str:
        return "action_log_experience"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        offer_id, part = _tapped(tracker)
        if offer_id is None:
            say(dispatcher, _which_offer(tracker))
        elif not _was_given_up(tracker):
            words = part == replies.WORDS
            say(dispatcher, *(_keep_words(tracker, offer_id) if words else _ask(tracker, offer_id, part)))
        return []


def _tapped(tracker: Tracker) -> tuple[int | None, str]:
    """Return the offer on the button that was tapped, and what the button said of it."""
    said = entities_of(tracker)
    numbers = [int(value) for value in said.get("offer", []) if value.isdecimal()]
    return (numbers[0] if numbers else None), said.get("part", [""])[0]


def _was_given_up(tracker: Tracker) -> bool:
    """Say whether the pupil was told that nothing came of this: then no mail may follow either."""
    sent_as = callers_message_id(tracker)
    with transaction() as session:
        return bool(sent_as) and is_given_up(session, tracker.sender_id, sent_as or "")


def _which_offer(tracker: Tracker) -> Reply:
    with transaction() as session:
        pupil = find_pupil_of(session, tracker.sender_id)
        offers = list_offers(session, pupil.school) if pupil else []
        asked = list_experiences(session, pupil) if pupil else []
        return replies.heard_reply(pupil, offers, asked, now=clock.now())


def _ask(tracker: Tracker, offer_id: int, part: str) -> list[Reply]:
    now, message_id, is_done = clock.now(), message_id_of(tracker), part == replies.DONE
    with transaction() as session:
        experience = ask_experience(
            session,
            pupil_of(session, tracker.sender_id),
            offer_id,
            is_done=is_done,
            message_id=message_id,
            now=now,
        )
        is_new = experience.message_id == message_id
        told = [replies.asked_reply(experience, is_new=is_new, now=now)]
        words = _words_told(tracker)
        if is_new and is_done and words:
            told.append(replies.ask_words_reply(experience, words))
    return told


def _keep_words(tracker: Tracker, offer_id: int) -> list[Reply]:
    words = _words_told(tracker)
    if not words or entities_of(tracker).get("item") != [digest_of_words(words)]:
        # The button is of earlier words than those on top now.
        return [replies.lost_words_reply()]
    with transaction() as session:
        keep_experience_words(session, pupil_of(session, tracker.sender_id), offer_id, words)
    return [replies.kept_words_reply()]


def _words_told(tracker: Tracker) -> str:
    """Return what was typed last about an experience; the web took personal data out before."""
    for event in reversed(tracker.events):
        understood = (event.get("parse_data") or {}) if event.get("event") == "user" else {}
        is_told = (understood.get("intent") or {}).get("name") == replies.INTENT
        text = str(event.get("text") or "").strip()
        if is_told and not understood.get("payload") and not text.startswith("/"):
            return text if len(text) <= LONGEST_WORDS else ""
    return ""
