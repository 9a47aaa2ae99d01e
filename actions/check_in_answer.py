"""What a message means while a check-in is open: a rating, an answer that is unclear, or something else."""

from rasa_sdk import Tracker

from actions.talk import entities_of, latest_intent, latest_text
from actions.unsure import earlier_turns, meanings_of_latest, verdict_of
from guidance.check_in_replies import not_understood_reply
from guidance.models.check_in import CheckInRun
from guidance.ratings import LIKING, Rating, rating_in
from guidance.replies import ASKED, Reply
from guidance.services.check_in import instrument_of
from guidance.understanding import FALLBACK, SEARCHED, is_something_else, misses_before

# These can only be meant as an answer while an item is open; anything else may be a question of its own.
MEANT_AS_ANSWER = {"answer_rating", "answer_unsure", "affirm", "deny", "give_words", FALLBACK}


def rating_of(tracker: Tracker, scale: str = LIKING) -> Rating | None:
    """Return the rating of a tapped button or of the words typed."""
    tapped = entities_of(tracker).get("rating", [])
    text = latest_text(tracker)
    if text.startswith("/answer_unsure") and not tapped:
        return Rating("unsure")
    return rating_in(tapped[0] if text.startswith("/") and tapped else text, scale)


def tapped_item(tracker: Tracker) -> str | None:
    """Return the id of the item that a tapped button was shown with."""
    return entities_of(tracker).get("item", [None])[0]


def is_meant_as_answer(tracker: Tracker) -> bool:
    """Say whether a message without a clear rating was still meant to answer the open item."""
    if latest_intent(tracker) not in MEANT_AS_ANSWER or latest_text(tracker).strip().endswith("?"):
        return False
    return latest_intent(tracker) != FALLBACK or not _is_asked_back(tracker)


def _is_asked_back(tracker: Tracker) -> bool:
    """Say whether an unsure message gets choices or help lines: it seems no answer, or turns choices down."""
    if is_something_else(latest_text(tracker)):
        return True
    verdict = verdict_of(tracker)
    seems_answer = {meaning.intent for meaning in meanings_of_latest(tracker)[:1]} & MEANT_AS_ANSWER
    return verdict.is_concern or (verdict.kind in (ASKED, SEARCHED) and not seems_answer)


def unclear_reply(run: CheckInRun, tracker: Tracker) -> Reply:
    """Return that an answer is unclear, in other words each time in a row."""
    misses = misses_before(earlier_turns(tracker), latest_text(tracker)) + 1
    return not_understood_reply(instrument_of(run), misses, can_ask_talk=not run.pupil.is_anonymous)
