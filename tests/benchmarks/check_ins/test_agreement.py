"""When a shorter form names the same fields as the full one, ties included."""

import pytest

from benchmarks.check_ins.agreement import Agreement, agreement, named_by
from benchmarks.check_ins.pupils import FORM, Answers
from guidance.ratings import Rating
from guidance.riasec import InterestType

REAL, INV, ART, SOC, ENT, CON = InterestType
FULL = {REAL: 1, INV: 1, ART: 4, SOC: 5, ENT: 4, CON: 3}


def form(values: dict[InterestType, int], but: dict[str, int] | None = None) -> Answers:
    given = {f"{field}_{number}": value for field, value in values.items() for number in range(6)}
    return {item: Rating("value", value) for item, value in {**given, **(but or {})}.items()}


def compared(shorter: Answers, full: Answers) -> Agreement:
    return agreement(named_by(FORM, shorter), named_by(FORM, full))


@pytest.mark.parametrize(
    ("shorter", "full", "found"),
    [
        (form(FULL), form(FULL), Agreement(True, True, True, True)),
        (form({**FULL, CON: 5}), form(FULL), Agreement(False, False, False, False)),
        (form(FULL), form({**FULL, CON: 4}), Agreement(True, True, True, False)),
        (form({**FULL, CON: 4}), form(FULL), Agreement(False, True, False, False)),
        (form({**FULL, ART: 1}), form(FULL), Agreement(False, False, False, False)),
    ],
    ids=["the same", "one comes in", "a tie in the full form", "a tie in the shorter", "one falls out"],
)
def test_compares_the_threes_that_are_allowed(shorter: Answers, full: Answers, found: Agreement) -> None:
    assert compared(shorter, full) == found


def test_calls_a_difference_of_one_step_of_one_answer_near() -> None:
    full = form({**FULL, CON: 4}, but={"conventional_0": 3})
    one_step_off = form({**FULL, CON: 4}, but={"artistic_0": 3})

    found = compared(one_step_off, full)

    assert not found.same_three
    assert found.near


def test_agrees_on_nothing_to_name() -> None:
    assert compared({}, {}) == Agreement(True, True, True, True)
