"""Home of the intents of a message in order: how they are mixed, written down and trusted."""

from pathlib import Path
from typing import Any, Dict, List

import skops.io
from rasa.shared.nlu.training_data.message import Message

# The chance of every intent; stays inside the pipeline.
CHANCES = "intent_chances"
LENGTH = 5


class BrokenModel(Exception):
    """The stored classifier cannot be trusted, or answers differently from when it was stored."""


def trusted(file: Path, types: List[str]) -> Any:
    """Load what was stored, or raise BrokenModel for a type that is not on the allow-list."""
    strangers = set(skops.io.get_untrusted_types(file=file)) - set(types)
    if strangers:
        raise BrokenModel(f"types that are not on the allow-list: {sorted(strangers)}")
    return skops.io.load(file, trusted=types)


def decide(message: Message, chances: Dict[str, float]) -> None:
    """Write the likeliest intent and the ones after it on the message."""
    best_first = sorted(chances, key=lambda intent: (-chances[intent], intent))[:LENGTH]
    ranked = [{"name": intent, "confidence": chances[intent]} for intent in best_first]
    message.set(CHANCES, chances)
    message.set("intent", ranked[0], add_to_output=True)
    message.set("intent_ranking", ranked, add_to_output=True)


def mixed(first: Dict[str, float], second: Dict[str, float], weight: float) -> Dict[str, float]:
    """Return the weighted geometric mean of two opinions; what one is sure is not meant stays unlikely."""
    together = {
        intent: max(chance, 1e-12) ** (1 - weight) * max(second.get(intent, 0.0), 1e-12) ** weight
        for intent, chance in first.items()
    }
    total = sum(together.values())
    return {intent: chance / total for intent, chance in together.items()}
