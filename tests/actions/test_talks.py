"""Asking for a talk in the chat and telling what it is about: what is said, and what is stored."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from actions.talks import (
    AnswerTalkWords,
    AskTalkWords,
    AskTalkWordsCheck,
    ExplainTalkWords,
    KeepTalkWords,
    LeaveTalkWords,
    PrepareTalk,
    RequestTalk,
)
from guidance import clock, database
from guidance.models.conversations import Conversation, Turn
from guidance.models.pupil import Pupil
from guidance.models.talks import Summary, TalkRequest
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.summary import get_own_summary, share_summary, strike_line
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence, reading_ease


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


WORDS = "ik twijfel tussen de pabo en de alo"
EMPTY = {"talk_words": None, "talk_words_check": None}
SKIPPED = {"talk_words": "skipped", "talk_words_check": "skipped"}


@dataclass
class Talk:
    """A talk with the action server in which a form asks for the words; slots stay from turn to turn."""

    engine_id: str = "anna"
    slots: dict[str, Any] = field(default_factory=lambda: {**EMPTY, "requested_slot": "talk_words"})
    events: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    message: dict[str, Any] = field(
        default_factory=lambda: {"intent": {"name": "request_talk"}, "entities": []}
    )

    async def run(self, action: Action) -> list[dict[str, Any]]:
        tracker = Tracker(self.engine_id, self.slots, self.message, self.events, False, None, {}, None)
        dispatcher = CollectingDispatcher()
        events: list[dict[str, Any]] = await action.run(dispatcher, tracker, {})
        self.said = [message["custom"] for message in dispatcher.messages]
        self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        return events

    def hear(self, text: str, intent: str = "give_words", message_id: str = "m1", **entities: str) -> None:
        found = [{"entity": name, "value": value} for name, value in entities.items()]
        metadata = {"message_id": message_id}
        self.message = {"text": text, "intent": {"name": intent}, "entities": found, "metadata": metadata}
        self.events.append({"event": "user", "text": text, "parse_data": self.message})

    async def answer(self, text: str, intent: str = "give_words", **entities: str) -> dict[str, Any]:
        """Say something to the form, and return what it now knows."""
        self.hear(text, intent, **entities)
        events = await self.run(AnswerTalkWords())
        return {event["name"]: event["value"] for event in events}

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.said)

    @property
    def titles(self) -> list[str]:
        return [button["title"] for message in self.said for button in message["buttons"]]


@pytest.fixture
def talk(chat: Session) -> Talk:
    return Talk()


def stored_words(chat: Session) -> list[str | None]:
    chat.rollback()
    return [request.words for request in chat.scalars(select(TalkRequest))]


def receive(chat: Session, *message_ids: str) -> None:
    """Note that the web waits for an answer to these messages."""
    chat.add_all(
        Turn(conversation_id="anna", message_id=one, body_digest="", text="?", received_at=MONDAY)
        for one in message_ids
    )
    chat.commit()


async def confirm(talk: Talk, chat: Session, words: str = WORDS, message_id: str = "m2") -> None:
    talk.slots["requested_slot"] = "talk_words"
    await talk.answer(words)
    receive(chat, message_id)
    talk.slots["requested_slot"] = "talk_words_check"
    talk.hear("/affirm", "affirm", message_id)
    await talk.run(AnswerTalkWords())
    await talk.run(KeepTalkWords())


class TestAskTalkWords:
    async def test_asks_what_the_talk_is_about_and_may_be_skipped(self, talk: Talk) -> None:
        await talk.run(RequestTalk())
        await talk.run(AskTalkWords())

        assert talk.text.startswith("Waar wil je het over hebben?")
        assert "Je decaan leest het pas als jij het deelt." in talk.text
        assert talk.titles == ["Overslaan"]

    async def test_shows_what_was_written_before(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, chat)

        await talk.run(AskTalkWords())

        assert f"“{WORDS}”" in talk.text

    async def test_closes_for_a_visitor_who_has_no_talk(self, chat: Session) -> None:
        talk = Talk("visitor")

        events = await talk.run(AskTalkWords())

        assert [event["event"] for event in events] == ["active_loop", "slot"]
        assert (talk.said, talk.slots["requested_slot"]) == ([], None)

    async def test_closes_when_the_summary_is_with_the_dean(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        share_summary(chat, pupil(chat, "Anna"), now=MONDAY)
        chat.commit()

        await talk.run(AskTalkWords())

        assert talk.slots["requested_slot"] is None


class TestAnswerTalkWords:
    async def test_takes_words_and_shows_them_back(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())

        assert await talk.answer(WORDS) == {"talk_words": "given"}
        await talk.run(AskTalkWordsCheck())

        assert talk.text == f"Dit schreef je:\n“{WORDS}”\nKlopt dit?"
        assert talk.titles == ["Ja", "Anders opschrijven", "Overslaan"]
        assert stored_words(chat) == [None]

    async def test_asks_anew_when_the_words_are_too_long(self, talk: Talk) -> None:
        assert await talk.answer("a" * 301) == {"talk_words": None}
        assert talk.text.startswith("Dat is te lang. Maak het korter dan 300 tekens.")

    @pytest.mark.parametrize("slot", ["talk_words", "talk_words_check"])
    @pytest.mark.parametrize(
        ("text", "intent", "rating"),
        [
            ("/answer_unsure", "answer_unsure", "skip"),
            ("sla maar over", "give_words", ""),
            ("sla over", "answer_unsure", ""),
        ],
        ids=["button", "words", "words at the check"],
    )
    async def test_passes_over_the_question(
        self, talk: Talk, slot: str, text: str, intent: str, rating: str
    ) -> None:
        talk.slots["requested_slot"] = slot

        assert await talk.answer(text, intent, rating=rating) == SKIPPED

    @pytest.mark.parametrize(
        ("intent", "knows"),
        [
            ("affirm", {"talk_words_check": "yes"}),
            ("deny", EMPTY),
            ("nlu_fallback", {"talk_words_check": None}),
            ("ask_study_costs", {}),
            ("explain_question", {}),
        ],
    )
    async def test_hears_whether_the_words_are_right(
        self, talk: Talk, intent: str, knows: dict[str, Any]
    ) -> None:
        talk.slots["requested_slot"] = "talk_words_check"

        assert await talk.answer("tja", intent) == knows

    @pytest.mark.parametrize("intent", ["ask_study_costs", "nlu_fallback"], ids=["known", "not understood"])
    async def test_leaves_a_question_to_the_rules(self, talk: Talk, intent: str) -> None:
        assert await talk.answer("wat kost dat dan?", intent) == {}

    async def test_forgets_an_earlier_time_when_the_question_opens(self, talk: Talk) -> None:
        talk.slots = {**SKIPPED, "requested_slot": None}

        assert await talk.answer("/request_talk", "request_talk") == EMPTY


class TestKeepTalkWords:
    async def test_stores_the_confirmed_words_and_shows_the_summary(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, chat)

        assert stored_words(chat) == [WORDS]
        assert talk.text.startswith("Dat is bewaard. Het staat nu in je samenvatting.")
        rows = [tuple(row) for row in talk.said[0]["cards"][0]["rows"]]
        assert ("Vragen en stap", f"“{WORDS}” Stap: decaan plant gesprek.") in rows
        assert {name: talk.slots[name] for name in EMPTY} == EMPTY

    async def test_stores_the_words_that_were_written_last(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await talk.answer("eerst dit")
        await confirm(talk, chat, "toch dit")

        assert stored_words(chat) == ["toch dit"]

    async def test_offers_private_words_struck(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, chat, "hoe gaat dat met mijn adhd")

        assert "Deze regel is doorgestreept" in talk.text
        assert "adhd" not in str(talk.said[0]["cards"])
        summary = get_own_summary(chat, pupil(chat, "Anna"))
        assert [line.field for line in summary.lines if line.struck_at] == ["questions_and_step"]

    async def test_stores_nothing_that_the_pupil_heard_was_not_received(
        self, talk: Talk, chat: Session
    ) -> None:
        await talk.run(RequestTalk())
        await talk.answer(WORDS)
        talk.slots["talk_words_check"] = "yes"
        talk.hear("/affirm", "affirm", "given up")

        await talk.run(KeepTalkWords())

        assert (stored_words(chat), talk.said) == ([None], [])

    async def test_a_message_sent_twice_changes_the_words_once(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, chat)
        talk.slots["talk_words_check"] = "yes"
        talk.events.append(
            {"event": "user", "text": "later", "parse_data": {"intent": {"name": "give_words"}}}
        )

        await talk.run(KeepTalkWords())

        assert stored_words(chat) == [WORDS]

    async def test_says_that_nothing_is_kept_when_skipped(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        talk.slots |= SKIPPED

        await talk.run(KeepTalkWords())

        assert talk.text.startswith("Dat is goed. Ik bewaar hier niets van.")
        assert (stored_words(chat), talk.slots["talk_words"]) == ([None], None)

    async def test_says_nothing_when_nothing_was_asked(self, talk: Talk) -> None:
        await talk.run(KeepTalkWords())

        assert talk.said == []

    async def test_logs_no_words_when_it_fails(
        self, talk: Talk, chat: Session, caplog: pytest.LogCaptureFixture
    ) -> None:
        await confirm(talk, chat)

        assert talk.text
        assert WORDS not in caplog.text


class TestLeaveTalkWords:
    async def test_says_that_nothing_is_kept_and_the_request_stays(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await talk.run(LeaveTalkWords())

        assert (
            talk.text == "Dat is goed. Ik bewaar hier niets van.\nJe aanvraag voor een gesprek blijft staan."
        )
        assert stored_words(chat) == [None]

    async def test_says_that_earlier_words_stay(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, chat)
        await talk.run(LeaveTalkWords())

        assert "Wat je eerder schreef, blijft staan." in talk.text
        assert stored_words(chat) == [WORDS]


class TestPrepareTalk:
    async def test_helps_in_three_steps_and_offers_to_ask_for_a_talk(self, talk: Talk) -> None:
        await talk.run(PrepareTalk())

        assert all(f"{number}. " in talk.text for number in (1, 2, 3))
        assert talk.text.endswith("Je hebt nog geen gesprek gevraagd. Wil je dat nu doen?")
        assert talk.titles == ["Praten met mijn decaan"]

    async def test_offers_no_second_talk(self, talk: Talk) -> None:
        await talk.run(RequestTalk())
        await talk.run(PrepareTalk())

        assert talk.titles == []

    async def test_says_that_the_dean_has_the_summary_already(self, talk: Talk, chat: Session) -> None:
        await talk.run(RequestTalk())
        share_summary(chat, pupil(chat, "Anna"), now=MONDAY)
        chat.commit()

        await talk.run(PrepareTalk())

        assert talk.text.endswith("Neem je vragen dus zelf mee.")


async def test_every_turn_about_the_words_reads_easily(talk: Talk, chat: Session) -> None:
    await talk.run(PrepareTalk())
    texts = [talk.text]
    await talk.run(RequestTalk())
    for action in (AskTalkWords(), ExplainTalkWords(), LeaveTalkWords()):
        await talk.run(action)
        texts.append(talk.text)
    for words in (WORDS, "over mijn adhd"):
        await confirm(talk, chat, words, message_id=words)
        texts.append(talk.text)
    await talk.run(AskTalkWords())
    texts.append(talk.text)
    talk.slots["requested_slot"] = "talk_words"
    await talk.answer("a" * 301)
    texts.append(talk.text)

    assert [text for text in texts if longest_sentence(text) > 15 or reading_ease(text) < 65] == []
    assert len(texts) == 8
