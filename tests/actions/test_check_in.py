"""Answering a check-in in the chat: what is stored for whom."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from actions.check_in import AnswerCheckIn
from guidance import clock, database
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.conversations import Conversation
from guidance.services.check_in import find_or_add_open_run
from tests.people import MONDAY, pupil


@pytest.fixture
def chat(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Session:
    """Anna and Bilal, each in a talk with an open check-in; their engine ids are their names."""
    for name in ("Anna", "Bilal"):
        someone = pupil(session, name)
        find_or_add_open_run(session, someone, now=MONDAY)
        times = {"started_at": MONDAY, "last_message_at": MONDAY}
        session.add(Conversation(id=name, engine_id=name, pupil=someone, token_digest=name, **times))
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return session


async def answer(engine_id: str, text: str, **message: Any) -> None:
    said = {"intent": {"name": "answer_rating"}, "entities": [], "text": text, **message}
    tracker = Tracker(engine_id, {}, said, [], False, None, {}, None)
    await AnswerCheckIn().run(CollectingDispatcher(), tracker, {})


def answers_of(session: Session, name: str) -> list[int | None]:
    of_pupil = CheckInRun.pupil_id == pupil(session, name).id
    return list(session.scalars(select(Answer.value).join(CheckInRun).where(of_pupil).order_by(Answer.id)))


async def test_numbers_of_messages_in_two_talks_do_not_meet(chat: Session) -> None:
    await answer("Anna", "4", metadata={"message_id": "1"})
    await answer("Bilal", "2", metadata={"message_id": "1"})
    await answer("Bilal", "2", metadata={"message_id": "1"})

    assert answers_of(chat, "Anna") == [4]
    assert answers_of(chat, "Bilal") == [2]


async def test_messages_without_a_number_of_the_caller_are_told_apart(chat: Session) -> None:
    await answer("Anna", "4", message_id="from-rasa-1")
    await answer("Anna", "5", message_id="from-rasa-2")

    assert answers_of(chat, "Anna") == [4, 5]
