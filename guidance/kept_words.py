"""Home of what is done to a free text before it is kept: danger heard, personal data out, not too long."""

from collections.abc import Collection

from guidance.errors import DangerInText, WordsTooLong
from guidance.redaction import redacted, visible
from guidance.safety import EXPLICIT, danger_in


def kept_words(text: str, *, longest: int, keep: Collection[str] = ()) -> str:
    """Return a text on one line as it may be kept, empty when it has no words.

    Raises DangerInText for explicit danger, whatever else is wrong, and WordsTooLong.
    `keep` names people whose names may stay.
    """
    danger = danger_in(text)
    if danger and danger.tier == EXPLICIT:
        raise DangerInText(danger.kind)
    plain = " ".join(redacted(visible(text), keep=keep).split())
    if len(plain) > longest:
        raise WordsTooLong(f"{len(plain)} characters", limit=longest)
    return plain
