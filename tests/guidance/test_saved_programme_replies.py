"""What is said of saved programmes, with the longest names of the catalogue."""

from collections.abc import Iterator

import pytest

from guidance.catalogue import read_catalogue
from guidance.models.programmes import SavedProgramme
from guidance.programme_words import title
from guidance.replies import Reply
from guidance.saved_programme_replies import (
    names_together,
    news_reply,
    removed_reply,
    restored_reply,
    saved_list_reply,
    saved_reply,
    which_to_compare_reply,
)
from guidance.services.saved_programmes import News
from tests.people import MONDAY
from tests.readability import longest_sentence, reading_ease

LONGEST = sorted(read_catalogue(), key=lambda one: len(title(one).split()))[-3:]


def kept(at: int, key: str | None = None) -> SavedProgramme:
    one = LONGEST[at]
    return SavedProgramme(
        programme=key or one.key, name=f"{title(one)}, {one.city}", query={"near": "Ommen"}, saved_at=MONDAY
    )


def replies() -> Iterator[Reply]:
    for is_anonymous in (False, True):
        yield saved_reply(LONGEST[0], is_anonymous=is_anonymous)
    yield removed_reply(kept(0))
    yield restored_reply(kept(0))
    yield which_to_compare_reply([], LONGEST, is_own_list=True)
    yield which_to_compare_reply([LONGEST[:2], LONGEST[1:]], LONGEST, is_own_list=False)
    yield which_to_compare_reply([], [], is_own_list=True)
    for count in (0, 1, 3):
        yield saved_list_reply([kept(at) for at in range(count)])
    for asks in ("note", "off"):
        yield saved_list_reply([kept(0), kept(1)], asks=asks)
    for count in (1, 3):
        gone = [News(kept(at, "gone"), True, ()) for at in range(count)]
        new = [News(kept(at), False, (LONGEST[at],)) for at in range(count)]
        for told in (gone, new):
            reply = news_reply(told)
            assert reply
            yield reply


NAMES = sorted({f"{title(one)}, {one.city}" for one in LONGEST} | {title(one) for one in LONGEST}, key=len)


def without_names(text: str) -> str:
    """A name is read as one word: nobody can make it easier."""
    for name in reversed(NAMES):
        text = text.replace(name, "Pabo")
    return text


@pytest.mark.parametrize("reply", list(replies()), ids=lambda reply: reply.text[:30])
def test_reads_easily(reply: Reply) -> None:
    text = without_names(reply.text)

    assert longest_sentence(text) <= 15
    assert reading_ease(text) >= 65


def test_names_tell_programmes_apart_as_shortly_as_they_can() -> None:
    by_key = {one.key: one for one in read_catalogue()}
    kpz, viaa = by_key["00ic-34808-zwolle"], by_key["22hh-34808-zwolle"]
    arnhem, nijmegen = by_key["25kb-34808-arnhem"], by_key["25kb-34808-nijmegen"]
    other = next(one for one in read_catalogue() if one.kind != "pabo")

    assert names_together([kpz, viaa]) == "Hogeschool KPZ en Hogeschool Viaa"
    assert names_together([arnhem, nijmegen]) == "Arnhem en Nijmegen"
    assert title(other) in names_together([kpz, other])


def test_each_new_one_can_be_saved_and_all_can_be_looked_at() -> None:
    reply = news_reply([News(kept(0), False, (LONGEST[1], LONGEST[2]))])

    assert reply
    assert [card.buttons[0].title for card in reply.cards[:-1]] == ["Bewaar", "Bewaar"]
    assert reply.cards[-1].url == "/opleidingen?near=Ommen"
