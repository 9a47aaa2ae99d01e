"""What a message means while a check-in is open: a rating, an answer that is unclear, or something else."""

from rasa_sdk import Tracker

from actions.talk import entities_of, latest_intent, latest_text
from guidance.models.check_in import CheckInRun
from guidance.ratings import Rating, rating_in
from guidance.services.check_in import open_item

# These can only be meant as an answer while an item is open; anything else may be a question of its own.
MEANT_AS_ANSWER = {"answer_rating", "answer_unsure", "affirm", "deny", "nlu_fallback"}


def rating_of(tracker: Tracker) -> Rating | None:
    """Return the rating of a tapped button or of the words typed."""
    tapped = entities_of(tracker).get("rating", [])
    text = latest_text(tracker)
    if text.startswith("/answer_unsure") and not tapped:
        return Rating("unsure")
    return rating_in(tapped[0]) if text.startswith("/") and tapped else rating_in(text)


def is_for_open_item(tracker: Tracker, run: CheckInRun) -> bool:
    """Say whether a tapped button belongs to the item that is open now; typed words always do."""
    item, tapped = open_item(run), tapped_item(tracker)
    return tapped is None or (item is not None and tapped == item.id)


def tapped_item(tracker: Tracker) -> str | None:
    """Return the id of the item that a tapped button was shown with."""
    return entities_of(tracker).get("item", [None])[0]


def is_meant_as_answer(tracker: Tracker) -> bool:
    """Say whether a message without a clear rating was still meant to answer the open item."""
    return latest_intent(tracker) in MEANT_AS_ANSWER and not latest_text(tracker).strip().endswith("?")


def is_turned_down(tracker: Tracker) -> bool:
    """Say whether the offer to go on was answered with no: typed, or by its button."""
    return latest_intent(tracker) == "deny" or latest_text(tracker) == "/stop_task"
