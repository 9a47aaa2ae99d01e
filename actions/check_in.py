"""The interest check-in in the chat: begin, answer, explain, correct, pause, and tell the outcome."""

from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.check_in_answer import (
    is_for_open_item,
    is_meant_as_answer,
    rating_of,
    tapped_item,
    unclear_reply,
)
from actions.failures import reply_on_failure
from actions.second_question import then_second_question
from actions.talk import Events, callers_message_id, latest_intent, latest_text, message_id_of, say
from guidance import check_in_replies as replies
from guidance import clock
from guidance.database import transaction
from guidance.interest_outcome import interest_outcome
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil
from guidance.ratings import rating_named_in
from guidance.replies import Reply
from guidance.services.check_in import (
    answered_item,
    answers_of,
    close_run,
    correct_answer,
    find_latest_outcome_run,
    find_open_run,
    find_or_add_open_run,
    get_open_run,
    instrument_of,
    open_item,
    record_answer,
)
from guidance.services.conversations import is_given_up, pupil_of

ANSWER = "check_in_answer"
DAYS_TO_NEXT_STEP = 14


class BeginCheckIn(Action):
    """Say what the check-in is, or where it stood; a run without open items goes to its outcome."""

    def name(self) -> str:
        return "action_begin_check_in"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            is_new = find_open_run(session, pupil) is None
            run = find_or_add_open_run(session, pupil, now=clock.now())
            if open_item(run) is None:
                return [SlotSet(ANSWER, "done")]
            reply = begun(run) if is_new else resumed(run)
        say(dispatcher, reply)
        return [SlotSet(ANSWER, None)]


class AskItem(Action):
    """Ask the open item."""

    def name(self) -> str:
        return "action_ask_interest_check_in_form_check_in_answer"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            reply = question(get_open_run(session, pupil_of(session, tracker.sender_id)))
        say(dispatcher, reply)
        return []


class AnswerCheckIn(Action):
    """Store the answer to the open item; a question is left to the rules, and the item comes back."""

    def name(self) -> str:
        return "validate_interest_check_in_form"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        rating = rating_of(tracker)
        if latest_intent(tracker) == "correct_answer" or (rating is None and not is_meant_as_answer(tracker)):
            return []
        sent_as = callers_message_id(tracker)
        with transaction() as session:
            if sent_as and is_given_up(session, tracker.sender_id, sent_as):
                # This server was too slow: the pupil was told so, and may have answered otherwise since.
                return []
            run = find_open_run(session, pupil_of(session, tracker.sender_id))
            if rating and run and is_for_open_item(tracker, run):
                record_answer(session, run, rating, message_id=message_id_of(tracker), now=clock.now())
            is_done = run is None or open_item(run) is None
            unclear = unclear_reply(run, tracker) if run and rating is None else None
        if unclear:
            say(dispatcher, unclear)
        return [SlotSet(ANSWER, "done" if is_done else None)]


class FinishCheckIn(Action):
    """Close the run and tell the outcome."""

    def name(self) -> str:
        return "action_finish_check_in"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        now = clock.now()
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            run = find_open_run(session, pupil)
            closed = close_run(session, run, now=now) if run else find_latest_outcome_run(session, pupil)
            told = outcome(closed, pupil, now) if closed else []
        say(dispatcher, *told)
        return [SlotSet(ANSWER, None)]


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
            item = open_item(get_open_run(session, pupil_of(session, tracker.sender_id)))
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
        rating = rating_of(tracker) or rating_named_in(latest_text(tracker))
        with transaction() as session:
            run = get_open_run(session, pupil_of(session, tracker.sender_id))
            instrument, item = instrument_of(run), answered_item(run, tapped_item(tracker))
            if rating:
                message_id, now = message_id_of(tracker), clock.now()
                correct_answer(session, run, rating, item=item.id, message_id=message_id, now=now)
        say(dispatcher, replies.corrected_reply(instrument, item, rating))
        return []


class PauseCheckIn(Action):
    """Say that all answers are kept and how to go on."""

    def name(self) -> str:
        return "action_pause_check_in"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            run = get_open_run(session, pupil_of(session, tracker.sender_id))
            reply = replies.paused_reply(instrument_of(run), len(answers_of(run)))
        say(dispatcher, reply)
        return [SlotSet(ANSWER, None)]


class ShowCheckInResult(Action):
    """Tell the outcome of the last check-in, or offer to begin or go on."""

    def name(self) -> str:
        return "action_show_check_in_result"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        now = clock.now()
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            closed = find_latest_outcome_run(session, pupil)
            told = outcome(closed, pupil, now) if closed else [offer(session, pupil)]
        say(dispatcher, *told)
        return []


def question(run: CheckInRun) -> Reply:
    """Return the open item as a question."""
    instrument, item = instrument_of(run), open_item(run)
    if item is None:
        return replies.already_done_reply()
    return replies.item_reply(instrument, item, instrument.number_of(item.id), len(instrument.items))


def begun(run: CheckInRun) -> Reply:
    """Return the words with which a run begins."""
    return replies.start_reply(instrument_of(run), signed_in=not run.pupil.is_anonymous)


def resumed(run: CheckInRun) -> Reply:
    """Return the words with which a run goes on."""
    return replies.resumed_reply(instrument_of(run), len(answers_of(run)))


def offer(session: Session, pupil: Pupil) -> Reply:
    """Return the offer to begin a check-in, or to go on with the open one."""
    run = find_open_run(session, pupil)
    if run is None:
        return replies.offer_to_begin_reply()
    return replies.offer_to_go_on_reply(instrument_of(run), len(answers_of(run)))


def outcome(run: CheckInRun, pupil: Pupil, now: datetime) -> list[Reply]:
    """Return the outcome of a closed run: words first, then the picture, then what fits."""
    found = interest_outcome(instrument_of(run), answers_of(run), pupil.level)
    return replies.outcome_replies(found, clock.school_day(now) + timedelta(days=DAYS_TO_NEXT_STEP))
