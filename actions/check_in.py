"""A check-in in the chat: begin, ask, answer, and tell the outcome."""

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
from actions.check_in_talk import (
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
from actions.failures import reply_on_failure
from actions.own_words import CHECK, WORDS, YES, answer_to_check, is_answer, is_skip, words_given, words_taken
from actions.second_question import then_second_question
from actions.talk import Events, callers_message_id, latest_intent, latest_text, message_id_of, say
from guidance import check_in_replies as replies
from guidance import clock
from guidance.check_in_changes import ClosedCheckIn
from guidance.database import transaction
from guidance.expectation_outcome_replies import known_reply
from guidance.instruments import Item
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil
from guidance.outcome_replies import outcome_replies
from guidance.ratings import SKIP, UNSURE, Rating, rating_in
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
    get_open_run,
    list_outcome_runs,
    start_over,
    take_long_form,
)
from guidance.services.conversations import is_given_up, pupil_of

DAYS_TO_NEXT_STEP = 14


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


class AskItem(Action):
    """Ask the open item, or whether the pupil surely wants to begin anew."""

    def name(self) -> str:
        return "action_ask_check_in_form_check_in_answer"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return ask_item(dispatcher, tracker)


class AskItemInWords(Action):
    """Ask the open item that is answered in own words."""

    def name(self) -> str:
        return "action_ask_check_in_form_own_words"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return ask_item(dispatcher, tracker)


class AskItemInWordsCheck(Action):
    """Show the words back and ask whether they are right."""

    def name(self) -> str:
        return "action_ask_check_in_form_own_words_check"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        say(dispatcher, replies.check_words_reply(words_given(tracker)))
        return []


class AnswerCheckIn(Action):
    """Store the answer to the open item; a question is left to the rules, and the item comes back."""

    def name(self) -> str:
        return "validate_check_in_form"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot(STEP) and not latest_intent(tracker).startswith("start_"):
            # Whoever was asked about beginning anew answers that, and no item.
            return [SlotSet(STEP, None)]
        if tracker.get_slot("requested_slot") in (WORDS, CHECK):
            return _answer_in_words(dispatcher, tracker)
        rating = rating_of(tracker, instrument_of_talk(tracker).typed)
        if latest_intent(tracker) == "correct_answer" or (rating is None and not is_meant_as_answer(tracker)):
            return []
        return _recorded(dispatcher, tracker, rating) if rating else _unclear(dispatcher, tracker)


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


def ask_item(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the open item, or the question about beginning anew."""
    with transaction() as session:
        run = get_open_run(session, pupil_of(session, tracker.sender_id), check_in_of(tracker))
        reply = surely_anew(run) if tracker.get_slot(STEP) == replies.ANEW else question(run)
    say(dispatcher, reply)
    return []


def begun_run(session: Session, pupil: Pupil, tracker: Tracker) -> CheckInRun:
    """Return the run that the last message begins or goes on with."""
    name, way, now = check_in_named(tracker), way_asked(tracker), clock.now()
    run = find_or_add_open_run(session, pupil, name, now=now)
    # The button asks about one run: tapped again later, it must not drop the answers of the next.
    if way == replies.SURELY_ANEW and tapped_item(tracker) == str(run.id):
        run = start_over(session, pupil, name, now=now)
    return take_long_form(session, run) if way == replies.LONG_FORM else run


def _answer_in_words(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    if not is_answer(tracker):
        return []
    if is_skip(tracker):
        return _recorded(dispatcher, tracker, SKIP)
    if is_unsure(tracker):
        return _recorded(dispatcher, tracker, UNSURE)
    if tracker.get_slot("requested_slot") == WORDS:
        return words_taken(dispatcher, tracker)
    answered = answer_to_check(tracker)
    if SlotSet(CHECK, YES) not in answered:
        return answered
    return _recorded(dispatcher, tracker, Rating("words", words=" ".join(words_given(tracker).split())))


def is_unsure(tracker: Tracker) -> bool:
    """Say whether the pupil does not know, by the button or in words."""
    return latest_intent(tracker) == "answer_unsure" or rating_in(latest_text(tracker)) == UNSURE


def _recorded(dispatcher: CollectingDispatcher, tracker: Tracker, rating: Rating) -> Events:
    sent_as, now = callers_message_id(tracker), clock.now()
    with transaction() as session:
        if sent_as and is_given_up(session, tracker.sender_id, sent_as):
            # This server was too slow: the pupil was told so, and may have answered otherwise since.
            return []
        run = open_run_of(session, tracker)
        answered: Item | None = None
        if run and is_for_open_item(tracker, run):
            answer = record_answer(session, run, rating, message_id=message_id_of(tracker), now=now)
            answered = instrument_of(run).item(answer.item)
        item = open_item(run) if run else None
    if answered and answered.right is not None:
        say(dispatcher, known_reply(answered, rating, clock.school_day(now)))
    return asking(item)


def _unclear(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    with transaction() as session:
        run = open_run_of(session, tracker)
        unclear, item = (unclear_reply(run, tracker), open_item(run)) if run else (None, None)
    if unclear:
        say(dispatcher, unclear)
    return asking(item)


def question(run: CheckInRun) -> Reply:
    """Return the open item as a question."""
    item = open_item(run)
    if item is None:
        return replies.already_done_reply()
    instrument, answered, total = place_in(run)
    return replies.item_reply(instrument, item, answered + 1, total)


def surely_anew(run: CheckInRun) -> Reply:
    """Return the question whether the answers of this run may be dropped."""
    return replies.surely_anew_reply(instrument_of(run), len(answers_of(run)), run.id)


def begun(run: CheckInRun) -> Reply:
    """Return the words with which a run begins."""
    return replies.start_reply(instrument_of(run), signed_in=not run.pupil.is_anonymous)


def resumed(run: CheckInRun) -> Reply:
    """Return the words with which a run goes on."""
    return replies.resumed_reply(*place_in(run))


def outcome_of(session: Session, pupil: Pupil, name: str | None, now: datetime) -> list[Reply]:
    """Return the outcome that was closed last, with what changed since the one before; none gives nothing."""
    newest, *_ = [*list_outcome_runs(session, pupil, name), None]
    if newest is None:
        return []
    earlier = list_outcome_runs(session, pupil, newest.instrument)[1:2]
    next_day = clock.school_day(now) + timedelta(days=DAYS_TO_NEXT_STEP)
    return outcome_replies(closed_check_in(newest), next_day, *map(closed_check_in, earlier))


def closed_check_in(run: CheckInRun) -> ClosedCheckIn:
    """Return what the outcome of a closed run is made of."""
    closed_at = run.closed_at or run.started_at
    return ClosedCheckIn(instrument_of(run), answers_of(run), clock.school_day(closed_at), run.pupil.level)
