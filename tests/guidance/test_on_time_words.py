"""A verdict in words, for pupils who went different ways."""

from datetime import date

import pytest

from guidance.on_time import QUALIFYING_KINDS, deadline, verdict
from guidance.on_time_words import FirstMoment, verdict_in_words

CHECK = FirstMoment("check_in_completed", "interest-short-1")
TALK = FirstMoment("talk_held")
LIMIT = deadline(2028).day


@pytest.mark.parametrize(
    ("first_day", "first", "exam_year", "today", "words"),
    [
        (
            date(2025, 11, 12),
            CHECK,
            2028,
            date(2026, 11, 23),
            "Op tijd sinds 12 november 2025: interessecheck. Grens: 1 mei 2026 (voorlopig).",
        ),
        (
            LIMIT,
            TALK,
            2028,
            date(2026, 11, 23),
            "Op tijd sinds 1 mei 2026: gesprek. Grens: 1 mei 2026 (voorlopig).",
        ),
        (
            date(2026, 5, 2),
            TALK,
            2028,
            date(2026, 11, 23),
            "Te laat: het eerste moment was op 2 mei 2026, 1 dag na de grens. Dat was: gesprek. "
            "Grens: 1 mei 2026 (voorlopig).",
        ),
        (
            None,
            None,
            2028,
            date(2026, 11, 23),
            "Te laat: er is nog geen begeleidingsmoment dat telt. Grens: 1 mei 2026 (voorlopig).",
        ),
        (
            None,
            None,
            2028,
            date(2026, 4, 20),
            "Nog niet bereikt, nog 1 week. Grens: 1 mei 2026 (voorlopig).",
        ),
        (
            None,
            None,
            2028,
            date(2026, 4, 28),
            "Nog niet bereikt, nog deze week. Grens: 1 mei 2026 (voorlopig).",
        ),
        (
            date(2014, 5, 12),
            FirstMoment("check_in_completed", "gone"),
            2016,
            date(2026, 11, 23),
            "Op tijd sinds 12 mei 2014: check. Grens: 12 mei 2014.",
        ),
    ],
    ids=["on time", "on the limit", "a day late", "never", "a week left", "this week", "a published date"],
)
def test_says_since_when_by_what_and_the_limit(
    first_day: date | None, first: FirstMoment | None, exam_year: int, today: date, words: str
) -> None:
    assert verdict_in_words(verdict(first_day, exam_year, today), first) == words


def test_every_kind_that_counts_has_a_word() -> None:
    assert all(FirstMoment(kind).in_words for kind in QUALIFYING_KINDS)
