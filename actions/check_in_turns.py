"""Turns beside the items of a check-in: explain, correct, pause, and look back."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.check_in_answer import rating_of, tapped_item
from actions.check_in_outcome import closed_check_in, outcome_of
from actions.check_in_talk import NOTHING_ASKED, asking, check_in_of
from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, latest_text, message_id_of, say, was_given_up
from guidance import check_in_replies as replies
from guidance import clock
from guidance.check_in_changes import change_in_words
from guidance.database import transaction
from guidance.instruments import Instrument, Item, get_instrument
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil
from guidance.ratings import Rating, rating_named_in
from guidance.replies import Reply
from guidance.services.check_in import answered_item, correct_answer, instrument_of, open_item, place_in
from guidance.services.check_in_runs import (
    CHECK_INS,
    find_newest_open_run,
    find_open_run,
    get_open_run,
    list_outcome_runs,
)
from guidance.services.conversations import pupil_of


class ExplainQuestion(Action):
    """Explain the open item with an example, or ask what is unclear when no question is open."""

    def name(self) -> str:
        return "action_explain_question"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not tracker.active_loop:
            dispatcher.utter_message(response="utter_say_what_is_unclear")
            return []
        with transaction() as session:
            item = open_item(run_of_talk(session, tracker))
        if item:
            say(dispatcher, replies.explained_reply(item))
        return []


class CorrectAnswer(Action):
    """Change the answer given last or the one of the button, or show its item again to choose anew."""

    def name(self) -> str:
        return "action_correct_answer"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            if was_given_up(session, tracker):
                return []
            run = run_of_talk(session, tracker)
            instrument, item = instrument_of(run), answered_item(run, tapped_item(tracker))
            rating = _new_rating(tracker, instrument, item)
            if rating:
                message_id, now = message_id_of(tracker), clock.now()
                correct_answer(session, run, rating, item=item.id, message_id=message_id, now=now)
            # An answer that changed may change which item comes next.
            events = asking(open_item(run)) if tracker.active_loop else []
        say(dispatcher, replies.corrected_reply(instrument, item, rating))
        return events


def _new_rating(tracker: Tracker, instrument: Instrument, item: Item) -> Rating | None:
    """Return what the answer to the item becomes, if the message says that."""
    named = rating_named_in(latest_text(tracker), instrument.scale[-1][0])
    rating = rating_of(tracker, instrument.typed) or named
    return rating if rating and instrument.takes(item, rating) else None


class PauseCheckIn(Action):
    """Say that all answers are kept and how to go on."""

    def name(self) -> str:
        return "action_pause_check_in"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            run = run_of_talk(session, tracker)
            reply = replies.paused_reply(*place_in(run))
        say(dispatcher, reply)
        return NOTHING_ASKED


class ShowCheckInResult(Action):
    """Tell the outcome of the last check-in, or offer to begin or go on."""

    def name(self) -> str:
        return "action_show_check_in_result"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            told = result(session, pupil)
        say(dispatcher, *told)
        return []


class ShowCheckInProgress(Action):
    """Tell what changed between the last two check-ins of each kind."""

    def name(self) -> str:
        return "action_show_check_in_progress"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            told = progress(session, pupil_of(session, tracker.sender_id))
        say(dispatcher, *told)
        return []


def run_of_talk(session: Session, tracker: Tracker) -> CheckInRun:
    """Return the open run of this talk; outside a check-in, the one that was begun last."""
    pupil = pupil_of(session, tracker.sender_id)
    newest = None if tracker.active_loop else find_newest_open_run(session, pupil)
    return newest or get_open_run(session, pupil, check_in_of(tracker))


def result(session: Session, pupil: Pupil) -> list[Reply]:
    """Return the newest outcome; while that check-in is being done anew, it waits for the new one."""
    newest, *_ = [*list_outcome_runs(session, pupil), None]
    if newest is None:
        return [offer(session, pupil)]
    if anew := find_open_run(session, pupil, newest.instrument):
        return [replies.first_finish_reply(instrument_of(anew))]
    return outcome_of(session, pupil, newest.instrument, clock.now())


def offer(session: Session, pupil: Pupil) -> Reply:
    """Return the offer to begin a check-in, or to go on with the open one."""
    run = find_newest_open_run(session, pupil)
    if run is None:
        return replies.offer_to_begin_reply()
    return replies.offer_to_go_on_reply(*place_in(run))


def progress(session: Session, pupil: Pupil) -> list[Reply]:
    """Return what changed in each check-in that was done twice; one that is open now comes first."""
    told = []
    for name in CHECK_INS:
        runs = list_outcome_runs(session, pupil, name)[:2]
        if runs and (anew := find_open_run(session, pupil, name)):
            told.append(replies.first_finish_reply(instrument_of(anew)))
        elif len(runs) == 2:
            told.append(Reply(change_in_words(*map(closed_check_in, runs))))
    titles = [(name, get_instrument(name).title) for name in CHECK_INS]
    return told or [replies.nothing_to_compare_reply(titles)]
