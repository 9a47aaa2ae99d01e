"""Conversations over the chat API with everything running: conversations/*.yml, one file a feature.

A step is what is sent (`say` is typed, `tap` is a button that was offered) and what must be answered: `hears`
and `lacks` are words, `buttons` and `cards` are titles. `stored` counts rows, `words` are those
kept with each talk that was asked for; `anonymous` has no code, and `pupil` says what kind of
pupil it is (else havo 3).
"""

from typing import Any

import pytest
import yaml

from guidance.engine_store import COLUMNS
from guidance.settings import ROOT
from guidance.understanding import SOMETHING_ELSE
from tests import service_rows
from tests.stack import RunningService, Talk

pytestmark = pytest.mark.stack

FILES = [
    yaml.safe_load(file.read_text()) for file in sorted((ROOT / "tests/journeys/conversations").glob("*.yml"))
]
TOLD: dict[str, dict[str, Any]] = {name: told for stories in FILES for name, told in stories.items()}


def stories_of_rasa() -> set[str]:
    files = (ROOT / "tests" / "conversations").glob("test_*.yml")
    return {story["story"] for file in files for story in yaml.safe_load(file.read_text())["stories"]}


def test_tells_every_story_that_rasa_tests() -> None:
    assert set() != stories_of_rasa() <= set(TOLD)


def test_tells_each_story_once() -> None:
    assert len(TOLD) == sum(map(len, FILES))


@pytest.mark.parametrize("story", TOLD)
def test_tells(service: RunningService, story: str) -> None:
    told = TOLD[story]
    code = service.add_pupil(**told.get("pupil", {}))
    talk = Talk(service, pupil_code=None if told.get("anonymous") else code)
    engine_ids = service.engine_ids(code)

    for step in told["talk"]:
        for _ in range(step.get("times", 1)):
            send(talk, step)
        check(talk, step)

    counts = {**service.rows_of(code), "engine_events": service.engine_events(engine_ids)}
    assert {table: counts[table] for table in told.get("stored", {})} == told.get("stored", {})
    assert "words" not in told or service.talk_words(code) == told["words"]


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


def test_a_yes_to_earlier_words_keeps_nothing(service: RunningService) -> None:
    code = service.add_pupil()
    talk = Talk(service, pupil_code=code)
    talk.tap("/request_talk")
    talk.say("eerst over geld")
    old = next(payload for payload in talk.payloads if payload.startswith("/affirm"))
    talk.say("anders opschrijven")
    talk.say("toch over mijn stage")

    talk.tap(old)

    assert "toch over mijn stage" in talk.text
    assert service.talk_words(code) == [None]


def send(talk: Talk, step: dict[str, Any]) -> None:
    if "unsure" in step:
        say_until_asked_back(talk, step["unsure"])
    elif "say" in step:
        talk.say(step["say"] * step.get("repeated", 1))
    elif "typed" in step:
        talk.say(talk.button_titles[step["typed"]])
    else:
        talk.tap(step["tap"])


def say_until_asked_back(talk: Talk, texts: list[str]) -> None:
    """Say vague things: which of them the engine is unsure of changes with what it learned."""
    for text in texts:
        talk.say(text)
        if SOMETHING_ELSE in talk.payloads:
            return
    raise AssertionError(f"none of {texts} was asked back")


def check(talk: Talk, step: dict[str, Any]) -> None:
    for words in step["hears"]:
        assert words in talk.text, f"{words!r} is not in {talk.text!r}"
    for words in step.get("lacks", []):
        assert words not in talk.text
    if "buttons" in step:
        assert talk.button_titles == step["buttons"]
    for title in step.get("cards", []):
        assert any(title in card["title"] for card in talk.cards)
    if step.get("image"):
        assert any((message["image"] or "").startswith("data:image/svg") for message in talk.messages)
    if step.get("nearest_first"):
        distances = [card["distance_km"] for card in talk.cards if card["distance_km"] is not None]
        assert distances == sorted(distances) != []
