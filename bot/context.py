"""Home of the component that reads a message in the light of the question that is open."""

from typing import Any, Dict, List, Optional, Tuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered, Event, Restarted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.open_question import FALLBACK, Meaning, Offer, OpenQuestion, Said, Understood, meaning_of
from bot.parts import ALSO_ASKED
from bot.words import read_words

SHOWN = "shown_programmes"
# The payload that words stand for; the action server takes it for the tap itself.
PAYLOAD = "payload"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OpenQuestionReader(GraphComponent):  # type: ignore[misc]
    """Give a message the meaning it has as an answer; without an open question it changes nothing."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "OpenQuestionReader":
        """Return one that knows the engine's own words."""
        return cls(read_words())

    def __init__(self, words: Dict[str, Any]) -> None:
        self._words = words

    def process(
        self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None
    ) -> List[Message]:
        """Change what was understood of each message where the open question says otherwise."""
        question = open_question_in(tracker) if tracker else OpenQuestion()
        for message in messages:
            meaning = meaning_of(understood(message), question, self._words)
            if meaning:
                _give(message, meaning)
        return messages


def open_question_in(tracker: DialogueStateTracker) -> OpenQuestion:
    """Return what the assistant said last in this session, and what its form asks for."""
    turn = _last_turn(tracker)
    said = tuple(_said(event) for event in turn if isinstance(event, BotUttered))
    slot = tracker.get_slot("requested_slot") if tracker.active_loop_name else None
    has_list = any(isinstance(event, SlotSet) and event.key == SHOWN and event.value for event in turn)
    return OpenQuestion(said, slot, has_list)


def _last_turn(tracker: DialogueStateTracker) -> List[Event]:
    turn: List[Event] = []
    for event in reversed(tracker.events):
        if isinstance(event, (UserUttered, SessionStarted, Restarted)):
            break
        turn.insert(0, event)
    return turn


def _said(event: BotUttered) -> Said:
    custom = event.data.get("custom") or {}
    buttons = custom.get("buttons") or event.data.get("buttons") or []
    cards = tuple(_offers(card.get("buttons") or []) for card in custom.get("cards") or [])
    text = str(custom.get("text") or event.text or "")
    return Said(text, _offers(buttons), bool(custom.get("choice")), cards)


def _offers(buttons: List[Dict[str, Any]]) -> Tuple[Offer, ...]:
    return tuple(Offer(button["title"], button["payload"]) for button in buttons if button.get("payload"))


def understood(message: Message) -> Understood:
    """Return what the classifiers before made of a message."""
    ranking = [one for one in message.get(INTENT_RANKING_KEY) or [] if one.get("name") != FALLBACK]
    return Understood(
        str(message.get(TEXT) or "").strip(),
        str((message.get(INTENT) or {}).get("name") or ""),
        tuple(str(one["name"]) for one in ranking),
        frozenset(entity["entity"] for entity in message.get(ENTITIES) or []),
        float(ranking[0]["confidence"]) if ranking else 0.0,
    )


def _give(message: Message, meaning: Meaning) -> None:
    """Make the message mean this; its text stays as it was typed."""
    entities: List[Dict[str, Any]] = []
    if meaning.payload:
        tapped = YAMLStoryReader.unpack_regex_message(
            Message({TEXT: meaning.payload}), entity_extractor_name=OpenQuestionReader.__name__
        )
        entities = tapped.get(ENTITIES) or []
        message.set(PAYLOAD, meaning.payload, add_to_output=True)
    elif meaning.ordinal:
        entities = [{"entity": "ordinal", "value": meaning.ordinal, "extractor": OpenQuestionReader.__name__}]
    sure = {"name": meaning.intent, "confidence": 1.0}
    message.set(INTENT, sure, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [sure, *(message.get(INTENT_RANKING_KEY) or [])], add_to_output=True)
    message.set(ENTITIES, entities, add_to_output=True)
    if message.get(ALSO_ASKED):
        # An answer asks nothing.
        message.set(ALSO_ASKED, None, add_to_output=True)
