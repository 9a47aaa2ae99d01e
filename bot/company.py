"""Home of the company a name keeps: the words around it that tell what it is."""

from typing import Any

from spacy.tokens import Doc, Span

# What the words around a name add, on the scale of ten of bot/slips.py.
ANNOUNCED, EXPECTED, NO_SIGN = 2.5, 1.5, 0.0


class Company:
    """Reads the words before and after a span."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def follows(self, doc: Doc, at: int, kind: str) -> bool:
        """Tell whether the token at this position follows one word of this kind, or two."""
        before = [token.lower_ for token in doc[max(0, at - 2) : at]]
        return any(cue in self._words[kind] for cue in (*before[-1:], " ".join(before)))

    def ends_clause(self, span: Span) -> bool:
        """Tell whether a message, or a part of it, ends here."""
        after = _after(span)
        return not after or not after[0].isalnum() or after in self._words["after_place"]

    def opens_as_place(self, span: Span) -> bool:
        """Tell whether a message opens with it and goes on as after a place."""
        after = _after(span)
        return span.start == 0 and bool(after) and after in self._words["after_opening_place"]

    def is_beside(self, span: Span, other: Span) -> bool:
        """Tell whether only a word as in "zwolle of assen" stands between two spans."""
        first, second = sorted([span, other], key=lambda one: one.start)
        between = span.doc[first.end : second.start]
        return len(between) == 1 and between[0].lower_ in self._words["between_places"]

    def ends_search(self, span: Span) -> bool:
        """Tell whether it closes what a kind, a subject or a school begins: "pabo leiden"."""
        before = span.doc[span.start - 1] if span.start else None
        if before is not None and before.is_digit and span.start > 1:
            before = span.doc[span.start - 2]
        return (
            before is not None and before.ent_type_ in self._words["before_place"] and self.ends_clause(span)
        )

    def sign_of(self, entity: str, span: Span) -> float:
        """Return how much its company makes a misspelt word this entity."""
        if entity == "place":
            return self._sign_of_place(span)
        if entity == "subject":
            has_teacher = self.follows(span.doc, span.start, "before_subject")
            return EXPECTED if has_teacher or _after(span) in self._words["after_subject"] else NO_SIGN
        beside = [
            token.text
            for token in (*span.doc[span.start - 1 : span.start], *span.doc[span.end : span.end + 1])
        ]
        return EXPECTED if entity == "level" and any(text[:1].isdigit() for text in beside) else NO_SIGN

    def _sign_of_place(self, span: Span) -> float:
        if self.follows(span.doc, span.start, "announcing"):
            return ANNOUNCED
        is_expected = (
            self.follows(span.doc, span.start, "locating")
            or self.follows(span.doc, span.start, "locating_weak")
            or self.opens_as_place(span)
            or self.ends_search(span)
            or any(self.is_beside(span, other) for other in span.doc.ents if other.label_ == "place")
        )
        return EXPECTED if is_expected else NO_SIGN


def _after(span: Span) -> str:
    return str(span.doc[span.end : span.end + 1].text).lower()
