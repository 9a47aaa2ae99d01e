"""Home of messages that ask two things: their parts, and what the second part asks."""

import re
from typing import Any, Dict, List, Optional, Pattern, Sequence

PARTS_READ = "parts_read"
# The second question of a message; the action server answers or offers it.
ALSO_ASKED = "also_asked"
FEWEST_WORDS = 2
# Below this the part is too unclear to answer, above it for the whole the message is one thing.
CLEAR_PART = 0.6
SENTENCE_END = re.compile(r"[?!.;\n]+\s*")


def join_between(joiners: Sequence[str], openers: Sequence[str]) -> Pattern[str]:
    """Return where one question ends and another begins: a joiner or a comma before a question word."""
    opens = rf"(?={_any_of(openers)}\b)"
    return re.compile(rf"[\s,]+{_any_of(joiners)}\s+{opens}|,\s*{opens}", re.IGNORECASE)


def _any_of(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def parts_of(text: str, join: Pattern[str]) -> List[str]:
    """Return the parts that may each be a question, or none where the text is one thing."""
    parts = [part.strip(" ,") for sentence in SENTENCE_END.split(text) for part in join.split(sentence)]
    kept = [part for part in parts if len(part.split()) >= FEWEST_WORDS]
    return kept if len(kept) > 1 else []


def read(text: str, chances: Dict[str, float]) -> Dict[str, Any]:
    """Return a part with its likeliest intent."""
    best = max(chances, key=chances.__getitem__)
    return {"text": text, "intent": best, "confidence": chances[best]}


def also_asked(main: Dict[str, Any], parts: Sequence[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
    """Return the clear part that asks another thing than the whole, if some part asks what the whole does."""
    clear = [part for part in parts if part["confidence"] >= CLEAR_PART]
    if main["name"] not in [part["intent"] for part in clear]:
        return None
    others = [part for part in clear if part["intent"] != main["name"]]
    return others[0] if others else None
