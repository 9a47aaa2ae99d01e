"""Home of what an extractor finds in a text."""

from typing import Any, Dict, List, NamedTuple

# The entity of an everyday word that is spelled like a name.
NOTHING = ""


class Found(NamedTuple):
    """One name or figure in a text; sureness is 1 unless it was misspelt."""

    entity: str
    value: str
    start: int
    end: int
    sureness: float = 1.0

    def overlaps(self, other: "Found") -> bool:
        """Tell whether both cover a letter of the text."""
        return self.start < other.end and other.start < self.end

    def as_entity(self, text: str) -> Dict[str, Any]:
        """Return it the way Rasa writes an entity, with the words that were typed."""
        return {
            "entity": self.entity,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "typed": text[self.start : self.end],
            "confidence_entity": self.sureness,
        }


# What is named does not decide the intent, that something is named does: any place counts like any other.
MASKED = {"place", "postcode", "institution", "distance", "subject", "profile"}


def masked(text: str, findings: List[Found]) -> str:
    """Return the text with a sign word in place of each name and figure that pupils fill in."""
    for finding in sorted(findings, key=lambda one: -one.start):
        if finding.entity in MASKED:
            text = f"{text[: finding.start]}x{finding.entity}x{text[finding.end :]}"
    return text


def without_overlap(findings: List[Found]) -> List[Found]:
    """Keep the earlier of two findings that overlap, in the order of the text."""
    kept: List[Found] = []
    for finding in findings:
        if not any(finding.overlaps(other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)
