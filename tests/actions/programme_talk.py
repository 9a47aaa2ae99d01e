"""A talk about programmes: what was said, and which slots stay."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

SLOTS = ("place", "kind", "subject", "form", "level", "shown_programmes")


@dataclass
class Talk:
    """A talk of Anna (havo, at school in Ommen) with the action server; slots stay from turn to turn."""

    slots: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(SLOTS))
    said: dict[str, Any] = field(default_factory=dict)

    async def run(
        self, action: Action, text: str = "?", *, sureness: float = 1, **entities: str | tuple[str, ...]
    ) -> dict[str, Any]:
        found = [
            {"entity": name, "value": one, "confidence_entity": sureness}
            for name, value in entities.items()
            for one in ((value,) if isinstance(value, str) else value)
        ]
        message = {"intent": {"name": "?"}, "entities": found, "text": text}
        tracker = Tracker("anna", self.slots, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        for event in await action.run(dispatcher, tracker, {}):
            self.slots[event["name"]] = event["value"]
        (message,) = dispatcher.messages
        self.said = message["custom"]
        return self.said

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.said["buttons"]]

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for button in self.said["buttons"]]
