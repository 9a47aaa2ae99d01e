"""A talk with an action server that asks what a talk with the dean is about."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talks import AnswerTalkWords

EMPTY = {"own_words": None, "own_words_check": None}


@dataclass
class Talk:
    """A talk with the action server in which a form asks for the words; slots stay from turn to turn."""

    engine_id: str = "anna"
    slots: dict[str, Any] = field(default_factory=lambda: {**EMPTY, "requested_slot": "own_words"})
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
    def buttons(self) -> dict[str, str]:
        """Return what each button sends, by its title."""
        return {button["title"]: button["payload"] for message in self.said for button in message["buttons"]}
