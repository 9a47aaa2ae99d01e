"""Every conversation that Rasa tests, told over the chat API with engine and action server running."""

from typing import Any

import pytest
import yaml

from guidance.engine_store import COLUMNS
from guidance.settings import ROOT
from tests import service_rows
from tests.stack import RunningService, Talk

pytestmark = pytest.mark.stack

TOLD: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "tests/journeys/conversations.yml").read_text())


def stories() -> set[str]:
    files = (ROOT / "tests" / "conversations").glob("test_*.yml")
    return {story["story"] for file in files for story in yaml.safe_load(file.read_text())["stories"]}


def test_tells_every_story_that_rasa_tests() -> None:
    assert set(TOLD) == stories() != set()


@pytest.mark.parametrize("story", TOLD)
def test_tells(service: RunningService, story: str) -> None:
    code = service.add_pupil()
    talk = Talk(service, pupil_code=code)
    engine_ids = service.engine_ids(code)

    for step in TOLD[story]["talk"]:
        for _ in range(step.get("times", 1)):
            talk.say(step["say"]) if "say" in step else talk.tap(step["tap"])
        check(talk, step)

    counts = {**service.rows_of(code), "engine_events": service.engine_events(engine_ids)}
    assert {table: counts[table] for table in TOLD[story]["stored"]} == TOLD[story]["stored"]


def test_every_column_of_the_engines_store_is_classified(service: RunningService) -> None:
    Talk(service, pupil_code=service.add_pupil()).say("hoi")

    assert service_rows.engine_columns(service.engine_database) == set(COLUMNS)


def test_a_button_of_an_earlier_item_answers_nothing(service: RunningService) -> None:
    code = service.add_pupil()
    talk = Talk(service, pupil_code=code)
    talk.say("interessetest")
    old = next(payload for payload in talk.payloads if "answer_rating" in payload)
    talk.say("4")

    assert talk.tap(old)[-1]["text"].startswith("2 van 24")
    assert service.rows_of(code)["answer"] == 1


def check(talk: Talk, step: dict[str, Any]) -> None:
    for words in step["hears"]:
        assert words in talk.text, f"{words!r} is not in {talk.text!r}"
    for title in step.get("cards", []):
        assert any(title in card["title"] for card in talk.cards)
    if step.get("image"):
        assert any((message["image"] or "").startswith("data:image/svg") for message in talk.messages)
    if step.get("nearest_first"):
        distances = [card["distance_km"] for card in talk.cards if card["distance_km"] is not None]
        assert distances == sorted(distances) != []
