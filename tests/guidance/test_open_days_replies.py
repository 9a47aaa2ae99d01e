"""What the chat says of open days reads easily, also with its longest values."""

import pytest

from guidance.open_days_replies import open_days_reply
from guidance.open_days_words import kinds_in_words, when_in_words, where_in_words
from guidance.places import find_place
from guidance.services.open_days import FittingInstitution, FoundOpenDay, OpenDayResults
from guidance.services.programmes import ProgrammeQuery
from guidance.wording import texts_of
from tests.open_days import SATURDAY, open_day
from tests.people import MONDAY
from tests.readability import longest_sentence, reading_ease

LONG_PLACE = "'s-Hertogenbosch"
QUERY = ProgrammeQuery(near=LONG_PLACE)
SCHOOL = FittingInstitution("Hogeschool KPZ", "https://www.kpz.nl", 1.0)


def results(days: int, schools: int, elsewhere: int = 0) -> OpenDayResults:
    found = tuple(
        FoundOpenDay(f"{number}", "Hogeschool KPZ", open_day(f"{number}"), 1.0, MONDAY)
        for number in range(days)
    )
    return OpenDayResults(find_place(LONG_PLACE), 15, found, (SCHOOL,) * schools, elsewhere)


@pytest.mark.parametrize("has_kept", [False, True])
@pytest.mark.parametrize(("days", "schools"), [(0, 0), (0, 1), (0, 9), (1, 0), (5, 1), (30, 9)])
def test_reads_easily(days: int, schools: int, has_kept: bool) -> None:
    reply = open_days_reply(results(days, schools, 3), QUERY, has_kept=has_kept)

    for text in (reply.text, *(card.title for card in reply.cards if card.url and card.url[0] == "/")):
        assert longest_sentence(text) <= 15
        assert reading_ease(text) >= 65
    assert len(reply.cards) <= 6


def test_every_refusal_is_short() -> None:
    refused = texts_of("open_days.refused")

    assert len(refused) > 25
    assert max(longest_sentence(text.replace("{{", "").replace("}}", "")) for text in refused.values()) <= 15


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "zaterdag 23 januari 2027, 10.00 tot 14.00 uur"),
        (
            {"ends_at": SATURDAY.replace(day=24)},
            "zaterdag 23 januari 2027 10.00 uur tot zondag 24 januari 2027 10.00 uur",
        ),
        (
            {
                "starts_at": SATURDAY.replace(day=22, hour=23),
                "ends_at": SATURDAY.replace(day=24, hour=23),
                "is_whole_day": True,
            },
            "zaterdag 23 januari 2027 tot en met zondag 24 januari 2027",
        ),
        (
            {
                "starts_at": SATURDAY.replace(day=22, hour=23),
                "ends_at": SATURDAY.replace(day=23, hour=23),
                "is_whole_day": True,
            },
            "zaterdag 23 januari 2027",
        ),
    ],
    ids=["hours", "over night", "two days", "one day"],
)
def test_says_when_in_words(values: dict[str, object], said: str) -> None:
    assert when_in_words(open_day(**values)) == said


def test_says_where_and_for_whom() -> None:
    day = open_day(is_online=True, place=None, kinds=("associate_degree", "pabo"))

    assert where_in_words(day) == "Online"
    assert kinds_in_words(day) == "associate degree (2 jaar), pabo"
