"""Open days in the chat: those near the pupil, or where the schools tell of them."""

import pytest
from sqlalchemy.orm import Session

from actions.knowledge import AnswerQuestion
from guidance import clock
from guidance.services.open_days import import_open_days
from guidance.services.saved_programmes import save_programme
from tests.actions.chat import Chat
from tests.open_days import institution, open_day
from tests.people import MONDAY, pupil

ASKED = {"intent": {"name": "ask_open_days"}}


@pytest.fixture
def announced(people: Session) -> Session:
    import_open_days(people, institution(), [open_day()], source="proef.csv", now=MONDAY)
    people.commit()
    return people


async def ask(chat: Chat, **named: str) -> dict[str, object]:
    events = await chat.hear(AnswerQuestion(), "zijn er open dagen", named=named, **ASKED)
    chat.slots |= {event["name"]: event["value"] for event in events}
    (message,) = chat.messages
    said: dict[str, object] = message["custom"]
    return said


def titles(said: dict[str, object]) -> list[str]:
    return [card["title"] for card in said["cards"]]  # type: ignore[attr-defined]


class TestWithDays:
    async def test_shows_a_day_with_hours_distance_place_source_and_links(self, announced: Session) -> None:
        said = await ask(Chat())

        assert str(said["text"]).startswith("Er is één open dag binnen 50 km van Ommen.")
        (card,) = said["cards"]  # type: ignore[misc]
        assert card["title"] == "Proefdag, Hogeschool KPZ"
        assert card["subtitle"] == "zaterdag 23 januari 2027, 10.00 tot 14.00 uur"
        assert (card["distance_km"], card["url"]) == (22.1, "https://www.kpz.nl")
        assert dict(card["rows"]) == {
            "Waar": "Zwolle",
            "Bron": "Hogeschool KPZ, ingelezen op 23 november 2026.",
        }
        ((title, address),) = card["links"]
        assert title == "Zet in mijn agenda"
        assert address.startswith("/opendagen/")
        assert address.endswith(".ics")

    async def test_keeps_the_tips_and_the_step(self, announced: Session) -> None:
        chat = Chat()

        assert "Vooraf kijken helpt" in str((await ask(chat))["text"])
        more = await ask(chat, part="more")
        assert "drie vragen" in str(more["text"])
        assert more["cards"] == ()

    async def test_looks_near_the_place_that_is_named_and_remembers_it(self, announced: Session) -> None:
        chat = Chat()

        assert "bij Maastricht" in str((await ask(chat, place="Maastricht"))["text"])
        assert chat.slots["place"] == "Maastricht"
        assert "bij Maastricht" in str((await ask(chat))["text"])

    async def test_keeps_to_the_kind_asked_for(self, announced: Session) -> None:
        assert "Proefdag, Hogeschool KPZ" not in titles(await ask(Chat(), kind="alo"))

    async def test_tells_of_the_one_institution_that_is_named(self, announced: Session) -> None:
        said = await ask(Chat(), institution="Hogeschool KPZ", place="Maastricht")

        assert "Er is één open dag bij Hogeschool KPZ." in str(said["text"])
        assert titles(said) == ["Proefdag, Hogeschool KPZ"]
        other = await ask(Chat(), institution="Fontys Hogeschool")
        assert str(other["text"]).startswith("Ik heb nu geen data van open dagen bij Fontys Hogeschool.")
        assert titles(other) == ["Fontys Hogeschool"]

    async def test_shows_those_of_a_saved_programme_that_is_far(self, announced: Session) -> None:
        save_programme(announced, pupil(announced, "Anna"), "00ic-34808-zwolle", now=MONDAY)
        announced.commit()

        said = await ask(Chat(), place="Maastricht")

        assert titles(said) == ["Proefdag, Hogeschool KPZ"]
        assert "of bij wat je bewaarde" in str(said["text"])

    async def test_forgets_a_day_that_is_over(
        self, announced: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: open_day().ends_at)

        assert "Proefdag, Hogeschool KPZ" not in titles(await ask(Chat()))


class TestWithoutDays:
    async def test_leads_to_the_own_pages_of_schools_nearby(self, people: Session) -> None:
        said = await ask(Chat(), kind="pabo")

        assert str(said["text"]).startswith("Ik heb nu geen data van open dagen bij Ommen.")
        first = said["cards"][0]  # type: ignore[index]
        assert (first["title"], first["url"]) == ("Hogeschool KPZ", "https://www.kpz.nl")
        assert first["distance_km"] == 22.1
        assert "Vooraf kijken helpt" in str(said["text"])

    async def test_says_how_many_there_are_further_away(self, announced: Session) -> None:
        last = (await ask(Chat(), place="Maastricht"))["cards"][-1]  # type: ignore[index]

        assert last["title"] == "Verder weg staan er wel: 1. Bekijk ze op één pagina."
        assert last["url"].endswith("radius_km=350")

    async def test_leads_to_the_page_when_no_place_is_known(self, people: Session) -> None:
        (card,) = (await ask(Chat("nobody")))["cards"]  # type: ignore[misc]

        assert card["url"] == "/opendagen"

    async def test_asks_back_which_place(self, people: Session) -> None:
        chat = Chat()

        await ask(chat, place="Bergen")
        assert chat.payloads == [
            '/ask_open_days{"place": "Bergen (Noord-Holland)"}',
            '/ask_open_days{"place": "Bergen (Limburg)"}',
        ]
        await ask(chat, place="zwole")
        assert chat.payloads == ['/ask_open_days{"place": "Zwolle"}']

    async def test_refuses_an_institution_that_it_does_not_know(self, people: Session) -> None:
        assert "'Hogwarts'" in str((await ask(Chat(), institution="Hogwarts"))["text"])

    async def test_refuses_a_subject_that_it_cannot_use(self, people: Session) -> None:
        said = await ask(Chat(), subject="kapper")

        assert said["text"] == "Met 'kapper' kan ik niet zoeken."
