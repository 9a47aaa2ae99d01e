"""Trying to teach in the chat: what is offered, asked for, told and kept."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.courtesy import ReturnCourtesy
from actions.experiences import LogExperience, ShowExperienceOffers
from guidance.models.experiences import Experience, ExperienceOffer
from guidance.models.mail import OutboxMail
from guidance.services.experience_offers import end_offer
from guidance.services.experiences import confirm_experience, decline_experience
from tests.actions.chat import Chat
from tests.guidance.services.test_experience_offers import HOMEWORK, add
from tests.people import MONDAY, staff
from tests.readability import longest_sentence, reading_ease

pytestmark = pytest.mark.usefixtures("people")
TOLD = "heb gister brugklassers geholpen, ging best goed"


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def offer(session: Session) -> ExperienceOffer:
    offer = add(session)
    session.commit()
    return offer


def cards(chat: Chat) -> list[dict[str, Any]]:
    return [card for said in chat.messages for card in said["custom"]["cards"]]


def tappable(chat: Chat) -> list[tuple[str, str]]:
    return [(button["title"], button["payload"]) for card in cards(chat) for button in card["buttons"]]


def stored(session: Session) -> list[Experience]:
    every = select(Experience).order_by(Experience.id).execution_options(populate_existing=True)
    found = list(session.scalars(every))
    # A session that reads holds SQLite's only transaction, and the actions need it.
    session.commit()
    return found


async def tell(chat: Chat, text: str = TOLD) -> None:
    await chat.hear(LogExperience(), text, intent={"name": "log_experience"})


async def tap(chat: Chat, message_id: str = "t1", **named: str) -> None:
    """Tap a button of an offer, under a message id of its own."""
    intent = {"name": "log_experience"}
    await chat.hear(LogExperience(), "/log_experience{}", named=named, intent=intent, message_id=message_id)


class TestShowExperienceOffers:
    async def test_shows_each_offer_with_a_button(self, chat: Chat, offer: ExperienceOffer) -> None:
        await chat.hear(ShowExperienceOffers())

        (card,) = cards(chat)
        assert (card["title"], card["subtitle"]) == (
            HOMEWORK["title"],
            "Jongere leerlingen helpen met huiswerk",
        )
        assert ["Docent", "Mevrouw Jansen"] in [list(row) for row in card["rows"]]
        assert tappable(chat) == [("Dit wil ik doen", f'/log_experience{{"offer": "{offer.id}"}}')]
        assert HOMEWORK["teacher_mail"] not in str(chat.messages)

    async def test_is_honest_when_there_are_none_and_names_the_dean(self, chat: Chat) -> None:
        await chat.hear(ShowExperienceOffers())

        assert "Je school heeft hier nog niets neergezet." in chat.texts[0]
        assert chat.payloads == ["/request_talk"]

    async def test_says_to_a_visitor_why_not_and_names_no_teacher(self, offer: ExperienceOffer) -> None:
        visitor = Chat("visitor")

        await visitor.hear(ShowExperienceOffers())

        assert "een docent moet weten wie er komt" in visitor.texts[0]
        assert "Log in op de startpagina" in visitor.texts[0]
        assert tappable(visitor) == []
        assert "Jansen" not in str(visitor.messages)

    async def test_offers_a_visitor_no_talk_when_there_are_none(self) -> None:
        visitor = Chat("visitor")

        await visitor.hear(ShowExperienceOffers())

        assert (visitor.payloads, "decaan" in visitor.texts[0]) == ([], True)

    async def test_shows_what_waits_and_for_whom(self, chat: Chat, offer: ExperienceOffer) -> None:
        await tap(chat, offer=str(offer.id))
        await chat.hear(ShowExperienceOffers())

        assert "gevraagd aan Mevrouw Jansen op 23 november" in str(cards(chat))
        assert [title for title, _ in tappable(chat)] == ["Dit heb ik gedaan"]

    async def test_is_silent_in_a_talk_without_a_school(self, offer: ExperienceOffer) -> None:
        nobody = Chat("nobody")

        await nobody.hear(ShowExperienceOffers())

        assert nobody.messages == []

    async def test_follows_the_answer_after_a_greeting_too(self, chat: Chat, offer: ExperienceOffer) -> None:
        also = {"intent": "find_teaching_experience", "text": "kan ik lesgeven", "confidence": 0.9}

        await chat.hear(ReturnCourtesy(), intent={"name": "greet"}, also_asked=also)

        assert "Dat kan vaak op je eigen school." in chat.texts[0]
        assert [card["title"] for card in cards(chat)] == [HOMEWORK["title"]]


class TestLogExperience:
    async def test_asks_which_offer_it_was(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tell(chat)

        assert chat.texts[0].startswith("Goed dat je dat vertelt. Welke van deze was het?")
        assert "Staat het er niet bij?" in chat.texts[0]
        expected = f'/log_experience{{"offer": "{offer.id}", "part": "done"}}'
        assert tappable(chat) == [("Dit heb ik gedaan", expected)]
        assert chat.payloads == ["/request_talk"]
        assert stored(session) == []

    async def test_says_so_when_the_school_offers_nothing(self, chat: Chat) -> None:
        await tell(chat)

        assert "Vertel het aan je decaan." in chat.texts[0]
        assert chat.payloads == ["/request_talk"]

    @pytest.mark.parametrize("who", ["visitor", "nobody"])
    async def test_says_to_who_is_not_known_why_not(self, offer: ExperienceOffer, who: str) -> None:
        chat = Chat(who)

        await tell(chat)

        assert "een docent moet weten over wie het gaat" in chat.texts[0]
        assert "Log in op de startpagina" in chat.texts[0]
        assert (tappable(chat), chat.payloads) == ([], [])

    async def test_says_who_gets_a_mail_and_what_happens_next(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tap(chat, offer=str(offer.id))

        assert "Mevrouw Jansen krijgt een mail" in chat.texts[0]
        assert "alleen je voornaam en wat je koos" in chat.texts[0]
        assert "Hoor je vóór 7 december niets?" in chat.texts[0]
        assert [one.is_done for one in stored(session)] == [False]

    async def test_repeated_says_the_same_and_mails_once(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tap(chat, offer=str(offer.id))
        first = chat.texts
        await tap(chat, offer=str(offer.id))

        assert chat.texts == first
        assert len(session.scalars(select(OutboxMail)).all()) == 1

    async def test_asked_in_another_message_says_how_it_stands(
        self, chat: Chat, offer: ExperienceOffer
    ) -> None:
        await tap(chat, offer=str(offer.id))
        await tap(chat, "t2", offer=str(offer.id))

        assert chat.texts[0].startswith("Dit had je al gevraagd.")

    async def test_names_the_dean_after_a_no(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tap(chat, offer=str(offer.id), part="done")
        decline_experience(session, stored(session)[0], now=MONDAY)
        session.commit()

        await tap(chat, "t2", offer=str(offer.id), part="done")

        assert "gaf aan dat dit niet klopt of niet kan" in chat.texts[0]
        assert chat.payloads == ["/request_talk"]

    async def test_shows_what_was_confirmed_with_the_compliment(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tap(chat, offer=str(offer.id), part="done")
        confirm_experience(session, stored(session)[0], compliment="Legt goed uit.", now=MONDAY)
        session.commit()

        await tell(chat)

        rows = [list(row) for row in cards(chat)[0]["rows"]]
        assert ["Stand", "bevestigd door Mevrouw Jansen op 23 november"] in rows
        assert ["Compliment", "Legt goed uit."] in rows
        assert tappable(chat) == []

    async def test_shows_what_came_of_an_offer_that_ended(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tap(chat, offer=str(offer.id), part="done")
        end_offer(session, staff(session, "De Vries"), offer.id, now=MONDAY)
        session.commit()

        await tell(chat)

        assert "wacht op bevestiging van Mevrouw Jansen" in str(cards(chat))

    async def test_says_that_an_offer_ended(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        end_offer(session, staff(session, "De Vries"), offer.id, now=MONDAY)
        session.commit()

        await tap(chat, offer=str(offer.id))

        assert "is gestopt" in chat.texts[0]
        assert chat.payloads == ["/request_talk"]

    async def test_asks_a_visitor_who_taps_an_old_button_to_sign_in(
        self, offer: ExperienceOffer, session: Session
    ) -> None:
        visitor = Chat("visitor")

        await tap(visitor, offer=str(offer.id))

        assert "Log in op de startpagina" in visitor.texts[0]
        assert stored(session) == []

    async def test_does_nothing_for_a_message_that_was_given_up(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        intent = {"name": "log_experience"}
        gone = {"message_id": "unknown to the web"}

        await chat.hear(LogExperience(), "x", named={"offer": str(offer.id)}, intent=intent, metadata=gone)

        assert (chat.messages, stored(session)) == ([], [])

    async def test_speaks_easily(self, chat: Chat, offer: ExperienceOffer) -> None:
        texts = []
        for part, message_id in (("", "t1"), ("done", "t2"), ("done", "t3")):
            await tap(chat, message_id, offer=str(offer.id), part=part)
            texts += chat.texts
        for someone in (chat, Chat("visitor")):
            await tell(someone)
            texts += someone.texts
            await someone.hear(ShowExperienceOffers())
            texts += someone.texts

        assert [text for text in texts if longest_sentence(text) > 15 or reading_ease(text) < 65] == []


class TestOwnWords:
    async def test_are_shown_back_and_kept_after_yes_only(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tell(chat)
        await tap(chat, offer=str(offer.id), part="done")
        assert f"“{TOLD}”" in chat.texts[1]
        assert stored(session)[0].words is None
        (keep,) = [payload for payload in chat.payloads if "words" in payload]

        await tap(chat, "t2", **words_of(keep))

        assert "Dat is bewaard." in chat.texts[0]
        assert stored(session)[0].words == TOLD

    async def test_of_an_older_button_are_not_kept(
        self, chat: Chat, offer: ExperienceOffer, session: Session
    ) -> None:
        await tell(chat)
        await tap(chat, offer=str(offer.id), part="done")
        (keep,) = [payload for payload in chat.payloads if "words" in payload]
        await tell(chat, "ik heb ook zwemles gegeven")

        await tap(chat, "t2", **words_of(keep))

        assert "Er is niets bewaard." in chat.texts[0]
        assert stored(session)[0].words is None

    async def test_are_not_asked_for_when_they_are_too_long(self, chat: Chat, offer: ExperienceOffer) -> None:
        await tell(chat, "ik heb lesgegeven " * 30)
        await tap(chat, offer=str(offer.id), part="done")

        assert len(chat.texts) == 1


def words_of(payload: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(payload.removeprefix("/log_experience"))
    return found
