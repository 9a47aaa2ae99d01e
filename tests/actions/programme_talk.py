"""A talk about programmes: what was said, and which slots stay."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

SLOTS = ("place", "kind", "degree", "subject", "form", "level", "leerjaar", "profile", "exam_subjects")


@dataclass
class Talk:
    """A talk of Anna (havo, at school in Ommen) with the action server; slots stay from turn to turn."""

    slots: dict[str, Any] = field(
        default_factory=lambda: dict.fromkeys([*SLOTS, "shown_programmes", "shown_search"])
    )
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

    async def hear(self, action: Action, text: str, **entities: tuple[str, str]) -> dict[str, Any]:
        """Run an action on a message as the pipeline gives it: each entity with the place of its words."""
        found = []
        for name, (words, value) in entities.items():
            start = text.index(words)
            found.append({"entity": name, "value": value, "start": start, "end": start + len(words)})
        message = {"intent": {"name": "?"}, "entities": found, "text": text}
        tracker = Tracker("anna", self.slots, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        for event in await action.run(dispatcher, tracker, {}):
            self.slots[event["name"]] = event["value"]
        self.said = dispatcher.messages[-1]["custom"]
        return self.said

    @property
    def admissions(self) -> list[str]:
        """What the cards say of who may enter."""
        rows = [dict(card["rows"]) for card in self.said["cards"]]
        return [row["Toelating"] for row in rows if "Toelating" in row]

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.said["buttons"]]

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for button in self.said["buttons"]]
