"""A check-in in the chat: begin, ask, answer, and tell the outcome."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.check_in_answer import is_meant_as_answer, rating_of, tapped_item, unclear_reply
from actions.check_in_asked import find_asked, find_open, is_check, is_for_words
from actions.check_in_correction import corrected_amid
from actions.check_in_outcome import outcome_of
from actions.check_in_talk import (
    CORRECT,
    NAME,
    NOTHING_ASKED,
    STEP,
    asking,
    check_in_named,
    check_in_of,
    instrument_of_talk,
    open_run_of,
    way_asked,
)
from actions.check_in_words import answer_in_words, asked_after_words
from actions.failures import reply_on_failure
from actions.own_words import is_answer
from actions.second_question import then_second_question
from actions.talk import Events, latest_intent, message_id_of, say, was_given_up
from guidance import check_in_replies as replies
from guidance import clock
from guidance.database import transaction
from guidance.expectation_outcome_replies import known_reply
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil
from guidance.ratings import Rating
from guidance.replies import Reply
from guidance.services.check_in import (
    answers_of,
    close_run,
    instrument_of,
    open_item,
    place_in,
    record_answer,
)
from guidance.services.check_in_runs import (
    find_open_run,
    find_or_add_open_run,
    start_over,
    take_long_form,
)
from guidance.services.conversations import pupil_of


class BeginCheckIn(Action):
    """Say what the check-in is, or where it stood; a run without open items goes to its outcome."""

    def name(self) -> str:
        return "action_begin_check_in"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        name, way = check_in_named(tracker), way_asked(tracker)
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            earlier = find_open_run(session, pupil, name)
            if way == replies.ANEW and earlier and earlier.answers:
                # The form asks whether that is meant.
                return [SlotSet(NAME, name), *asking(open_item(earlier)), SlotSet(STEP, replies.ANEW)]
            run = begun_run(session, pupil, tracker)
            item = open_item(run)
            reply = begun(run) if not run.answers else resumed(run)
        if item:
            say(dispatcher, reply)
        return [SlotSet(NAME, name), *asking(item)]


class AnswerCheckIn(Action):
    """Store the answer to the open item; a question is left to the rules, and the item comes back."""

    def name(self) -> str:
        return "validate_check_in_form"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot(STEP) == replies.ANEW and not latest_intent(tracker).startswith("start_"):
            # Whoever was asked about beginning anew answers that, and no item.
            return [SlotSet(STEP, None)]
        if latest_intent(tracker) == "correct_answer":
            return []
        with transaction() as session:
            asked = find_asked(session, tracker)
        if asked and asked.given:
            return _recorded(dispatcher, tracker, asked.given.rating)
        if is_for_words(tracker, asked):
            return _answered_in_words(dispatcher, tracker, is_check=is_check(tracker, asked))
        instrument = instrument_of(asked.run) if asked else instrument_of_talk(tracker)
        rating = rating_of(tracker, instrument.typed)
        return _recorded(dispatcher, tracker, rating) if rating else _not_rated(dispatcher, tracker)


class FinishCheckIn(Action):
    """Close the run and tell the outcome, then what changed since the last time."""

    def name(self) -> str:
        return "action_finish_check_in"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        now = clock.now()
        with transaction() as session:
            pupil, name = pupil_of(session, tracker.sender_id), check_in_of(tracker)
            run = find_open_run(session, pupil, name)
            if run:
                close_run(session, run, now=now)
            told = outcome_of(session, pupil, name, now)
        say(dispatcher, *told)
        return NOTHING_ASKED


def begun_run(session: Session, pupil: Pupil, tracker: Tracker) -> CheckInRun:
    """Return the run that the last message begins or goes on with."""
    name, way, now = check_in_named(tracker), way_asked(tracker), clock.now()
    run = find_or_add_open_run(session, pupil, name, now=now)
    # The button asks about one run: tapped again later, it must not drop the answers of the next.
    is_surely = way == replies.SURELY_ANEW and tapped_item(tracker) == str(run.id)
    if is_surely and not was_given_up(session, tracker):
        run = start_over(session, pupil, name, now=now)
    return take_long_form(session, run) if way == replies.LONG_FORM else run


def _answered_in_words(dispatcher: CollectingDispatcher, tracker: Tracker, *, is_check: bool) -> Events:
    if not is_answer(tracker):
        return []
    if not is_check and (corrected := corrected_amid(dispatcher, tracker)):
        return corrected
    rating = answer_in_words(tracker, is_check=is_check)
    if rating:
        return _recorded(dispatcher, tracker, rating)
    return asked_after_words(dispatcher, tracker, is_check=is_check)


def _recorded(dispatcher: CollectingDispatcher, tracker: Tracker, rating: Rating) -> Events:
    now = clock.now()
    with transaction() as session:
        if was_given_up(session, tracker):
            return []
        asked = find_asked(session, tracker)
        is_changed = tracker.get_slot(STEP) == CORRECT and asked and asked.item.id in answers_of(asked.run)
        if asked and instrument_of(asked.run).takes(asked.item, rating):
            sent_as = message_id_of(tracker)
            answer = record_answer(session, asked.run, rating, item=asked.item, message_id=sent_as, now=now)
            rating = answer.rating
        else:
            asked = None
        following = find_open(session, tracker)
    if asked and is_changed:
        say(dispatcher, replies.corrected_reply(instrument_of(asked.run), asked.item, rating))
    elif asked and asked.item.right is not None:
        say(dispatcher, known_reply(asked.item, rating, clock.school_day(now)))
    return asking(following.item if following else None)


def _not_rated(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    if corrected := corrected_amid(dispatcher, tracker):
        return corrected
    return _unclear(dispatcher, tracker) if is_meant_as_answer(tracker) else []


def _unclear(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    with transaction() as session:
        run = open_run_of(session, tracker)
        unclear, item = (unclear_reply(run, tracker), open_item(run)) if run else (None, None)
    if unclear:
        say(dispatcher, unclear)
    # A question what an answer becomes stays, too.
    return [] if unclear and tracker.get_slot(STEP) == CORRECT else asking(item)


def begun(run: CheckInRun) -> Reply:
    """Return the words with which a run begins."""
    return replies.start_reply(instrument_of(run), signed_in=not run.pupil.is_anonymous)


def resumed(run: CheckInRun) -> Reply:
    """Return the words with which a run goes on."""
    return replies.resumed_reply(*place_in(run))
