"""Home of taking personal data out of a text: what is found, and the text without it."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from guidance.content import read_content
from guidance.visible import visible

__all__ = ["Finding", "findings", "redacted", "visible"]


class Finding(NamedTuple):
    """Personal data at a place in the visible text."""

    type: str
    value: str
    start: int
    end: int


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def is_bsn(text: str) -> bool:
    """Say whether these nine digits pass the eleven-test of a citizen service number."""
    digits = [int(sign) for sign in _digits(text)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(digits) == 9 and any(digits) and sum(map(int.__mul__, digits, weights)) % 11 == 0


def is_iban(text: str) -> bool:
    """Say whether this passes the checksum of an international bank account number (mod 97)."""
    plain = re.sub(r"[\s-]", "", text).upper()
    moved = plain[4:] + plain[:4]
    return len(plain) >= 15 and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _always(_: str) -> bool:
    return True


Rule = tuple[str, re.Pattern[str], Callable[[str], bool]]
RULES: tuple[Rule, ...] = (
    ("mail", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), _always),
    ("iban", re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{1,4}){3,8}\b"), is_iban),
    (
        "phone",
        re.compile(r"(?<![\w+])(?:\+|00)?\d(?:[ ().\-/]{0,2}\d){8,13}(?!\w)"),
        lambda found: _is_phone(found),
    ),
    ("bsn", re.compile(r"(?<!\w)\d(?:[ .\-]?\d){8}(?!\w)"), is_bsn),
    ("handle", re.compile(r"(?<![\w@])@[A-Za-z_][\w.]{1,30}\w"), _always),
    ("postcode6", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b"), _always),
)


def _is_phone(found: str) -> bool:
    digits = _digits(found)
    abroad = found.startswith("+") or digits.startswith("00")
    return abroad or (len(digits) == 10 and digits.startswith("0"))


def findings(text: str) -> list[Finding]:
    """Return the personal data in a text, in order and without overlap; places are those of visible(text)."""
    found: list[Finding] = []
    for finding in _candidates(visible(text)):
        if all(finding.end <= other.start or other.end <= finding.start for other in found):
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def _candidates(text: str) -> Iterator[Finding]:
    for name, pattern, is_right in RULES:
        for match in pattern.finditer(text):
            if is_right(match[0]):
                yield Finding(name, match[0], *match.span())


def redacted(text: str) -> str:
    """Return the visible text with a placeholder for each piece of personal data."""
    shown, parts, end = visible(text), [], 0
    for finding in findings(shown):
        parts += [shown[end : finding.start], _stand_in(finding)]
        end = finding.end
    return "".join([*parts, shown[end:]])


def _stand_in(finding: Finding) -> str:
    if finding.type == "postcode6":
        return finding.value[:4]
    placeholder: str = read_content("redaction")["placeholders"][finding.type]
    return placeholder
