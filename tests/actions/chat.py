"""A talk with actions, without engine: what the engine would keep of each turn is kept here."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from guidance.content import read_content

Message = dict[str, Any]
LIMITS = read_content("understanding")["thresholds"]
# Amid the band in which is asked back.
UNSURE = (LIMITS["upper"] + LIMITS["floor"]) / 2


class Chat:
    """One conversation: every message is understood as the test says, and answered by the action it names."""

    def __init__(self, engine_id: str = "anna", *, form: str = "") -> None:
        self.engine_id, self.form = engine_id, form
        self.events: list[dict[str, Any]] = [{"event": "session_started"}]
        self.slots: dict[str, Any] = {}
        self.messages: list[Message] = []

    async def hear(
        self, action: Action, text: str = "x", *, named: dict[str, str] | None = None, **parse: Any
    ) -> list[Any]:
        """Run an action on a message, keep what was said, and return the events of the action."""
        entities = [{"entity": name, "value": value} for name, value in (named or {}).items()]
        message = {"text": text, "entities": entities, "intent": {"name": "nlu_fallback"}, **parse}
        self.events.append({"event": "user", "text": text, "parse_data": message})
        loop = {"name": self.form} if self.form else {}
        tracker = Tracker(self.engine_id, self.slots, message, self.events, False, None, loop, None)
        dispatcher = CollectingDispatcher()
        returned: list[Any] = await action.run(dispatcher, tracker, {})
        self.messages = dispatcher.messages
        self.events += [{"event": "bot", "data": {"custom": said["custom"]}} for said in self.messages]
        return returned

    @property
    def responses(self) -> list[str]:
        return [said["response"] for said in self.messages if said["response"]]

    @property
    def texts(self) -> list[str]:
        return [said["custom"]["text"] for said in self.messages if said["custom"]]

    @property
    def payloads(self) -> list[str]:
        return [
            button["payload"]
            for said in self.messages
            if said["custom"]
            for button in said["custom"]["buttons"]
        ]


def ranking(*intents: str, top: float = UNSURE) -> list[dict[str, Any]]:
    """Return what the engine keeps behind its fallback, each a little less likely than the one before."""
    ranked = [{"name": intent, "confidence": top * 0.9**place} for place, intent in enumerate(intents)]
    return [{"name": "nlu_fallback", "confidence": LIMITS["upper"]}, *ranked]
