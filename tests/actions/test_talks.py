"""Asking for a talk in the chat: what is said, and what is stored."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from actions.talks import RequestTalk
from guidance import clock, database
from guidance.models.conversations import Conversation
from guidance.models.pupil import Pupil
from guidance.models.talks import Summary, TalkRequest
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.summary import share_summary, strike_line
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence


@pytest.fixture
def chat(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Session:
    """Anna and an anonymous visitor, each in a talk; their engine ids are "anna" and "visitor"."""
    visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)
    _begin_talk(session, "anna", pupil(session, "Anna"))
    _begin_talk(session, "visitor", visitor)
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return session


def _begin_talk(session: Session, engine_id: str, someone: Pupil) -> None:
    session.add(
        Conversation(
            id=engine_id,
            engine_id=engine_id,
            pupil=someone,
            token_digest=engine_id,
            started_at=MONDAY,
            last_message_at=MONDAY,
        )
    )


async def ask(engine_id: str = "anna") -> list[dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker(engine_id, {}, {"entities": []}, [], False, None, {}, None)
    assert await RequestTalk().run(dispatcher, tracker, {}) == []
    return [message["custom"] for message in dispatcher.messages]


async def test_says_who_the_dean_is_and_that_nothing_is_shared(chat: Session) -> None:
    received, next_step = await ask()

    assert received["text"].startswith("Je aanvraag is binnen. Je gesprek is met De Vries, je decaan.")
    assert "Er is nog niets gedeeld." in received["text"]
    assert "Je decaan spreekt daarna met jou een moment af." in next_step["text"]
    assert chat.scalars(select(TalkRequest)).one().requested_at == MONDAY


async def test_shows_what_the_dean_will_read(chat: Session) -> None:
    received, _ = await ask()

    (card,) = received["cards"]
    assert (card["title"], card["url"]) == ("Dit leest je decaan straks", "/leerling/samenvatting")
    lines = chat.scalars(select(Summary)).one().lines
    assert [text for _, text in card["rows"]] == [line.text for line in lines]
    assert card["rows"][0][0] == "Wie en wanneer"


async def test_asked_again_shows_the_same_request_without_the_struck_line(chat: Session) -> None:
    await ask()
    struck = strike_line(chat, pupil(chat, "Anna"), 1, now=MONDAY).text
    chat.commit()

    again, _ = await ask()

    assert again["text"].startswith("Je aanvraag was al binnen.")
    assert "Er is één regel doorgestreept." in again["text"]
    assert struck not in str(again)


async def test_asked_after_sharing_says_that_the_dean_has_it(chat: Session) -> None:
    await ask()
    share_summary(chat, pupil(chat, "Anna"), now=MONDAY)
    chat.commit()

    (again,) = await ask()

    assert "Je samenvatting is al bij je decaan." in again["text"]
    assert again["cards"][0]["title"] == "Dit heb je gedeeld"


async def test_says_to_an_anonymous_visitor_why_not_and_how_it_can(chat: Session) -> None:
    (said,) = await ask("visitor")

    assert "anoniem" in said["text"]
    assert "Log in op de startpagina" in said["text"]
    assert chat.scalars(select(TalkRequest)).all() == []


async def test_speaks_in_short_sentences(chat: Session) -> None:
    assert all(longest_sentence(message["text"]) <= 15 for message in await ask())
