"""An answer when nothing was asked; a question beside it stands in test_second_question.py."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from actions.check_in_turns import ExplainQuestion
from actions.clarify import Clarify
from actions.no_question import SayNoQuestionOpen
from guidance import clock, database
from guidance.models.conversations import Conversation
from guidance.services.check_in_runs import find_or_add_open_run
from tests.actions.chat import Chat, ranking
from tests.people import MONDAY, pupil


@pytest.fixture(autouse=True)
def people(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> None:
    """Anna with an open check-in, and Bilal without; their engine ids are their names."""
    find_or_add_open_run(session, pupil(session, "Anna"), now=MONDAY)
    times = {"started_at": MONDAY, "last_message_at": MONDAY}
    for name in ("Anna", "Bilal"):
        someone = pupil(session, name)
        session.add(Conversation(id=name, engine_id=name, pupil=someone, token_digest=name, **times))
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.mark.parametrize(
    ("said", "intent"), [("stop", "stop_task"), ("ja", "affirm"), ("4", "answer_rating")]
)
async def test_an_open_check_in_is_offered_when_nothing_was_asked(said: str, intent: str) -> None:
    chat = Chat("Anna")

    await chat.hear(SayNoQuestionOpen(), said, intent={"name": intent})

    assert "/start_interest_check_in" in chat.payloads


@pytest.mark.parametrize(("said", "intent"), [("/stop_task", "stop_task"), ("nee", "deny")])
async def test_who_turns_the_offer_down_is_not_asked_again(said: str, intent: str) -> None:
    chat = Chat("Anna")

    await chat.hear(SayNoQuestionOpen(), said, intent={"name": intent})

    assert chat.responses == ["utter_no_question_open"]


async def test_without_an_open_check_in_it_says_that_nothing_was_asked() -> None:
    chat = Chat("Bilal")

    await chat.hear(SayNoQuestionOpen(), "ja", intent={"name": "affirm"})

    assert chat.responses == ["utter_no_question_open"]


async def test_who_does_not_understand_an_answer_is_asked_what_is_unclear() -> None:
    chat = Chat("Bilal")

    await chat.hear(ExplainQuestion(), "wat bedoel je", intent={"name": "explain_question"})

    assert chat.responses == ["utter_say_what_is_unclear"]


async def test_yes_to_two_meanings_is_asked_which() -> None:
    chat = Chat("Bilal")

    await chat.hear(Clarify(), intent_ranking=ranking("ask_study_costs", "ask_study_finance"))
    offered = chat.payloads
    await chat.hear(SayNoQuestionOpen(), "ja", intent={"name": "affirm"})

    assert chat.texts == ["Welke van de twee bedoel je?"]
    assert chat.payloads == offered
