"""Home of the forms that are compared: the adaptive one at every threshold, and the two baselines."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.check_ins.agreement import Agreement, Named, agreement, named_by
from benchmarks.check_ins.pupils import FORM, Answers
from guidance.adaptive_order import Rule, next_step

SHORT_ITEMS_A_FIELD = 3
SHORT = [item.id for item in FORM.items][: SHORT_ITEMS_A_FIELD * 6]


@dataclass(frozen=True)
class Measured:
    """One pupil on one form: the share of the 36 items asked, and how it agrees with all 36."""

    share: float
    agreement: Agreement


@dataclass(frozen=True)
class Walk:
    """One pupil asked in the adaptive order until nothing can change, and the doubt before each item."""

    items: tuple[str, ...]
    doubts: tuple[float | None, ...]

    def asked_at(self, most_doubt: float) -> tuple[str, ...]:
        """Return the items that are asked when it stops at this doubt."""
        for place, doubt in enumerate(self.doubts):
            if doubt is not None and doubt <= most_doubt:
                return self.items[:place]
        return self.items


def walk(answers: Answers, first_items: int) -> Walk:
    """Ask in the adaptive order; the order does not depend on the threshold, so one walk serves them all."""
    rule = Rule(first_items, most_doubt=0)
    given: Answers = {}
    doubts: list[float | None] = []
    while item := (step := next_step(FORM, given, rule)).item:
        doubts.append(step.doubt)
        given[item.id] = answers[item.id]
    return Walk(tuple(given), tuple(doubts))


def measure(answers: Answers, asked: Sequence[str], full: Named) -> Measured:
    """Compare what the answers to the items asked name with what all 36 name."""
    shorter = named_by(FORM, {item: answers[item] for item in asked})
    return Measured(len(asked) / len(FORM.items), agreement(shorter, full))


def drawn_items(count: int, random: Random) -> list[str]:
    """Draw so many of the 36 items."""
    return random.sample([item.id for item in FORM.items], count)
