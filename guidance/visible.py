"""Home of what can be seen of a text: hidden signs out, look-alike forms made one."""

import re
import unicodedata

# Line ends and tabs stay; every other control, format, private or unassigned sign goes.
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
KEPT = frozenset("\n\t")
# Hangul fillers and the braille blank take room and show nothing, yet count as letters or symbols.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
PLAIN = re.compile(r"[\x20-\x7e\n\t]*")


def visible(text: str) -> str:
    """Return a text in one form (NFKC), without hidden signs and with plain spaces."""
    if PLAIN.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if _is_shown(sign))


def _is_shown(sign: str) -> bool:
    return sign in KEPT or (unicodedata.category(sign) not in HIDDEN and sign not in BLANK)
