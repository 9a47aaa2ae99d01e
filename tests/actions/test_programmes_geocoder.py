"""Programmes in the chat with PDOK switched on."""

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from actions.programmes import FindProgrammes, ShowProgramme
from tests.actions.chat import Chat
from tests.pdok import PdokServer, ommen


class TestFindProgrammes:
    async def test_asks_with_no_transaction_open(
        self, people: Session, sessions: sessionmaker[Session], pdok: PdokServer
    ) -> None:
        changes: list[int] = []
        event.listen(sessions.kw["bind"], "begin", lambda connection: changes.append(1))
        for end in ("commit", "rollback"):
            event.listen(sessions.kw["bind"], end, lambda connection: changes.append(-1))
        pdok.watch = lambda: sum(changes)
        pdok.rows = [ommen()]
        chat = Chat()

        await chat.hear(FindProgrammes(), "pabo in Ommen", named={"place": "Ommen", "kind": "pabo"})

        assert pdok.seen == [0]
        assert changes
        assert chat.messages[0]["custom"]["cards"][0]["distance_km"] == 22.8

    async def test_sends_nothing_of_the_message(self, people: Session, pdok: PdokServer) -> None:
        chat = Chat()
        for text in ("ik ben sanne en zoek een pabo in zwole", "pabo bij de kerkstraat 12"):
            await chat.hear(FindProgrammes(), text)

        assert pdok.asked == []


class TestShowProgramme:
    async def test_measures_from_the_same_point(self, people: Session, pdok: PdokServer) -> None:
        pdok.rows = [ommen()]
        chat = Chat()
        chat.slots["place"] = "Ommen"

        await chat.hear(ShowProgramme(), named={"programme": "00ic-34808-zwolle"})

        assert chat.messages[0]["custom"]["cards"][0]["distance_km"] == 22.8
