"""Which degree a message asks for: a word of its own, or one that the engine took for a kind of programme."""

import re
from typing import Any

from rasa_sdk import Tracker

from actions.talk import is_tapped, latest_text
from guidance.programme_filters import degree_of_word

# What stands alone in a message; "hbo-master" and "educatieve master" are kinds.
WORD = re.compile(r"\w+", re.UNICODE)


def degree_said(tracker: Tracker, kind: str | None) -> tuple[str | None, str | None]:
    """Return the degree that the message asks for, and the kind that is left beside it.

    Whoever says "eerstegraads" means every such programme, not the one kind that the engine calls so.
    """
    entities = tracker.latest_message.get("entities") or []
    named = [one for one in entities if one["entity"] == "degree"]
    if named:
        return str(named[0]["value"]), kind
    if is_tapped(tracker):
        return None, kind
    text = latest_text(tracker)
    spans = [one for one in entities if one["entity"] == "kind" and "start" in one and "end" in one]
    of_kind = [degree_of_word(text[one["start"] : one["end"]], instead_of=one["value"]) for one in spans]
    if found := next(filter(None, of_kind), None):
        return found, None
    beside = [degree_of_word(match.group()) for match in WORD.finditer(text) if not _is_within(match, spans)]
    return next(filter(None, beside), None), kind


def _is_within(match: re.Match[str], spans: list[dict[str, Any]]) -> bool:
    return any(span["start"] <= match.start() < span["end"] for span in spans)
