"""The component that reads a message in the light of the open question, on trackers as Rasa makes them."""

from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.context import OpenQuestionReader
from tests.bot.mini_training import CONTEXT, RESOURCE, storage_in

HELLO = [SessionStarted(), ActionExecuted("action_listen"), UserUttered("hoi")]
BUTTONS = [
    {"title": "Opleidingen zoeken", "payload": "/find_programmes"},
    {"title": "Bij mijn school, in Ommen", "payload": '/find_programmes{"place": "Ommen"}'},
]
SLOTS = ["requested_slot", "shown_programmes"]


@pytest.fixture
def reader(tmp_path: Any) -> OpenQuestionReader:
    return OpenQuestionReader.create({}, storage_in(tmp_path / "storage"), RESOURCE, CONTEXT)


def tracker(*events: Event) -> DialogueStateTracker:
    slots = [AnySlot(name, mappings=[], influence_conversation=False) for name in SLOTS]
    return DialogueStateTracker.from_events("anna", [*HELLO, *events], slots=slots)


def in_form(form: str, slot: str, *events: Event) -> DialogueStateTracker:
    return tracker(ActiveLoop(form), SlotSet("requested_slot", slot), *events)


def custom(text: str = "Kies.", **more: Any) -> BotUttered:
    return BotUttered(None, {"custom": {"text": text, "buttons": [], "cards": [], **more}})


def read(reader: OpenQuestionReader, text: str, intent: str, talk: Any, *entities: str) -> dict[str, Any]:
    message = Message.build(text=text)
    ranking = [{"name": intent, "confidence": 0.7}, {"name": "greet", "confidence": 0.1}]
    message.set("intent", ranking[0], add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    message.set("entities", [{"entity": name, "value": "?"} for name in entities], add_to_output=True)
    (answer,) = reader.process([message], talk)
    return dict(answer.as_dict(only_output_properties=True))


def values(understood: dict[str, Any]) -> dict[str, str]:
    return {entity["entity"]: entity["value"] for entity in understood["entities"]}


@pytest.mark.parametrize(
    "talk",
    [None, DialogueStateTracker.from_events("anna", []), tracker()],
    ids=["no tracker", "empty", "nothing said"],
)
def test_leaves_the_first_message_as_it_was_understood(reader: OpenQuestionReader, talk: Any) -> None:
    for text, intent in [("ja", "affirm"), ("2", "answer_rating"), ("opleidingen zoeken", "find_programmes")]:
        understood = read(reader, text, intent, talk, "place")

        assert understood["intent"] == {"name": intent, "confidence": 0.7}
        assert values(understood) == {"place": "?"}
        assert "payload" not in understood


@pytest.mark.parametrize(
    "said",
    [
        custom(buttons=BUTTONS),
        BotUttered("Kies.", {"buttons": BUTTONS}),
        custom(cards=[{"buttons": BUTTONS}]),
    ],
    ids=["json message", "response of the domain", "on a card"],
)
def test_takes_a_title_for_the_tap(reader: OpenQuestionReader, said: BotUttered) -> None:
    understood = read(reader, "bij mijn school in ommen", "inform", tracker(said), "institution")

    assert understood["intent"] == {"name": "find_programmes", "confidence": 1.0}
    assert understood["intent_ranking"][0]["name"] == "find_programmes"
    assert understood["payload"] == '/find_programmes{"place": "Ommen"}'
    assert values(understood) == {"place": "Ommen"}
    assert understood["text"] == "bij mijn school in ommen"


def test_looks_at_the_last_turn_only(reader: OpenQuestionReader) -> None:
    earlier = tracker(custom(buttons=BUTTONS), UserUttered("dank je"), custom("Graag gedaan."))

    assert read(reader, "opleidingen zoeken", "inform", earlier)["intent"]["name"] == "inform"


def test_takes_all_messages_of_the_turn(reader: OpenQuestionReader) -> None:
    talk = tracker(custom(buttons=BUTTONS), custom("Nog iets."))

    assert read(reader, "opleidingen zoeken", "inform", talk)["intent"]["name"] == "find_programmes"


def test_forgets_what_was_asked_in_an_earlier_session(reader: OpenQuestionReader) -> None:
    talk = tracker(custom(buttons=BUTTONS), SessionStarted(), ActionExecuted("action_listen"))

    assert read(reader, "opleidingen zoeken", "inform", talk)["intent"]["name"] == "inform"


def test_takes_yes_for_the_only_button_of_a_question(reader: OpenQuestionReader) -> None:
    talk = tracker(custom("Zal ik zoeken?", buttons=BUTTONS[:1]))

    assert read(reader, "ja doe maar", "affirm", talk)["intent"]["name"] == "find_programmes"


def test_picks_a_button_of_a_choice(reader: OpenQuestionReader) -> None:
    talk = tracker(custom("Bedoel je dit of dat?", buttons=BUTTONS, choice=True))

    assert values(read(reader, "die tweede", "save_programme", talk)) == {"place": "Ommen"}


def test_takes_a_number_after_a_list_for_a_programme(reader: OpenQuestionReader) -> None:
    talk = tracker(custom("Ik vond er drie."), SlotSet("shown_programmes", ["a", "b", "c"]))

    understood = read(reader, "die tweede", "save_programme", talk)

    assert (understood["intent"]["name"], values(understood)) == ("ask_programme_details", {"ordinal": "2"})


def test_sees_no_list_where_nothing_was_found(reader: OpenQuestionReader) -> None:
    talk = tracker(custom("Ik vond niets."), SlotSet("shown_programmes", []))

    assert read(reader, "die tweede", "save_programme", talk)["intent"]["name"] == "save_programme"


def test_takes_words_as_words_while_a_form_asks_for_them(reader: OpenQuestionReader) -> None:
    talk = in_form("talk_words_form", "own_words", custom("Waar wil je het over hebben?"))

    understood = read(reader, "ik wil naar de pabo in Ommen", "find_programmes", talk, "kind", "place")

    assert (understood["intent"]["name"], understood["entities"]) == ("give_words", [])


def test_own_words_ask_no_second_question(reader: OpenQuestionReader) -> None:
    talk = in_form("talk_words_form", "own_words", custom("Waar wil je het over hebben?"))
    message = Message.build(text="over de pabo en hoe lang die duurt")
    message.set("intent", {"name": "ask_study_duration", "confidence": 1.0}, add_to_output=True)
    message.set("also_asked", {"intent": "ask_routes", "text": "over de pabo"}, add_to_output=True)

    (answer,) = reader.process([message], talk)

    assert answer.get("intent")["name"] == "give_words"
    assert answer.get("also_asked") is None


def test_keeps_a_question_within_words(reader: OpenQuestionReader) -> None:
    talk = in_form("talk_words_form", "own_words", custom("Waar wil je het over hebben?"))

    understood = read(reader, "wat kost de pabo?", "ask_study_costs", talk, "kind")

    assert (understood["intent"]["name"], values(understood)) == ("ask_study_costs", {"kind": "?"})


def test_takes_yes_for_an_answer_while_a_check_in_asks(reader: OpenQuestionReader) -> None:
    talk = in_form("check_in_form", "check_in_answer", custom("Hoe leuk vind je dit?"))

    assert read(reader, "ja hoor", "affirm", talk)["intent"]["name"] == "answer_rating"


def test_asks_nothing_for_a_slot_whose_form_is_over(reader: OpenQuestionReader) -> None:
    talk = tracker(SlotSet("requested_slot", "own_words"), custom("Hoi."))

    assert read(reader, "wat kost de pabo", "ask_study_costs", talk)["intent"]["name"] == "ask_study_costs"


@pytest.mark.parametrize(
    "form_slot", [("talk_words_form", "own_words"), ("check_in_form", "check_in_answer")]
)
def test_never_hides_danger(reader: OpenQuestionReader, form_slot: tuple[str, str]) -> None:
    talk = in_form(*form_slot, custom("Kies.", buttons=[{"title": "Ik wil dood", "payload": "/greet"}]))

    assert read(reader, "ik wil dood", "express_crisis", talk)["intent"]["name"] == "express_crisis"


def test_leaves_a_payload_to_rasa(reader: OpenQuestionReader) -> None:
    talk = in_form("talk_words_form", "own_words", custom("Waar wil je het over hebben?"))

    assert read(reader, "/find_programmes", "greet", talk)["intent"]["name"] == "greet"
