"""Asking the dean for a talk in the chat, and telling what it is about."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.failures import reply_on_failure
from actions.own_words import (
    CHECK,
    GIVEN,
    SKIPPED,
    WORDS,
    YES,
    answer_to_check,
    is_answer,
    is_skip,
    words_given,
    words_taken,
)
from actions.second_question import then_second_question
from actions.talk import Events, latest_intent, latest_text, message_id_of, say, was_given_up
from guidance import clock
from guidance import talk_replies as replies
from guidance.database import transaction
from guidance.services.career_facts import career_facts
from guidance.services.conversations import pupil_of
from guidance.services.summary import draft_summary
from guidance.services.talks import (
    find_open_talk,
    find_talk_to_word,
    keep_talk_words,
    request_talk,
)
from guidance.talk_questions import talk_questions

NOTHING_ASKED: Events = [SlotSet(WORDS, None), SlotSet(CHECK, None)]


class RequestTalk(Action):
    """Ask the dean for a talk, and show what the dean will read."""

    def name(self) -> str:
        return "action_request_talk"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        now = clock.now()
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            is_new = find_open_talk(session, pupil) is None
            request = request_talk(session, pupil, now=now)
            summary = draft_summary(session, request, now=now)
            told = replies.talk_replies(request, summary, is_new=is_new, words=latest_text(tracker))
        say(dispatcher, *told)
        return []


class PrepareTalk(Action):
    """Help to prepare a talk, with questions to bring; without one, offer to ask for it."""

    def name(self) -> str:
        return "action_prepare_talk"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            pupil = pupil_of(session, tracker.sender_id)
            request = find_open_talk(session, pupil)
            is_shared = request is not None and find_talk_to_word(session, pupil) is None
            facts = career_facts(session, pupil, today=clock.school_day(clock.now()))
        words = latest_text(tracker)
        said = replies.prepare_replies(request, talk_questions(facts), is_shared=is_shared, words=words)
        say(dispatcher, *said)
        return []


class AskTalkWords(Action):
    """Ask what the talk is about; without a talk that can still be told about, the question closes."""

    def name(self) -> str:
        return "action_ask_talk_words_form_own_words"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with transaction() as session:
            request = find_talk_to_word(session, pupil_of(session, tracker.sender_id))
        if request is None:
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        say(dispatcher, replies.ask_words_reply(request))
        return []


class AskTalkWordsCheck(Action):
    """Show the words back and ask whether they are right."""

    def name(self) -> str:
        return "action_ask_talk_words_form_own_words_check"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        say(dispatcher, replies.check_words_reply(words_given(tracker)))
        return []


class AnswerTalkWords(Action):
    """Take the words, or what was said of them; a question is left to the rules, and comes back."""

    def name(self) -> str:
        return "validate_talk_words_form"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        asked = tracker.get_slot("requested_slot")
        if asked not in (WORDS, CHECK):
            # The question only opens now: nothing of an earlier time may answer it.
            return NOTHING_ASKED
        if not is_answer(tracker):
            return []
        if is_skip(tracker):
            return [SlotSet(WORDS, SKIPPED), SlotSet(CHECK, SKIPPED)]
        if asked == WORDS or latest_intent(tracker) == GIVEN:
            # Other words while the first are shown back replace those, when they fit.
            return [*words_taken(dispatcher, tracker), SlotSet(CHECK, None)]
        return answer_to_check(tracker)


class KeepTalkWords(Action):
    """Store the words that the pupil confirmed, or say that nothing was kept."""

    def name(self) -> str:
        return "action_keep_talk_words"

    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        answer = tracker.get_slot(CHECK)
        if answer == YES:
            _keep(dispatcher, tracker)
        elif answer == SKIPPED:
            _say_not_kept(dispatcher, tracker)
        return NOTHING_ASKED


class LeaveTalkWords(Action):
    """Say that nothing was kept, and leave the question."""

    def name(self) -> str:
        return "action_leave_talk_words"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        _say_not_kept(dispatcher, tracker)
        return NOTHING_ASKED


class ExplainTalkWords(Action):
    """Explain what one may write down."""

    def name(self) -> str:
        return "action_explain_talk_words"

    @then_second_question()
    @reply_on_failure
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        say(dispatcher, replies.explain_words_reply())
        return []


def _keep(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    with transaction() as session:
        if was_given_up(session, tracker):
            return
        pupil = pupil_of(session, tracker.sender_id)
        request = keep_talk_words(session, pupil, words_given(tracker), message_id=message_id_of(tracker))
        summary = draft_summary(session, request, now=clock.now())
    say(dispatcher, replies.kept_words_reply(summary))


def _say_not_kept(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    with transaction() as session:
        request = find_open_talk(session, pupil_of(session, tracker.sender_id))
    say(dispatcher, replies.not_kept_reply(request))
