"""Telling what a talk is about: what is taken for an answer, shown back, and stored."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

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
from guidance.models.conversations import Turn
from guidance.models.talks import TalkRequest
from guidance.services.summary import get_own_summary, share_summary
from tests.actions.words_form import EMPTY, Talk
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence, reading_ease

pytestmark = pytest.mark.usefixtures("people")
WORDS = "ik twijfel tussen de pabo en de alo"
SKIPPED = {"own_words": "skipped", "own_words_check": "skipped"}


@pytest.fixture
def talk() -> Talk:
    return Talk()


def stored_words(session: Session) -> list[str | None]:
    session.rollback()
    return [request.words for request in session.scalars(select(TalkRequest))]


def receive(session: Session, *message_ids: str) -> None:
    """Note that the web waits for an answer to these messages."""
    session.add_all(
        Turn(conversation_id="anna", message_id=one, body_digest="", text="?", received_at=MONDAY)
        for one in message_ids
    )
    session.commit()


def item_of(payload: str) -> str:
    """Return the item that a tap on this button names."""
    return str(json.loads(payload.removeprefix("/affirm"))["item"])


async def confirm(talk: Talk, session: Session, words: str = WORDS, message_id: str = "m2") -> None:
    talk.slots["requested_slot"] = "own_words"
    await talk.answer(words)
    receive(session, message_id)
    talk.slots["requested_slot"] = "own_words_check"
    talk.hear("/affirm", "affirm", message_id)
    await talk.run(AnswerTalkWords())
    await talk.run(KeepTalkWords())


class TestAskTalkWords:
    async def test_asks_what_the_talk_is_about_and_may_be_skipped(self, talk: Talk) -> None:
        await talk.run(RequestTalk())
        await talk.run(AskTalkWords())

        assert talk.text.startswith("Waar wil je het over hebben?")
        assert "Je decaan leest het pas als jij het deelt." in talk.text
        assert list(talk.buttons) == ["Overslaan"]

    async def test_shows_what_was_written_before(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, session)

        await talk.run(AskTalkWords())

        assert f"“{WORDS}”" in talk.text

    async def test_closes_for_a_visitor_who_has_no_talk(self, session: Session) -> None:
        talk = Talk("visitor")

        events = await talk.run(AskTalkWords())

        assert [event["event"] for event in events] == ["active_loop", "slot"]
        assert (talk.said, talk.slots["requested_slot"]) == ([], None)

    async def test_closes_when_the_summary_is_with_the_dean(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        share_summary(session, pupil(session, "Anna"), now=MONDAY)
        session.commit()

        await talk.run(AskTalkWords())

        assert talk.slots["requested_slot"] is None


class TestAnswerTalkWords:
    async def test_takes_words_and_shows_them_back(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())

        assert await talk.answer(WORDS) == {"own_words": "given", "own_words_check": None}
        await talk.run(AskTalkWordsCheck())

        assert talk.text == f"Dit schreef je:\n“{WORDS}”\nKlopt dit?"
        assert list(talk.buttons) == ["Ja", "Anders opschrijven", "Overslaan"]
        assert stored_words(session) == [None]

    async def test_asks_anew_when_the_words_are_too_long(self, talk: Talk) -> None:
        assert await talk.answer("a" * 301) == {"own_words": None, "own_words_check": None}
        assert talk.text.startswith("Dat is te lang. Maak het korter dan 300 tekens.")

    async def test_shows_back_no_words_that_are_too_long(self, talk: Talk) -> None:
        await talk.answer(WORDS)
        talk.slots["requested_slot"] = "own_words_check"

        told = await talk.answer("a" * 301)

        assert told == {"own_words": None, "own_words_check": None}
        assert talk.text.startswith("Dat is te lang. Maak het korter dan 300 tekens.")

    async def test_shows_back_other_words_in_place_of_the_first(self, talk: Talk) -> None:
        await talk.answer(WORDS)
        talk.slots["requested_slot"] = "own_words_check"

        assert await talk.answer("over geld") == {"own_words": "given", "own_words_check": None}
        await talk.run(AskTalkWordsCheck())

        assert "“over geld”" in talk.text

    @pytest.mark.parametrize("slot", ["own_words", "own_words_check"])
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
            ("affirm", {"own_words_check": "yes"}),
            ("deny", EMPTY),
            ("nlu_fallback", {"own_words_check": None}),
            ("ask_study_costs", {}),
            ("explain_question", {}),
        ],
    )
    async def test_hears_whether_the_words_are_right(
        self, talk: Talk, intent: str, knows: dict[str, Any]
    ) -> None:
        talk.slots["requested_slot"] = "own_words_check"

        assert await talk.answer("tja", intent) == knows

    async def test_takes_no_yes_to_earlier_words(self, talk: Talk) -> None:
        await talk.answer("eerst dit")
        await talk.run(AskTalkWordsCheck())
        stale = talk.buttons["Ja"]
        await talk.answer("toch dit")
        await talk.run(AskTalkWordsCheck())
        newest = talk.buttons["Ja"]
        talk.slots["requested_slot"] = "own_words_check"

        assert await talk.answer(stale, "affirm", item=item_of(stale)) == {"own_words_check": None}
        assert await talk.answer(newest, "affirm", item=item_of(newest)) == {"own_words_check": "yes"}

    @pytest.mark.parametrize("intent", ["ask_study_costs", "nlu_fallback"], ids=["known", "not understood"])
    async def test_leaves_a_question_to_the_rules(self, talk: Talk, intent: str) -> None:
        assert await talk.answer("wat kost dat dan?", intent) == {}

    async def test_forgets_an_earlier_time_when_the_question_opens(self, talk: Talk) -> None:
        talk.slots = {**SKIPPED, "requested_slot": None}

        assert await talk.answer("/request_talk", "request_talk") == EMPTY


class TestKeepTalkWords:
    async def test_stores_what_was_confirmed_and_shows_the_summary(
        self, talk: Talk, session: Session
    ) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, session)

        assert stored_words(session) == [WORDS]
        assert talk.text.startswith("Dat is bewaard. Het staat nu in je samenvatting.")
        rows = [tuple(row) for row in talk.said[0]["cards"][0]["rows"]]
        assert ("Vragen en stap", f"“{WORDS}” Stap: decaan plant gesprek.") in rows
        assert {name: talk.slots[name] for name in EMPTY} == EMPTY

    async def test_stores_the_words_that_were_written_last(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        await talk.answer("eerst dit")
        await confirm(talk, session, "toch dit")

        assert stored_words(session) == ["toch dit"]

    async def test_offers_private_words_struck(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, session, "hoe gaat dat met mijn adhd")

        assert "Deze regel is doorgestreept" in talk.text
        assert "adhd" not in str(talk.said[0]["cards"])
        summary = get_own_summary(session, pupil(session, "Anna"))
        assert [line.field for line in summary.lines if line.struck_at] == ["questions_and_step"]

    async def test_stores_nothing_that_the_pupil_heard_was_not_received(
        self, talk: Talk, session: Session
    ) -> None:
        await talk.run(RequestTalk())
        await talk.answer(WORDS)
        talk.slots["own_words_check"] = "yes"
        talk.hear("/affirm", "affirm", "given up")

        await talk.run(KeepTalkWords())

        assert (stored_words(session), talk.said) == ([None], [])

    async def test_a_message_sent_twice_changes_the_words_once(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, session)
        talk.slots["own_words_check"] = "yes"
        talk.events.append(
            {"event": "user", "text": "later", "parse_data": {"intent": {"name": "give_words"}}}
        )

        await talk.run(KeepTalkWords())

        assert stored_words(session) == [WORDS]

    async def test_says_that_nothing_is_kept_when_skipped(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        talk.slots |= SKIPPED

        await talk.run(KeepTalkWords())

        assert talk.text.startswith("Dat is goed. Ik bewaar hier niets van.")
        assert (stored_words(session), talk.slots["own_words"]) == ([None], None)

    async def test_says_nothing_when_nothing_was_asked(self, talk: Talk) -> None:
        await talk.run(KeepTalkWords())

        assert talk.said == []

    async def test_logs_no_words_when_it_fails(
        self, talk: Talk, session: Session, caplog: pytest.LogCaptureFixture
    ) -> None:
        await confirm(talk, session)

        assert talk.text
        assert WORDS not in caplog.text


class TestLeaveTalkWords:
    async def test_says_that_nothing_is_kept_but_the_request(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        await talk.run(LeaveTalkWords())

        assert (
            talk.text == "Dat is goed. Ik bewaar hier niets van.\nJe aanvraag voor een gesprek blijft staan."
        )
        assert stored_words(session) == [None]

    async def test_says_that_earlier_words_stay(self, talk: Talk, session: Session) -> None:
        await talk.run(RequestTalk())
        await confirm(talk, session)
        await talk.run(LeaveTalkWords())

        assert "Wat je eerder schreef, blijft staan." in talk.text
        assert stored_words(session) == [WORDS]


async def test_every_turn_about_the_words_reads_easily(talk: Talk, session: Session) -> None:
    await talk.run(PrepareTalk())
    texts = [talk.text]
    await talk.run(RequestTalk())
    for action in (AskTalkWords(), ExplainTalkWords(), LeaveTalkWords()):
        await talk.run(action)
        texts.append(talk.text)
    for words in (WORDS, "over mijn adhd"):
        await confirm(talk, session, words, message_id=words)
        texts.append(talk.text)
    await talk.run(AskTalkWords())
    texts.append(talk.text)
    talk.slots["requested_slot"] = "own_words"
    await talk.answer("a" * 301)
    texts.append(talk.text)

    assert [text for text in texts if longest_sentence(text) > 15 or reading_ease(text) < 65] == []
    assert len(texts) == 8
