"""Home of how the shapes of personal data in content/redaction.yml are read and checked."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from guidance.content import read_content

NO_POSTCODES = frozenset({"SA", "SD", "SS"})
_DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}")


class Rule(NamedTuple):
    """A shape of personal data; the group `v`, when it has one, is the data itself."""

    type: str
    shape: re.Pattern[str]
    is_right: Callable[[str], bool]

    @property
    def group(self) -> str | int:
        return "v" if "v" in self.shape.groupindex else 0


def digits_of(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def is_bsn(text: str) -> bool:
    """Say whether these nine digits pass the eleven-test of a citizen service number."""
    digits = [int(sign) for sign in digits_of(text)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(digits) == 9 and any(digits) and sum(map(int.__mul__, digits, weights)) % 11 == 0


def is_iban(text: str) -> bool:
    """Say whether this passes the checksum of an international bank account number (mod 97)."""
    plain = re.sub(r"[\s.-]", "", text).upper()
    if not 15 <= len(plain) <= 34 or not (plain.isascii() and plain.isalnum()):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def is_no_date(text: str) -> bool:
    """Say whether a row of digits is not a day with a time after it."""
    return not _DATE.search(text)


def is_no_level(text: str) -> bool:
    """Say whether something like a number plate is not a class such as 4-vwo-12."""
    return "vwo" not in text.casefold()


def is_street(text: str) -> bool:
    """Say whether a street with a number is not a word with a year, or a look-alike."""
    words = text.casefold().split()
    number = int(digits_of(next(word for word in words if word[0] in "0123456789"))[:4])
    return not 1900 <= number <= 2100 and _look_alikes("streets").isdisjoint(words)


def is_account(text: str) -> bool:
    """Say whether the word after the name of a site is not an everyday one."""
    return text.casefold() not in _look_alikes("accounts")


def is_postcode(text: str) -> bool:
    """Say whether four digits and two letters are not a number and a short word."""
    letters = text[-2:]
    if letters.upper() in NO_POSTCODES or letters.casefold() in _look_alikes("postcode_letters"):
        return False
    return letters.isupper() or " " not in text


def is_any(_: str) -> bool:
    """Accept whatever has the shape."""
    return True


TESTS = {
    test.__name__: test
    for test in (is_bsn, is_iban, is_no_date, is_no_level, is_street, is_account, is_postcode, is_any)
}


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of the content, in their order."""
    content: dict[str, Any] = read_content("redaction")
    return tuple(_rule(written, content["parts"]) for written in content["rules"])


def filled_in(shape: str, parts: Mapping[str, str]) -> str:
    """Return a shape with its parts in place; a part may hold those that stand after it."""
    for name, part in parts.items():
        shape = re.sub(rf"(?<!\?P)<{name}>", part.replace("\\", r"\\"), shape)
    return shape


def _rule(written: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    flags = 0 if written.get("by_case") else re.IGNORECASE
    shape = re.compile(filled_in(written["shape"], parts), flags)
    return Rule(written["type"], shape, TESTS[written.get("test", "is_any")])


@cache
def _look_alikes(name: str) -> frozenset[str]:
    words: str = read_content("redaction")["look_alikes"][name]
    return frozenset(words.split())
