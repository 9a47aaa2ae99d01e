"""What the engine keeps of unsure messages: what the last may mean, and how earlier ones were answered."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker

from actions.talk import entities_of, latest_text
from guidance.replies import ASKED, MARKS, MISSED
from guidance.understanding import Meaning, Turn, Verdict, is_something_else, meanings_of, verdict_on


def verdict_of(tracker: Tracker) -> Verdict:
    """Return what to do with the last message, from everything that it may mean."""
    if is_something_else(latest_text(tracker)):
        return Verdict(MISSED)
    return verdict_on(meanings_of_latest(tracker), set(entities_of(tracker)))


def meanings_of_latest(tracker: Tracker) -> list[Meaning]:
    """Return what the last message may mean, nearest first."""
    return meanings_of(tracker.latest_message.get("intent_ranking") or [])


def earlier_turns(tracker: Tracker) -> list[Turn]:
    """Return the earlier messages of this session, oldest first, each with how it was answered."""
    return list(_turns_of(tracker.events))[:-1]


def choices_asked_last(tracker: Tracker) -> list[dict[str, str]]:
    """Return the buttons of the question that asked back which is meant, if that was said last."""
    before = [event for event in _of_session(tracker.events) if event["event"] in ("user", "bot")][:-1]
    if not before or _mark_of(before[-1]) != ASKED:
        return []
    found: list[dict[str, str]] = before[-1]["data"]["custom"]["buttons"]
    return found


def _turns_of(events: list[dict[str, Any]]) -> Iterator[Turn]:
    text: str | None = None
    answered = ""
    for event in _of_session(events):
        if event["event"] == "user":
            if text is not None:
                yield Turn(text, answered)
            text, answered = _said_in(event), ""
        elif event["event"] == "bot":
            answered = _mark_of(event) or answered
    if text is not None:
        yield Turn(text, answered)


def _said_in(event: dict[str, Any]) -> str:
    # A button named in words counts as tapped.
    return str((event.get("parse_data") or {}).get("payload") or event.get("text") or "")


def _of_session(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    starts = [at for at, event in enumerate(events) if event["event"] == "session_started"]
    return events[starts[-1] :] if starts else events


def _mark_of(event: dict[str, Any]) -> str:
    custom = (event.get("data") or {}).get("custom") or {}
    return next((mark for mark in MARKS if custom.get(mark)), "")
