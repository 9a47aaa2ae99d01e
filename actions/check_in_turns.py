"""Turns beside the items of a check-in: explain, pause, and look back."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.check_in_outcome import closed_check_in, outcome_of
from actions.check_in_talk import CORRECT, NOTHING_ASKED, STEP, run_of_talk
from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, say
from guidance import check_in_replies as replies
from guidance import clock
from guidance.check_in_changes import change_in_words
from guidance.database import transaction
from guidance.instruments import get_instrument
from guidance.models.pupil import Pupil
from guidance.replies import Reply
from guidance.services.check_in import answered_item, instrument_of, open_item, place_in
from guidance.services.check_in_runs import (
    CHECK_INS,
    find_newest_open_run,
    find_open_run,
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
            run = run_of_talk(session, tracker)
            item = answered_item(run) if tracker.get_slot(STEP) == CORRECT else open_item(run)
        if item:
            say(dispatcher, replies.explained_reply(item))
        return []


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
