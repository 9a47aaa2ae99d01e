from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import (
    MessageChanged,
    MessageEmpty,
    MessageTooLong,
    NotFound,
    PayloadNotOffered,
    SessionOver,
)
from guidance.models.conversations import Conversation, Turn
from guidance.replies import Button, Card, Reply
from guidance.services.check_in_runs import find_or_add_open_run
from guidance.services.conversations import (
    acceptable,
    answer_turn,
    end_conversation,
    forget_turn,
    get_conversation_by_token,
    list_messages,
    pupil_of,
    receive_message,
    start_conversation,
)
from guidance.services.welcome import welcome_replies
from guidance.settings import get_settings
from tests.people import MONDAY, pupil

HELLO = [
    Reply(
        "Hoi", buttons=(Button("Ja", "/affirm"),), cards=(Card("Kaart", buttons=(Button("Nee", "/deny"),)),)
    )
]
ANSWER = [Reply("Begrepen").as_message()]


@pytest.fixture
def own(session: Session) -> tuple[Conversation, str]:
    return start_conversation(session, pupil(session, "Anna"), HELLO, is_own_device=True, now=MONDAY)


def receive(session: Session, conversation: Conversation, now: datetime = MONDAY, **body: str | None) -> Turn:
    whole = {"text": None, "payload": None, "message_id": "m1", **body}
    return receive_message(session, conversation, now=now, **whole)  # type: ignore[arg-type]


class TestToken:
    def test_opens_its_own_conversation(self, session: Session, own: tuple[Conversation, str]) -> None:
        assert get_conversation_by_token(session, own[1], now=MONDAY) is own[0]
        assert pupil_of(session, own[0].engine_id).first_name == "Anna"

    def test_is_not_what_the_database_keeps(self, session: Session, own: tuple[Conversation, str]) -> None:
        assert own[1] not in (own[0].token_digest, own[0].id, own[0].engine_id)

    @pytest.mark.parametrize("token", ["", "onzin"], ids=["none", "unknown"])
    def test_opens_nothing_else(self, session: Session, own: tuple[Conversation, str], token: str) -> None:
        with pytest.raises(SessionOver):
            get_conversation_by_token(session, token, now=MONDAY)
        with pytest.raises(NotFound):
            pupil_of(session, token)

    def test_ends_after_twelve_hours(self, session: Session, own: tuple[Conversation, str]) -> None:
        late = MONDAY + timedelta(hours=get_settings().token_hours, seconds=1)

        with pytest.raises(SessionOver):
            get_conversation_by_token(session, own[1], now=late)

    @pytest.mark.parametrize(("is_own", "is_over"), [(True, False), (False, True)], ids=["own", "shared"])
    def test_ends_when_idle_on_a_shared_device_only(
        self, session: Session, is_own: bool, is_over: bool
    ) -> None:
        anna = pupil(session, "Anna")
        _, token = start_conversation(session, anna, HELLO, is_own_device=is_own, now=MONDAY)
        late = MONDAY + timedelta(minutes=get_settings().idle_minutes, seconds=1)

        if is_over:
            with pytest.raises(SessionOver):
                get_conversation_by_token(session, token, now=late)
        else:
            assert get_conversation_by_token(session, token, now=late)

    def test_ends_on_signing_out(self, session: Session, own: tuple[Conversation, str]) -> None:
        end_conversation(own[0], now=MONDAY)

        with pytest.raises(SessionOver):
            get_conversation_by_token(session, own[1], now=MONDAY)


class TestReceiveMessage:
    def test_stores_a_message_once(self, session: Session, own: tuple[Conversation, str]) -> None:
        first = receive(session, own[0], text="hoi")

        assert receive(session, own[0], text="hoi") is first

    def test_refuses_another_body_under_the_same_id(
        self, session: Session, own: tuple[Conversation, str]
    ) -> None:
        receive(session, own[0], text="hoi")

        with pytest.raises(MessageChanged):
            receive(session, own[0], text="dag")

    @pytest.mark.parametrize("payload", ["/affirm", "/deny"], ids=["under a message", "on a card"])
    def test_takes_a_button_that_was_offered(
        self, session: Session, own: tuple[Conversation, str], payload: str
    ) -> None:
        assert receive(session, own[0], payload=payload).payload == payload

    def test_refuses_a_button_that_was_not(self, session: Session, own: tuple[Conversation, str]) -> None:
        with pytest.raises(PayloadNotOffered):
            receive(session, own[0], payload="/restart")


class TestAcceptable:
    @pytest.mark.parametrize(
        "text", ["", " \n", "\u200b", "///"], ids=["empty", "blank", "hidden", "slashes"]
    )
    def test_refuses_a_text_without_words(self, text: str) -> None:
        with pytest.raises(MessageEmpty):
            acceptable(text)

    def test_refuses_more_than_a_thousand_characters(self) -> None:
        assert acceptable("a" * 1000)
        with pytest.raises(MessageTooLong):
            acceptable("a" * 1001)

    def test_keeps_emoji(self) -> None:
        assert acceptable("👍") == "👍"


class TestAnswerTurn:
    def test_lets_the_first_answer_stand(self, session: Session, own: tuple[Conversation, str]) -> None:
        turn = receive(session, own[0], text="hoi")

        answer_turn(session, turn.id, ANSWER, now=MONDAY)

        assert answer_turn(session, turn.id, [], now=MONDAY) == ANSWER

    def test_stores_nothing_for_a_turn_that_is_gone(self, session: Session) -> None:
        assert answer_turn(session, 12345, ANSWER, now=MONDAY) is None


class TestForgetTurn:
    def test_leaves_nothing_of_a_message_without_an_answer(
        self, session: Session, own: tuple[Conversation, str]
    ) -> None:
        forget_turn(session, receive(session, own[0], text="hoi").id)
        session.flush()

        assert session.scalars(select(Turn.message_id)).all() == ["welcome"]

    def test_keeps_what_was_answered(self, session: Session, own: tuple[Conversation, str]) -> None:
        turn = receive(session, own[0], text="hoi")
        answer_turn(session, turn.id, ANSWER, now=MONDAY)

        forget_turn(session, turn.id)
        session.flush()

        assert len(session.scalars(select(Turn)).all()) == 2


def test_lists_what_was_said_with_the_title_of_a_button(
    session: Session, own: tuple[Conversation, str]
) -> None:
    turn = receive(session, own[0], payload="/affirm")
    answer_turn(session, turn.id, ANSWER, now=MONDAY)
    receive(session, own[0], text="nog iets", message_id="m2")
    session.expire_all()

    said = [(message["from"], message["text"]) for message in list_messages(own[0])]

    assert said == [("assistant", "Hoi"), ("pupil", "Ja"), ("assistant", "Begrepen")]


class TestWelcome:
    def test_offers_what_can_be_done(self, session: Session) -> None:
        replies = welcome_replies(session, pupil(session, "Anna"), now=MONDAY)

        assert "/start_interest_check_in" in [button.payload for button in replies[-1].buttons]

    def test_offers_an_open_check_in_first(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        find_or_add_open_run(session, anna, now=MONDAY)

        assert "staat nog open" in welcome_replies(session, anna, now=MONDAY)[-1].text
