"""Home of how Dutch words are written: plain spelling, spelling by sound, chat abbreviations."""

import re
import unicodedata
from typing import Dict, List, Tuple

# Ordered: a later rule sees what the earlier ones made.
SOUNDS: List[Tuple[str, str]] = [
    (r"(?:ij|ei)", "y"),
    (r"(?:auw|ouw|au)", "ou"),
    (r"sch\b", "s"),
    (r"ch", "g"),
    (r"c(?=[eiy])", "s"),
    (r"(?:ck|c|q)", "k"),
    (r"x", "ks"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"v", "f"),
    (r"z", "s"),
    (r"dt?\b", "t"),
    (r"b\b", "p"),
    (r"ie", "i"),
    (r"(.)\1+", r"\1"),
]
WORD = re.compile(r"\w+")
LONG_RUN = re.compile(r"(.)\1{2,}")


def plain(text: str) -> str:
    """Return the text in lower case, without accents, with runs of one letter cut to two."""
    apart = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(LONG_RUN.sub(r"\1\1", bare).split())


def written_out(text: str, abbreviations: Dict[str, str]) -> str:
    """Return plain text with its chat abbreviations written out."""
    return WORD.sub(lambda word: abbreviations.get(word.group(), word.group()), text)


def by_sound(text: str) -> str:
    """Return plain text spelled by sound, so that spellings that sound alike become one."""
    for pattern, sound in SOUNDS:
        text = re.sub(pattern, sound, text)
    return text
