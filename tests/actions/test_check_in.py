"""Answering a check-in in the chat: what is stored for whom."""

import json
from itertools import pairwise
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from actions.check_in import AnswerCheckIn
from actions.check_in_correction import CorrectAnswer
from actions.check_in_talk import way_asked
from guidance import clock, database
from guidance.instruments import get_instrument
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.services import check_in
from guidance.services.check_in_runs import find_or_add_open_run, get_open_run
from tests.actions.chat import Chat, ranking
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence, sentences


@pytest.fixture
def chat(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Session:
    """Anna and Bilal, each in a talk with an open check-in; their engine ids are their names."""
    for name in ("Anna", "Bilal"):
        someone = pupil(session, name)
        find_or_add_open_run(session, someone, now=MONDAY)
        times = {"started_at": MONDAY, "last_message_at": MONDAY}
        received = Turn(message_id="1", body_digest="", text="4", received_at=MONDAY)
        talk = Conversation(id=name, engine_id=name, pupil=someone, token_digest=name, **times)
        talk.turns.append(received)
        session.add(talk)
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return session


async def answer(engine_id: str, text: str, **message: Any) -> None:
    await act(AnswerCheckIn(), engine_id, text, **message)


async def act(action: Action, engine_id: str, text: str, **message: Any) -> list[dict[str, Any]]:
    """Run an action on what was said, and return what is answered."""
    dispatcher = CollectingDispatcher()
    said = {"intent": {"name": "answer_rating"}, "entities": [], "text": text, **message}
    tracker = Tracker(engine_id, {}, said, [], False, None, {}, None)
    await action.run(dispatcher, tracker, {})
    return list(dispatcher.messages)


def answers_of(session: Session, name: str) -> list[int | None]:
    of_pupil = CheckInRun.pupil_id == pupil(session, name).id
    return list(session.scalars(select(Answer.value).join(CheckInRun).where(of_pupil).order_by(Answer.id)))


def newest_answers_of(session: Session, name: str) -> dict[str, int | None]:
    session.rollback()
    run = get_open_run(session, pupil(session, name))
    return {item: rating.value for item, rating in check_in.answers_of(run).items()}


async def test_numbers_of_messages_in_two_talks_do_not_meet(chat: Session) -> None:
    await answer("Anna", "4", metadata={"message_id": "1"})
    await answer("Bilal", "2", metadata={"message_id": "1"})
    await answer("Bilal", "2", metadata={"message_id": "1"})

    assert answers_of(chat, "Anna") == [4]
    assert answers_of(chat, "Bilal") == [2]


async def test_an_answer_that_the_pupil_heard_was_not_received_is_not_stored(chat: Session) -> None:
    await answer("Anna", "4", metadata={"message_id": "given up"})

    assert answers_of(chat, "Anna") == []


async def test_messages_without_a_number_of_the_caller_are_told_apart(chat: Session) -> None:
    await answer("Anna", "4", message_id="from-rasa-1")
    await answer("Anna", "5", message_id="from-rasa-2")

    assert answers_of(chat, "Anna") == [4, 5]


async def test_a_correction_button_changes_the_item_it_was_shown_with(chat: Session) -> None:
    await answer("Anna", "4", message_id="1")
    (asked,) = await act(CorrectAnswer(), "Anna", "dat klopt niet")
    await answer("Anna", "4", message_id="2")
    payload = asked["custom"]["buttons"][0]["payload"]
    tapped = json.loads(payload.removeprefix("/correct_answer"))
    entities = [{"entity": name, "value": value} for name, value in tapped.items()]

    await act(CorrectAnswer(), "Anna", payload, entities=entities, message_id="3")

    first, second = (item.id for item in get_instrument("interest").items[:2])
    assert newest_answers_of(chat, "Anna") == {first: 1, second: 4}


async def test_a_typed_correction_changes_the_last_answer(chat: Session) -> None:
    await answer("Anna", "4", message_id="1")
    await answer("Anna", "4", message_id="2")

    await act(CorrectAnswer(), "Anna", "ik bedoelde 2", message_id="3")

    assert list(newest_answers_of(chat, "Anna").values()) == [4, 2]


UNSURE = {"intent": {"name": "nlu_fallback"}}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("verdien je wat", ranking("ask_salary")),
        ("alles doet pijn", ranking("express_crisis")),
        ("/nlu_fallback", []),
    ],
    ids=["question", "danger", "something else"],
)
async def test_what_may_be_something_else_than_an_answer_is_asked_back(
    chat: Session, text: str, meant: list[dict[str, Any]]
) -> None:
    assert await act(AnswerCheckIn(), "Anna", text, **UNSURE, intent_ranking=meant) == []
    assert answers_of(chat, "Anna") == []


@pytest.mark.parametrize("meant", [[], ranking("answer_rating")], ids=["noise", "half an answer"])
async def test_an_unclear_answer_hears_what_the_scale_is(chat: Session, meant: list[dict[str, Any]]) -> None:
    (said,) = await act(AnswerCheckIn(), "Anna", "mwoah zo zo ish", **UNSURE, intent_ranking=meant)

    assert "Kies een cijfer" in said["custom"]["text"]
    assert said["custom"]["missed"] is True


async def test_an_answer_that_stays_unclear_hears_other_words_and_of_the_dean(chat: Session) -> None:
    talk, texts = Chat("Anna", form="check_in_form"), []

    for _ in range(4):
        await talk.hear(AnswerCheckIn(), "blurp", intent_ranking=[])
        texts.append(talk.texts[0])
        assert ("/request_talk" in talk.payloads) is (len(texts) > 1)

    assert all(set(sentences(before)).isdisjoint(sentences(after)) for before, after in pairwise(texts))
    assert all(longest_sentence(text) <= 15 for text in texts)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("doe de lange interessecheck", "long"),
        ("de check met 42 vragen graag", "long"),
        ("ik wil de check opnieuw doen", "anew"),
        ("interessecheck, ik verlang er zo naar", ""),
        ("ik heb een verlangen naar de interessecheck", ""),
    ],
)
def test_how_a_check_in_begins_follows_from_whole_words(text: str, way: str) -> None:
    message = {"text": text, "intent": {"name": "start_interest_check_in"}, "entities": []}

    assert way_asked(Tracker("anna", {}, message, [], False, None, {}, None)) == way
