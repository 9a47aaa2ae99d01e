"""Two questions in one message, with what the engine would have heard."""

from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session, sessionmaker

from actions.check_in import AnswerCheckIn
from actions.courtesy import ReturnCourtesy
from actions.knowledge import AnswerQuestion
from actions.no_question import SayNoQuestionOpen
from actions.privacy import ExplainPrivacy
from actions.second_question import OfferSecondQuestion
from guidance import clock, database
from guidance.models.conversations import Conversation, Turn
from guidance.services.check_in_runs import find_or_add_open_run
from tests.actions.chat import Chat
from tests.people import MONDAY, pupil

TEXT = "hoi wat kost de pabo en hoe lang duurt het"


@pytest.fixture(autouse=True)
def people(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Session:
    """Anna in a talk, with an open check-in."""
    times = {"started_at": MONDAY, "last_message_at": MONDAY}
    anna = pupil(session, "Anna")
    find_or_add_open_run(session, anna, now=MONDAY)
    talk = Conversation(id="anna", engine_id="anna", pupil=anna, token_digest="anna", **times)
    talk.turns.append(Turn(message_id="1", body_digest="", text="4", received_at=MONDAY))
    session.add(talk)
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return session


def heard(intent: str, also: str | None, **named: str) -> dict[str, Any]:
    second = {"intent": also, "text": "hoe lang duurt het", "confidence": 0.8} if also else None
    return {"intent": {"name": intent}, "also_asked": second, "named": named, "text": TEXT}


async def test_answers_two_questions_of_knowledge_one_after_the_other() -> None:
    both, first, second = Chat(), Chat(), Chat()

    await first.hear(AnswerQuestion(), **heard("ask_study_costs", None, kind="pabo"))
    await second.hear(AnswerQuestion(), **heard("ask_study_duration", None, kind="pabo"))
    await both.hear(AnswerQuestion(), **heard("ask_study_costs", "ask_study_duration", kind="pabo"))

    assert both.texts == first.texts + second.texts


async def test_offers_a_second_question_of_another_kind() -> None:
    chat = Chat()

    await chat.hear(AnswerQuestion(), **heard("ask_study_costs", "find_programmes", place="Ommen"))

    assert chat.texts[-1].startswith("Je vroeg ook iets anders.")
    assert chat.payloads[-1] == '/find_programmes{"place": "Ommen"}'


async def test_offers_after_what_another_action_said() -> None:
    chat = Chat()

    await chat.hear(ExplainPrivacy(), **heard("ask_privacy", "ask_salary"))

    assert chat.payloads[-1] == "/ask_salary"


@pytest.mark.parametrize("also", [None, "ask_privacy", "insult", "express_crisis", "greet", "affirm"])
async def test_says_nothing_more_without_a_second_question_that_may_be_offered(also: str | None) -> None:
    with_second, alone = Chat(), Chat()

    await alone.hear(ExplainPrivacy(), **heard("ask_privacy", None))
    await with_second.hear(ExplainPrivacy(), **heard("ask_privacy", also))

    assert with_second.texts == alone.texts


async def test_follows_a_fixed_turn() -> None:
    chat = Chat()

    await chat.hear(OfferSecondQuestion(), **heard("express_doubt", "ask_salary"))
    assert chat.payloads == ["/ask_salary"]
    await chat.hear(OfferSecondQuestion(), **heard("express_doubt", None))

    assert chat.messages == []


@pytest.mark.parametrize(
    ("action", "intent"),
    [(ReturnCourtesy(), "greet"), (ReturnCourtesy(), "thank"), (SayNoQuestionOpen(), "affirm")],
    ids=["greet", "thank", "affirm"],
)
async def test_a_question_beside_a_greeting_thanks_or_yes_is_answered_right_away(
    action: Action, intent: str
) -> None:
    chat, plain = Chat(), Chat()

    await plain.hear(AnswerQuestion(), **heard("ask_study_duration", None, kind="pabo"))
    await chat.hear(action, **heard(intent, "ask_study_duration", kind="pabo"))

    assert chat.texts == plain.texts
    assert chat.responses == []


async def test_a_search_beside_a_greeting_is_done_right_away() -> None:
    chat = Chat()

    await chat.hear(ReturnCourtesy(), **heard("greet", "find_programmes", place="Ommen", kind="pabo"))

    assert "van Ommen" in chat.texts[0]


async def test_what_begins_something_is_offered_after_the_greeting() -> None:
    chat = Chat()

    await chat.hear(ReturnCourtesy(), **heard("greet", "request_talk"))

    assert chat.responses == ["utter_greet"]
    assert chat.payloads == ["/request_talk"]


async def test_a_question_beside_an_answer_in_a_check_in_is_offered_once_the_answer_is_stored() -> None:
    chat = Chat(form="check_in_form")
    both = {**heard("answer_rating", "ask_salary"), "text": "4", "metadata": {"message_id": "1"}}

    await chat.hear(AnswerCheckIn(), **both)

    assert chat.payloads == ["/ask_salary"]


async def test_a_question_left_to_its_own_action_is_not_offered_by_the_check_in() -> None:
    chat = Chat(form="check_in_form")

    assert await chat.hear(AnswerCheckIn(), **heard("ask_salary", "ask_study_duration")) == []
    assert chat.messages == []


async def test_says_a_failure_and_still_offers_the_second() -> None:
    dispatcher = CollectingDispatcher()
    message = {
        "intent": {"name": "ask_privacy"},
        "text": "",
        "entities": [],
        "also_asked": heard("", "ask_salary")["also_asked"],
    }

    await ExplainPrivacy().run(dispatcher, Tracker("nobody", {}, message, [], False, None, {}, None), {})

    assert [said["custom"]["buttons"] != () for said in dispatcher.messages] == [False, True]
