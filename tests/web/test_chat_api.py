"""The chat API, a test for every status it names."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from guidance.models.conversations import Conversation, Turn
from guidance.models.safety import SafetyNotice
from guidance.models.school import School
from guidance.replies import ASKED, Button, Reply
from guidance.safety_replies import concern_reply
from guidance.services.conversations import forget_turn
from guidance.settings import Settings
from tests.people import ANNAS_CODE, BILALS_CODE
from tests.web.browser import Browser
from tests.web.engine import FakeEngine

DANGER = "ik wil niet meer leven"
BUTTON = {"title": "Ja", "payload": "/affirm"}


class Talk:
    """A conversation over the API."""

    def __init__(self, client: TestClient, code: str | None = ANNAS_CODE) -> None:
        self.client = client
        started = client.post("/api/v1/conversations", json={"school": "vechtdal", "pupil_code": code})
        assert started.status_code == 201
        self.started = started.json()
        self.address = f"/api/v1/conversations/{self.started['conversation_id']}/messages"
        self.headers = {"Authorization": f"Bearer {self.started['token']}"}

    def send(self, message_id: str = "m1", **body: Any) -> Any:
        return self.client.post(self.address, json={"message_id": message_id, **body}, headers=self.headers)

    def all(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(self.address, headers=self.headers).json()["messages"]
        return found


@pytest.fixture
def client(visit: Callable[[], Browser]) -> TestClient:
    return visit().client


@pytest.fixture
def talk(client: TestClient, engine_server: FakeEngine) -> Talk:
    return Talk(client)


def refused(response: Any, status: int) -> bool:
    body = response.json()
    return response.status_code == status and {"error", "message"} <= set(body) and len(body["message"]) > 10


class TestStart:
    def test_says_what_it_is_and_greets_by_name(self, talk: Talk) -> None:
        texts = " ".join(message["text"] for message in talk.started["messages"])

        assert "Anna" in texts
        assert "computerprogramma" in texts
        assert "decaan leest dit gesprek niet" in texts

    def test_lets_anyone_in_without_a_name(self, client: TestClient, engine_server: FakeEngine) -> None:
        talk = Talk(client, code=None)

        assert "anoniem" in talk.started["messages"][0]["text"]

    def test_refuses_an_unknown_school_with_404(self, client: TestClient) -> None:
        assert refused(
            client.post("/api/v1/conversations", json={"school": "nergens", "pupil_code": None}), 404
        )

    @pytest.mark.parametrize("code", ["FOUT-0000", ""], ids=["wrong", "empty"])
    def test_refuses_a_wrong_code_with_401(self, client: TestClient, code: str) -> None:
        body = {"school": "vechtdal", "pupil_code": code}

        assert refused(client.post("/api/v1/conversations", json=body), 401)

    def test_refuses_a_school_without_two_contacts_with_503(self, client: TestClient) -> None:
        assert refused(
            client.post("/api/v1/conversations", json={"school": "elders", "pupil_code": None}), 503
        )

    def test_refuses_a_body_of_another_shape_with_422(self, client: TestClient) -> None:
        assert refused(client.post("/api/v1/conversations", json={"code": 3}), 422)


class TestSend:
    def test_shows_no_mark_that_is_meant_for_the_engine(self, talk: Talk, engine_server: FakeEngine) -> None:
        said = Reply("Is het dit?", buttons=(Button(**BUTTON),), mark=ASKED).as_message()
        engine_server.answers = [{"custom": said}]

        (shown,) = talk.send(text="geld").json()["messages"]

        assert shown["text"] == "Is het dit?"
        assert ASKED in said
        assert ASKED not in shown | talk.all()[-1]

    def test_answers_and_remembers(self, talk: Talk, engine_server: FakeEngine) -> None:
        answered = talk.send(text="hoi")

        assert answered.status_code == 200
        assert [message["text"] for message in answered.json()["messages"]] == ["Begrepen."]
        assert [message["from"] for message in talk.all()][-2:] == ["pupil", "assistant"]
        assert engine_server.heard[0]["metadata"] == {"message_id": "m1"}

    def test_gives_the_same_answer_to_the_same_message(self, talk: Talk, engine_server: FakeEngine) -> None:
        first = talk.send(text="hoi").json()
        engine_server.answers = [{"text": "Iets anders."}]

        assert talk.send(text="hoi").json() == first
        assert len(engine_server.heard) == 1

    def test_refuses_another_body_under_the_same_id_with_409(self, talk: Talk) -> None:
        talk.send(text="hoi")

        assert refused(talk.send(text="dag"), 409)

    def test_refuses_without_token_with_401(self, talk: Talk) -> None:
        talk.headers = {}

        assert refused(talk.send(text="hoi"), 401)
        assert refused(talk.client.get(talk.address), 401)

    def test_refuses_the_token_of_another_conversation_with_403(self, talk: Talk) -> None:
        other = Talk(talk.client, BILALS_CODE)
        other.address = talk.address

        assert refused(other.send(text="hoi"), 403)
        assert refused(other.client.get(talk.address, headers=other.headers), 403)

    def test_refuses_more_than_64_kilobytes_with_413(self, talk: Talk) -> None:
        assert refused(talk.send(text="a" * 70_000), 413)

    @pytest.mark.parametrize(
        "text", ["", "   ", "\u200b", "a" * 1001], ids=["empty", "blank", "hidden", "long"]
    )
    def test_refuses_empty_and_long_texts_with_422(self, talk: Talk, text: str) -> None:
        assert refused(talk.send(text=text), 422)

    def test_takes_a_thousand_characters(self, talk: Talk) -> None:
        assert talk.send(text="a" * 1000).status_code == 200

    def test_refuses_a_button_that_was_not_offered_with_422(
        self, talk: Talk, engine_server: FakeEngine
    ) -> None:
        assert refused(talk.send(payload="/restart"), 422)
        assert engine_server.heard == []

    def test_takes_a_button_that_was_offered(self, talk: Talk, engine_server: FakeEngine) -> None:
        engine_server.answers = [{"text": "Wil je dat?", "buttons": [BUTTON]}]
        talk.send(text="hoi")

        assert talk.send("m2", payload="/affirm").status_code == 200
        assert engine_server.heard[-1]["message"] == "/affirm"
        assert [message["text"] for message in talk.all()][-2] == "Ja"

    def test_never_lets_an_order_to_the_engine_through(self, talk: Talk, engine_server: FakeEngine) -> None:
        talk.send(text="/restart")

        assert engine_server.heard[0]["message"] == "restart"

    def test_refuses_haste_with_429(self, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "guidance.services.conversations.get_settings", lambda: Settings(messages_per_minute=1)
        )
        talk.send(text="hoi")

        answer = talk.send("m2", text="hoi")

        assert refused(answer, 429)
        assert int(answer.headers["Retry-After"]) > 0

    @pytest.mark.parametrize(("status", "answers"), [(500, []), (200, [])], ids=["broken", "silent"])
    def test_says_503_and_keeps_nothing_when_the_engine_fails(
        self, talk: Talk, engine_server: FakeEngine, status: int, answers: list[dict[str, Any]]
    ) -> None:
        engine_server.status, engine_server.answers = status, answers

        assert refused(talk.send(text="hoi"), 503)
        assert len(talk.all()) == len(talk.started["messages"])

        engine_server.status, engine_server.answers = 200, [{"text": "Begrepen."}]
        assert talk.send(text="hoi").status_code == 200

    def test_says_503_when_another_request_gave_up_on_the_same_message(
        self, talk: Talk, engine_server: FakeEngine, sessions: sessionmaker[Session]
    ) -> None:
        def give_up() -> None:
            with sessions.begin() as session:
                (waiting,) = session.scalars(select(Turn.id).where(Turn.answered_at.is_(None)))
                forget_turn(session, waiting)

        engine_server.meanwhile = give_up

        assert refused(talk.send(text="hoi"), 503)
        engine_server.meanwhile = lambda: None
        assert talk.send(text="hoi").status_code == 200

    def test_says_401_when_everything_was_erased_meanwhile(
        self, talk: Talk, engine_server: FakeEngine, sessions: sessionmaker[Session]
    ) -> None:
        def erase() -> None:
            with sessions.begin() as session:
                session.execute(delete(Conversation))

        engine_server.meanwhile = erase

        assert refused(talk.send(text="hoi"), 401)

    @pytest.mark.parametrize("message_id", ["a\x00b", "a\ud800", "a\u202e", "a\n"])
    def test_refuses_an_id_that_cannot_be_kept_with_422(self, talk: Talk, message_id: str) -> None:
        body = json.dumps({"message_id": message_id, "text": "hoi"})
        headers = talk.headers | {"Content-Type": "application/json"}

        assert refused(talk.client.post(talk.address, content=body, headers=headers), 422)

    def test_keeps_phone_mail_and_bsn_from_the_engine_and_the_database(
        self, talk: Talk, engine_server: FakeEngine, session: Session
    ) -> None:
        talk.send(text="bel 06-12345678 of mail anna@voorbeeld.nl, bsn 111222333")

        kept = session.scalars(select(Turn.text).where(Turn.message_id == "m1")).one()
        for secret in ("12345678", "anna@", "111222333"):
            assert secret not in engine_server.heard[0]["message"]
            assert secret not in str(kept)


class TestDanger:
    def test_is_answered_without_engine_and_reaches_the_contact(
        self, talk: Talk, engine_server: FakeEngine, sessions: sessionmaker[Session]
    ) -> None:
        engine_server.status = 500

        answer = talk.send(text=DANGER)

        assert answer.status_code == 200
        assert all(
            line in answer.json()["messages"][0]["text"] for line in ("112", "113", "0800-0432", "Jansen")
        )
        with sessions() as session:
            assert len(session.scalars(select(SafetyNotice)).all()) == 1
        assert engine_server.heard == []

    @pytest.mark.parametrize("text", ["ja", "Nee.", "ok"])
    def test_a_bare_answer_to_the_help_lines_stays_with_them(
        self, talk: Talk, engine_server: FakeEngine, text: str
    ) -> None:
        talk.send("m2", text=DANGER)

        (said,) = talk.send("m3", text=text).json()["messages"]

        assert said["text"].startswith("Ik lees wat je zegt.")
        assert said["buttons"] == []
        assert engine_server.heard == []

    def test_so_does_the_next_one(self, talk: Talk, engine_server: FakeEngine) -> None:
        talk.send(text=DANGER)
        talk.send("m2", text="ja")

        assert "0800-0432" in talk.send("m3", text="nee").json()["messages"][0]["text"]
        assert engine_server.heard == []

    def test_a_yes_after_a_hint_does_so_too_and_a_no_goes_on(
        self, talk: Talk, engine_server: FakeEngine
    ) -> None:
        engine_server.answers = [{"text": concern_reply().text}]
        talk.send("m4", text="niemand snapt mij")
        engine_server.answers = [{"text": "Begrepen."}]

        assert "0800-0432" in talk.send("m5", text="jaa").json()["messages"][0]["text"]
        assert talk.send("m6", text="nee").json()["messages"][0]["text"] == "Begrepen."
        assert talk.send("m7", text="ja").json()["messages"][0]["text"] == "Begrepen."

    def test_anything_else_goes_on(self, talk: Talk, engine_server: FakeEngine) -> None:
        talk.send("m8", text=DANGER)

        assert talk.send("m9", text="hoe lang duurt de pabo").json()["messages"][0]["text"] == "Begrepen."

    def test_a_yes_to_the_question_after_the_help_lines_answers_that(
        self, talk: Talk, engine_server: FakeEngine
    ) -> None:
        engine_server.answers = [{"text": concern_reply().text}, {"text": "Hoe leuk vind je dit?"}]
        talk.send("m10", text="niemand snapt mij")
        engine_server.answers = [{"text": "Begrepen."}]

        assert talk.send("m11", text="ja").json()["messages"][0]["text"] == "Begrepen."

    def test_is_notified_once_for_a_message_sent_twice(
        self, talk: Talk, sessions: sessionmaker[Session]
    ) -> None:
        assert talk.send(text=DANGER).json() == talk.send(text=DANGER).json()

        with sessions() as session:
            assert len(session.scalars(select(SafetyNotice)).all()) == 1

    def test_of_an_anonymous_visitor_tells_nobody_and_says_so(
        self, client: TestClient, engine_server: FakeEngine, sessions: sessionmaker[Session]
    ) -> None:
        answer = Talk(client, code=None).send(text=DANGER)

        assert "Ik weet niet wie je bent" in answer.json()["messages"][0]["text"]
        with sessions() as session:
            assert session.scalars(select(SafetyNotice)).all() == []

    @pytest.mark.parametrize(
        "text",
        [DANGER + " a" * 700, DANGER, "x " * 30_000 + DANGER],
        ids=["too long", "no token", "too large"],
    )
    def test_is_answered_whatever_else_is_wrong(self, talk: Talk, text: str) -> None:
        if text == DANGER:
            talk.headers = {}

        answer = talk.send(text=text)

        assert answer.status_code == 200
        assert "113" in answer.json()["messages"][0]["text"]

    @pytest.mark.parametrize(
        "body",
        [{"message_id": ""}, {"message_id": "m" * 101}, {"payload": "/affirm"}],
        ids=["no id", "long id", "a button too"],
    )
    def test_is_answered_in_a_message_of_the_wrong_shape(self, talk: Talk, body: dict[str, str]) -> None:
        answer = talk.send(**{"message_id": "m1", "text": DANGER, **body})

        assert "113" in answer.json()["messages"][0]["text"]
        assert refused(talk.send(**{"message_id": "m2", "text": "hoi", **body}), 422)

    def test_is_answered_when_the_chat_is_off(self, talk: Talk, sessions: sessionmaker[Session]) -> None:
        with sessions.begin() as session:
            session.scalars(
                select(School).where(School.code == "vechtdal")
            ).one().chat_closed_because = "storing"

        assert talk.send(text=DANGER).status_code == 200
        assert refused(talk.send("m2", text="hoi"), 503)

    def test_is_answered_when_haste_would_be_refused(
        self, talk: Talk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "guidance.services.conversations.get_settings", lambda: Settings(messages_per_minute=0)
        )

        assert talk.send(text=DANGER).status_code == 200

    def test_is_answered_when_the_database_is_broken(
        self, talk: Talk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> None:
            raise OSError("disk")

        for room in ("web.danger", "web.turns"):
            monkeypatch.setattr(f"{room}.transaction", broken)

        answer = talk.send(text=DANGER)

        assert answer.status_code == 200
        assert "Ik kan op dit moment niemand op school bereiken" in answer.json()["messages"][0]["text"]

    def test_reaches_the_contact_under_an_id_used_before(
        self, talk: Talk, sessions: sessionmaker[Session]
    ) -> None:
        talk.send(text="hoi")

        assert talk.send(text=DANGER).json() == talk.send(text=DANGER).json()

        with sessions() as session:
            assert len(session.scalars(select(SafetyNotice)).all()) == 1
        assert "113" in talk.all()[-1]["text"]

    def test_reaches_the_contact_at_the_second_try_when_the_first_failed(
        self, talk: Talk, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_values: Any, **_more: Any) -> None:
            raise OSError("disk")

        with monkeypatch.context() as patch:
            patch.setattr("web.danger.notify_contact", broken)
            first = talk.send(text=DANGER).json()["messages"][0]["text"]
        second = talk.send(text=DANGER).json()["messages"][0]["text"]

        assert "Jansen" not in first
        assert "Jansen" in second
        with sessions() as session:
            assert len(session.scalars(select(SafetyNotice)).all()) == 1

    def test_veiled_gets_the_help_lines_first_and_the_answer_after(
        self, talk: Talk, sessions: sessionmaker[Session]
    ) -> None:
        answered = talk.send(text="ik zie het even niet meer zitten").json()["messages"]

        assert "0800-0432" in answered[0]["text"]
        assert answered[1]["text"] == "Begrepen."
        with sessions() as session:
            assert session.scalars(select(SafetyNotice)).all() == []

    def test_veiled_gets_the_help_lines_once_when_the_engine_says_them_too(
        self, talk: Talk, engine_server: FakeEngine
    ) -> None:
        lines = talk.send(text="ik zie het even niet meer zitten").json()["messages"][0]
        engine_server.answers = [{"custom": lines}]

        assert talk.send("m2", text="ik zie het even niet meer zitten").json()["messages"] == [lines]


def test_the_engine_never_learns_the_public_id(
    talk: Talk, engine_server: FakeEngine, session: Session
) -> None:
    talk.send(text="hoi")

    conversation = session.scalars(select(Conversation)).one()
    assert engine_server.heard[0]["sender"] == conversation.engine_id != conversation.id


def test_documents_itself(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]

    send = paths["/api/v1/conversations/{conversation_id}/messages"]["post"]
    assert {"200", "401", "403", "409", "413", "422", "429", "503"} <= set(send["responses"])
