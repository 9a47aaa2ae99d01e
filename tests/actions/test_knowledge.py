"""Questions asked in the chat, alone and in the middle of a check-in."""

from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.knowledge import AnswerQuestion
from guidance.content import read_content
from guidance.settings import ROOT

RULES = yaml.safe_load((ROOT / "data" / "rules" / "knowledge.yml").read_text(encoding="utf-8"))["rules"]


async def ask(intent: str, *, loop: str | None = None, levels: tuple[str, ...] = (), **slots: str) -> Any:
    """Run the action on one message and return what was said, as one message."""
    found = [{"entity": "level", "value": level} for level in levels]
    tracker = Tracker(
        sender_id="anna",
        slots={"level": None, "kind": None, **slots},
        latest_message={"intent": {"name": intent}, "entities": found, "text": "?"},
        events=[],
        paused=False,
        followup_action=None,
        active_loop={"name": loop} if loop else {},
        latest_action_name=None,
    )
    dispatcher = CollectingDispatcher()
    assert await AnswerQuestion().run(dispatcher, tracker, {}) == []
    (message,) = dispatcher.messages
    return message["custom"]


async def test_answers_with_the_source_below() -> None:
    said = await ask("ask_study_duration", kind="pabo")

    text, source = said["text"].split("\n\n")
    assert text.startswith("De pabo duurt vier jaar in voltijd.")
    assert source == "Bron: DUO, 2026"


async def test_offers_what_is_often_asked_next() -> None:
    said = await ask("ask_study_costs")

    assert [button["payload"] for button in said["buttons"]] == ["/ask_study_finance", "/find_programmes"]


async def test_leaves_the_buttons_to_the_check_in_that_goes_on() -> None:
    said = await ask("ask_study_costs", loop="interest_check_in_form")

    assert "€" in said["text"]
    assert said["buttons"] == ()


async def test_believes_the_message_before_what_was_said_earlier() -> None:
    said = await ask("ask_pabo_entry_tests", levels=("vwo",), level="havo")

    assert "geen toets" in said["text"]


async def test_answers_in_general_when_the_message_names_two_levels() -> None:
    said = await ask("ask_pabo_entry_tests", levels=("havo", "vwo"), level="havo")

    assert said == await ask("ask_pabo_entry_tests")


async def test_uses_what_was_said_earlier() -> None:
    said = await ask("ask_pabo_entry_tests", level="havo")

    assert "een of twee toetsen" in said["text"]


async def test_shows_no_empty_source() -> None:
    said = await ask("consider_other_study")

    assert "Bron" not in said["text"]
    assert said["text"] == said["text"].strip()


@pytest.mark.parametrize("intent", ["", "ask_the_weather"])
async def test_answers_in_words_when_it_has_no_answer(intent: str) -> None:
    said = await ask(intent)

    assert said["text"]


def test_every_answer_has_a_rule_without_conditions() -> None:
    steps = [
        [{"intent": topic}, {"action": "action_answer_question"}]
        for topic in read_content("knowledge")["answers"]
    ]

    assert [rule["steps"] for rule in RULES] == steps
    assert not any("condition" in rule for rule in RULES)
