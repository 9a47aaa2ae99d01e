"""Asking for a talk and preparing one in the chat: what is said, and what is stored."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.talks import PrepareTalk, RequestTalk
from guidance.models.talks import Summary, TalkRequest
from guidance.services.saved_programmes import save_programme
from guidance.services.summary import share_summary, strike_line
from tests.actions.words_form import Talk
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def talk() -> Talk:
    return Talk()


async def ask(engine_id: str = "anna", text: str = "") -> list[dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker(engine_id, {}, {"entities": [], "text": text}, [], False, None, {}, None)
    assert await RequestTalk().run(dispatcher, tracker, {}) == []
    return [message["custom"] for message in dispatcher.messages]


async def test_says_who_the_dean_is_and_that_nothing_is_shared(session: Session) -> None:
    received, next_step = await ask()

    assert received["text"].startswith("Je aanvraag is binnen. Je gesprek is met De Vries, je decaan.")
    assert "Er is nog niets gedeeld." in received["text"]
    assert "Je decaan spreekt daarna met jou een moment af." in next_step["text"]
    assert session.scalars(select(TalkRequest)).one().requested_at == MONDAY


async def test_says_how_to_speak_another_teacher_who_was_named(session: Session) -> None:
    received, _ = await ask(text="wil praten met mevr Jansen van aardrijkskunde")

    assert "Wil je liever iemand anders spreken?" in received["text"]
    assert longest_sentence(received["text"]) <= 15


async def test_shows_what_the_dean_will_read(session: Session) -> None:
    received, _ = await ask()

    (card,) = received["cards"]
    assert (card["title"], card["url"]) == ("Dit leest je decaan straks", "/leerling/samenvatting")
    lines = session.scalars(select(Summary)).one().lines
    assert [text for _, text in card["rows"]] == [line.text for line in lines]
    assert card["rows"][0][0] == "Wie en wanneer"


async def test_asked_again_shows_the_same_request_without_the_struck_line(session: Session) -> None:
    await ask()
    struck = strike_line(session, pupil(session, "Anna"), 1, now=MONDAY).text
    session.commit()

    again, _ = await ask()

    assert again["text"].startswith("Je aanvraag was al binnen.")
    assert "Er is één regel doorgestreept." in again["text"]
    assert struck not in str(again)


async def test_asked_after_sharing_says_that_the_dean_has_it(session: Session) -> None:
    await ask()
    share_summary(session, pupil(session, "Anna"), now=MONDAY)
    session.commit()

    (again,) = await ask()

    assert "Je samenvatting is al bij je decaan." in again["text"]
    assert again["cards"][0]["title"] == "Dit heb je gedeeld"


async def test_says_to_an_anonymous_visitor_why_not_and_how_it_can(session: Session) -> None:
    (said,) = await ask("visitor")

    assert "anoniem" in said["text"]
    assert "Log in op de startpagina" in said["text"]
    assert session.scalars(select(TalkRequest)).all() == []


async def test_speaks_in_short_sentences(session: Session) -> None:
    assert all(longest_sentence(message["text"]) <= 15 for message in await ask())


class TestPrepareTalk:
    async def test_helps_in_three_steps_and_offers_to_ask_for_a_talk(self, talk: Talk) -> None:
        await talk.run(PrepareTalk())

        assert all(f"{number}. " in talk.text for number in (1, 2, 3))
        assert talk.text.endswith("Je hebt nog geen gesprek gevraagd. Wil je dat nu doen?")
        assert talk.buttons == {"Praten met mijn decaan": "/request_talk"}

    async def test_helps_to_tell_it_at_home(self, talk: Talk) -> None:
        talk.hear("hoe vertel ik mijn ouders dat ik juf wil worden", "prepare_talk")

        await talk.run(PrepareTalk())

        assert talk.text.startswith("Zo begin je er thuis over.")
        assert longest_sentence(talk.text) <= 15
        assert talk.buttons == {"Praten met mijn decaan": "/request_talk"}

    async def test_gives_three_questions_to_bring_and_where_they_come_from(
        self, talk: Talk, session: Session
    ) -> None:
        save_programme(session, pupil(session, "Anna"), "00ic-34808-zwolle", now=MONDAY)
        session.commit()

        await talk.run(PrepareTalk())

        _, questions = talk.said
        assert questions["text"].startswith("Deze drie vragen kun je meenemen.\n1. Welk profiel")
        assert "2. Wat moet ik nog weten over Pabo, " in questions["text"]
        assert "Ze komen uit je leerjaar, je bewaarde opleidingen" in questions["text"]

    async def test_gives_other_questions_for_at_home(self, talk: Talk) -> None:
        talk.hear("hoe vertel ik mijn ouders dat ik juf wil worden", "prepare_talk")

        await talk.run(PrepareTalk())

        assert "Welk profiel past volgens jou bij mij, en waarom?" in talk.text

    async def test_offers_no_second_talk(self, talk: Talk) -> None:
        await talk.run(RequestTalk())
        await talk.run(PrepareTalk())

        assert talk.buttons == {}

    async def test_says_that_the_dean_has_the_summary_already(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        share_summary(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()

        await talk.run(PrepareTalk())

        assert talk.text.endswith("Neem je vragen dus zelf mee.")
