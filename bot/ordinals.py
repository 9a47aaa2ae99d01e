"""Home of the number that a text points with: "de tweede", "die laatste", "2"."""

import re
from typing import Any, Dict

from bot.titles import bare


def ordinal_in(text: str, words: Dict[str, Any]) -> str:
    """Return the number that a text without a verb consists of, or nothing."""
    told = [word for word in bare(text).split() if word not in words["around_ordinal"]]
    if len(told) != 1:
        return ""
    figure = re.fullmatch(r"([1-9])(?:e|de|ste)?", told[0])
    return figure[1] if figure else str(words["ordinal"].get(told[0], ""))
