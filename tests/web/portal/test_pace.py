from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.people import MONDAY
from web.portal.pace import FREE_MISTAKES, LONGEST_SECONDS, Pace


def pace_after(mistakes: int) -> Pace:
    pace = Pace()
    for _ in range(mistakes):
        pace.note_mistake("192.0.2.1", now=MONDAY)
    return pace


class TestPace:
    def test_lets_the_first_mistakes_pass(self) -> None:
        assert pace_after(FREE_MISTAKES).seconds_to_wait("192.0.2.1", now=MONDAY) == 0

    @given(st.integers(min_value=0, max_value=200))
    def test_slows_down_with_every_mistake_and_never_blocks(self, mistakes: int) -> None:
        wait = pace_after(mistakes).seconds_to_wait("192.0.2.1", now=MONDAY)

        assert wait <= pace_after(mistakes + 1).seconds_to_wait("192.0.2.1", now=MONDAY) <= LONGEST_SECONDS

    def test_leaves_another_address_alone(self) -> None:
        assert pace_after(50).seconds_to_wait("192.0.2.2", now=MONDAY) == 0

    def test_forgets_after_a_while(self) -> None:
        assert pace_after(50).seconds_to_wait("192.0.2.1", now=MONDAY + timedelta(minutes=11)) == 0
