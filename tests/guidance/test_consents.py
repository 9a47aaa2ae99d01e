from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.consents import EARLIEST_DAY, LONGEST_DECIDED_BY, Basis, Decision
from guidance.errors import UnusableField

DAY = date(2026, 11, 2)


class TestDecision:
    def test_puts_who_decided_on_one_line(self) -> None:
        assert Decision(Basis.TASK, DAY, "  Het\r\nbestuur\u200b ").decided_by == "Het bestuur"

    @pytest.mark.parametrize(
        "decided_by",
        ["", "  ", "\u3164", "a" * (LONGEST_DECIDED_BY + 1)],
        ids=["empty", "spaces", "nothing to see", "too long"],
    )
    def test_needs_to_know_who_decided(self, decided_by: str) -> None:
        with pytest.raises(UnusableField) as refused:
            Decision(Basis.TASK, DAY, decided_by)

        assert refused.value.name == "decided_by"

    @pytest.mark.parametrize("day", [date(26, 8, 1), EARLIEST_DAY - timedelta(days=1)])
    def test_refuses_a_year_of_two_digits(self, day: date) -> None:
        with pytest.raises(UnusableField) as refused:
            Decision(Basis.PARENT, day, "Ouder")

        assert refused.value.name == "decided_on"

    @given(st.text(max_size=100))
    def test_keeps_what_it_kept_before(self, typed: str) -> None:
        try:
            once = Decision(Basis.TASK, DAY, typed)
        except UnusableField:
            return

        assert Decision(Basis.TASK, DAY, once.decided_by) == once
        assert 1 <= len(once.decided_by) <= LONGEST_DECIDED_BY
        assert once.decided_by.isprintable()
