"""Home of taking personal data out of a text: what is found, and the text without it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from guidance.content import read_content
from guidance.redaction_names import full_names
from guidance.redaction_rules import rules
from guidance.visible import visible

__all__ = ["Finding", "findings", "holds", "redacted", "visible"]

POSTCODE = "postcode6"


class Finding(NamedTuple):
    """Personal data at a place in the visible text."""

    type: str
    value: str
    start: int
    end: int


def findings(text: str, *, keep: Collection[str] = ()) -> list[Finding]:
    """Return the personal data in a text, in order; places are those of visible(text).

    `keep` names people whose names may stay, such as the staff of the school.
    """
    shown = visible(text)
    taken = bytearray(len(shown))
    found = []
    for finding in _candidates(shown):
        is_free = not any(taken[finding.start : finding.end])
        if is_free and not (finding.type == "name" and _is_kept(finding.value, keep)):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def holds(text: str, kinds: Collection[str]) -> bool:
    """Say whether a text holds personal data of one of these kinds; names are not looked for."""
    shown = visible(text)
    return any(
        rule.is_right(match[rule.group])
        for rule in rules()
        if rule.type in kinds
        for match in rule.shape.finditer(shown)
    )


def redacted(text: str, *, keep: Collection[str] = ()) -> str:
    """Return the visible text with a placeholder for each piece of personal data."""
    shown, parts, end = visible(text), [], 0
    for finding in findings(shown, keep=keep):
        parts += [shown[end : finding.start], _stand_in(finding)]
        end = finding.end
    return "".join([*parts, shown[end:]])


def _candidates(text: str) -> Iterator[Finding]:
    for rule in rules():
        for match in rule.shape.finditer(text):
            start, end = match.span(rule.group)
            if rule.is_right(text[start:end]):
                yield Finding(rule.type, text[start:end], start, end)
    for start, end in full_names(text):
        yield Finding("name", text[start:end], start, end)


def _is_kept(name: str, keep: Collection[str]) -> bool:
    return any(kept.casefold() in name.casefold() or name.casefold() in kept.casefold() for kept in keep)


def _stand_in(finding: Finding) -> str:
    if finding.type == POSTCODE:
        return finding.value[:4]
    return placeholder(finding.type)


def placeholder(kind: str) -> str:
    """Return what stands in the place of personal data of a kind."""
    shown: str = read_content("redaction")["placeholders"][kind]
    return shown
