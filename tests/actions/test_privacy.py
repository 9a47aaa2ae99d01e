"""Privacy in the chat: who reads what, and erasing on a second yes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from actions.privacy import EraseMyData, ExplainPrivacy, ShowMyData
from guidance import clock, database
from guidance.models.check_in import CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.models.pupil import Pupil
from guidance.models.safety import SafetyNotice
from guidance.services.accounts import add_anonymous_pupil
from guidance.settings import get_settings
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence

YES, NO = '/delete_my_data{"confirmed": "yes"}', '/delete_my_data{"confirmed": "no"}'


@pytest.fixture
def engine_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The engine's store with one event of Anna."""
    path = tmp_path / "engine.sqlite"
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT)")
        store.execute("INSERT INTO events (sender_id) VALUES ('anna')")
    store.close()
    monkeypatch.setenv("GUIDANCE_ENGINE_DATABASE", str(path))
    get_settings.cache_clear()
    yield path
    get_settings.cache_clear()


@pytest.fixture
def chat(
    session: Session, sessions: sessionmaker[Session], engine_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Session:
    """Anna in a check-in and an anonymous visitor; their engine ids are "anna" and "visitor"."""
    anna = pupil(session, "Anna")
    visitor = add_anonymous_pupil(session, anna.school, now=MONDAY)
    session.add(CheckInRun(pupil=anna, instrument="interest", version="interest-short-1", started_at=MONDAY))
    session.add_all([_talk("anna", anna), _talk("visitor", visitor)])
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return session


def _talk(engine_id: str, someone: Pupil) -> Conversation:
    turn = Turn(message_id="m1", body_digest="x", payload=YES, received_at=MONDAY)
    return Conversation(
        id=engine_id,
        engine_id=engine_id,
        pupil=someone,
        token_digest=engine_id,
        started_at=MONDAY,
        last_message_at=MONDAY,
        turns=[turn],
    )


class Said(dict[str, Any]):
    """What was said in one message, and the events of the action."""

    events: list[dict[str, Any]]


async def run(action: Action, engine_id: str = "anna", confirmed: str | None = None) -> Said:
    entities = [{"entity": "confirmed", "value": confirmed}] if confirmed else []
    dispatcher = CollectingDispatcher()
    events = await action.run(
        dispatcher, Tracker(engine_id, {}, {"entities": entities}, [], False, None, {}, None), {}
    )
    (message,) = dispatcher.messages
    said = Said(message["custom"])
    said.events = events
    return said


class TestExplainPrivacy:
    async def test_says_who_reads_what_and_how_long_it_is_kept(self, chat: Session) -> None:
        said = await run(ExplainPrivacy())

        assert "Je decaan leest alleen wat jij in je samenvatting deelt." in said["text"]
        (card,) = said["cards"]
        assert card["url"] == "/leerling/gegevens"
        assert ("Wat je typt in de chat", "28 dagen na je laatste bericht") in card["rows"]
        assert len(card["rows"]) == 8

    async def test_tells_an_anonymous_visitor_that_nobody_knows_who_it_is(self, chat: Session) -> None:
        assert "Ik weet niet wie je bent." in (await run(ExplainPrivacy(), "visitor"))["text"]


async def test_leads_to_the_page_with_everything_stored(chat: Session) -> None:
    cards = (await run(ShowMyData()))["cards"]

    assert [card["url"] for card in cards] == ["/leerling/gegevens", "/leerling/loopbaandossier"]


async def test_leads_an_anonymous_visitor_to_no_career_file(chat: Session) -> None:
    cards = (await run(ShowMyData(), "visitor"))["cards"]

    assert [card["url"] for card in cards] == ["/leerling/gegevens"]


class TestEraseMyData:
    async def test_asks_first_and_erases_nothing(self, chat: Session) -> None:
        said = await run(EraseMyData())

        assert "Dit kun je niet terugdraaien." in said["text"]
        assert [button["payload"] for button in said["buttons"]] == [YES, NO]
        assert len(chat.scalars(select(CheckInRun)).all()) == 1

    async def test_erases_both_stores_after_a_yes_and_ends_the_check_in(
        self, chat: Session, engine_database: Path
    ) -> None:
        said = await run(EraseMyData(), confirmed="yes")

        assert said["text"].startswith("Alles is gewist.")
        assert {event.get("name", "") for event in said.events} == {None, "requested_slot"}
        assert chat.scalars(select(CheckInRun)).all() == []
        store = sqlite3.connect(engine_database)
        assert store.execute("SELECT * FROM events").fetchall() == []
        store.close()

    async def test_leaves_the_talk_nameless(self, chat: Session) -> None:
        await run(EraseMyData(), confirmed="yes")

        chat.expire_all()
        talk = chat.get(Conversation, "anna")
        assert talk is not None
        assert talk.pupil.is_anonymous
        assert talk.engine_id != "anna"

    async def test_erases_nothing_after_a_no(self, chat: Session) -> None:
        said = await run(EraseMyData(), confirmed="no")

        assert said["text"] == "Goed, ik wis niets. Alles blijft zoals het was."
        assert len(chat.scalars(select(CheckInRun)).all()) == 1

    async def test_tells_that_an_open_notice_stays_and_for_how_long_at_most(self, chat: Session) -> None:
        chat.add(SafetyNotice(pupil=pupil(chat, "Anna"), kind="threat", created_at=MONDAY))
        chat.commit()

        assert "hooguit 2 jaar" in (await run(EraseMyData(), confirmed="yes"))["text"]

    async def test_erases_for_an_anonymous_visitor_too(self, chat: Session) -> None:
        assert "opnieuw beginnen" in (await run(EraseMyData(), "visitor", "yes"))["text"]


async def test_speaks_in_short_sentences(chat: Session) -> None:
    texts = [
        (await run(action, who))["text"]
        for action in (ExplainPrivacy(), EraseMyData())
        for who in ("anna", "visitor")
    ]
    texts.append((await run(EraseMyData(), confirmed="yes"))["text"])

    assert all(longest_sentence(text) <= 15 for text in texts)
