"""A pupil who does a check-in in the chat, and sends again what got no answer."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from fastapi.security import HTTPAuthorizationCredentials
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, sessionmaker

from guidance import clock
from guidance.errors import EngineDown, MessageChanged
from guidance.instruments import Instrument, Item, shipped_instruments
from guidance.models import pupil as models
from guidance.models.check_in import CheckInRun
from guidance.models.conversations import Conversation
from guidance.ratings import SKIP, UNSURE, Rating
from guidance.services.accounts import add_anonymous_pupil, get_school
from guidance.services.conversations import list_messages, start_conversation
from guidance.services.welcome import welcome_replies
from tests.web.check_in_engine import CheckInEngine, Message
from tests.web.crashes import Crash, Cut
from web.chat_api import NewMessage, send_message

# How a pupil goes on after no answer: with the same id, as the page does, or a new one, and what then.
Again = Literal["same id", "new id", "other answer", "other answer, same id"]
AGAIN: tuple[Again, ...] = ("same id", "new id", "other answer", "other answer, same id")
# What comes of sending: an answer, a failure that is told, another text with the same id refused, or silence.
TOLD, REFUSED, CHANGED, NOTHING = "told", "refused", "changed", "nothing"
MOST_TRIES = 4
TITLES = {"unsure": "weet ik niet", "skip": "sla over"}
ITEMS: dict[str, tuple[Instrument, Item]] = {
    item.id: (instrument, item) for instrument in shipped_instruments() for item in instrument.items
}


@dataclass(frozen=True)
class Answer:
    """What a pupil answers to one item, and whether by button."""

    rating: Rating
    is_tapped: bool = False

    def body(self, item: Item, offered: list[str]) -> dict[str, str]:
        """Return what is sent for this item."""
        if not self.is_tapped or self.rating.words:
            return {"text": self.rating.words or TITLES.get(self.rating.kind) or str(self.rating.value)}
        value = str(self.rating.value) if self.rating.value else {"skip": "skip"}.get(self.rating.kind)
        wanted = {"item": item.id} | ({"rating": value} if value else {})
        return {"payload": next(one for one in offered if values_of(one) == wanted)}


def values_of(payload: str) -> dict[str, str]:
    values: dict[str, str] = json.loads(payload[payload.find("{") :]) if "{" in payload else {}
    return values


@dataclass
class Pupil:
    """Someone at the chat; `screen` is what she was answered last, `stored` what she may count on."""

    sessions: sessionmaker[Session]
    engine: CheckInEngine
    pupil_id: int = 0
    ids: Any = field(default_factory=count)
    screen: list[Message] = field(default_factory=list)
    stored: dict[str, Rating] = field(default_factory=dict)
    first: dict[str, Rating] = field(default_factory=dict)

    def arrive(self) -> None:
        """Begin a conversation."""
        with self.sessions.begin() as session:
            now = clock.now()
            someone = session.get(models.Pupil, self.pupil_id) or add_anonymous_pupil(
                session, get_school(session, "vechtdal"), now=now
            )
            welcome = welcome_replies(session, someone, now=now)
            talk, token = start_conversation(session, someone, welcome, is_own_device=True, now=now)
        self.pupil_id = someone.id
        self.talk_id, self.token = talk.id, HTTPAuthorizationCredentials(scheme="Bearer", credentials=token)
        self.screen = talk.turns[0].messages or []

    def in_another_talk(self) -> "Pupil":
        """Return the same pupil in a second tab."""
        other = Pupil(self.sessions, self.engine, self.pupil_id)
        other.arrive()
        return other

    @property
    def runs(self) -> list[CheckInRun]:
        """Return the pupil's runs with their answers, the first one first."""
        with self.sessions() as session:
            own = select(CheckInRun).where(CheckInRun.pupil_id == self.pupil_id).order_by(CheckInRun.id)
            return list(session.scalars(own.options(selectinload(CheckInRun.answers))))

    @property
    def offered(self) -> list[str]:
        return [button["payload"] for message in self.screen for button in message["buttons"]]

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.screen]

    @property
    def item(self) -> Item | None:
        """Return the item on the screen, also when her words are shown back."""
        found = [payload for payload in self.offered if re.match("/answer_(rating|unsure)", payload)]
        shown = next((values_of(payload).get("item") for payload in found), None)
        return ITEMS[shown][1] if shown else None

    @property
    def is_asked_to_check(self) -> bool:
        return any(payload.startswith("/affirm") for payload in self.offered)

    def say(self, cut: Cut | None = None, again: Again = "same id", **body: str) -> None:
        """Send a message until it is answered, and see what the service still knows of it."""
        self.sent(lambda _tries: body, cut, again)

    def answer(self, answer: Answer, other: Answer, cut: Cut | None = None, again: Again = "same id") -> None:
        """Answer the item on the screen, words with a yes to what is shown back."""
        item, offered = self.item, self.offered
        assert item
        tries = [answer, other if again.startswith("other") else answer]
        number = self.sent(lambda tried: tries[tried > 0].body(item, offered), cut, again)
        for _ in range(MOST_TRIES):
            if not self.is_asked_to_check:
                break
            yes = next(one for one in self.offered if one.startswith("/affirm"))
            self.say(cut, again, payload=yes)
            cut = None
        # Words that the engine lost before the yes are asked once more; a choice on a scale never is.
        is_asked_again = self.item is item
        assert not is_asked_again or item.is_words
        if not is_asked_again and (self.item or not self.is_offered_to_go_on):
            self.stored[item.id] = tries[number > 0].rating
            self.first = {item.id: answer.rating}

    def sent(self, body: Callable[[int], dict[str, str]], cut: Cut | None, again: Again) -> int:
        """Send until it is answered; return which try that was. Who heard nothing looks at the page anew."""
        message_id, before = f"m{next(self.ids)}", self.texts
        for tried in range(MOST_TRIES):
            outcome = self.post(message_id, body(tried), cut)
            if outcome == TOLD:
                return tried
            cut = None
            if outcome == CHANGED or (outcome == NOTHING and again != "same id"):
                self.reload()
                if self.texts != before:
                    return max(tried - 1, 0) if outcome == CHANGED else tried
            if outcome == CHANGED or again in ("new id", "other answer"):
                message_id = f"m{next(self.ids)}"
        raise AssertionError(f"no answer to {body(0)}")

    def post(self, message_id: str, body: dict[str, str], cut: Cut | None) -> str:
        """Send a message once."""
        self.engine.keep()
        self.engine.commits.plan(cut)
        try:
            told = send_message(self.talk_id, NewMessage(message_id=message_id, **body), self.token)
        except Crash as crash:
            if crash.down != "alone":
                self.engine.lose_turn()
            return NOTHING
        except EngineDown:
            return REFUSED
        except MessageChanged:
            return CHANGED
        finally:
            self.engine.commits.plan(None)
            self.engine.restart()
        self.screen = told["messages"]
        return TOLD

    def reload(self) -> None:
        """Open the page again: it shows what was answered."""
        with self.sessions.begin() as session:
            said = list_messages(session.get_one(Conversation, self.talk_id))
        last = max((number for number, one in enumerate(said) if one["from"] == "pupil"), default=-1)
        self.screen = said[last + 1 :]

    @property
    def is_offered_to_go_on(self) -> bool:
        return "/stop_task" in self.offered

    def go_on(self, check_in: str) -> None:
        """Accept the offer to go on with the check-in, or name it where none was made."""
        offers = [payload for payload in self.offered if payload.startswith("/start_")]
        self.say(payload=offers[0]) if offers else self.say(text=check_in)


def any_answer(item: Item, number: int) -> Answer:
    """Return an answer that fits the item; the same number gives the same answer."""
    instrument = ITEMS[item.id][0]
    words = f"Ik hielp mijn zusje {number} keer."
    fitting = (
        [Rating("words", words=words)] * 3
        if item.is_words
        else [Rating("value", value) for value, _ in instrument.scale]
    )
    options = [*fitting, UNSURE, SKIP]
    return Answer(options[number % len(options)], is_tapped=number % 2 == 0)
