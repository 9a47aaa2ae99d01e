"""The domain, the action server, the examples and the rules must know the same things."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from guidance.content import read_content
from guidance.settings import ROOT

DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text())
PYTHON = "\n".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
# Rasa itself uses these two.
USED_BY_RASA = {"utter_default"}
# Given by bot/context.py while a question for own words is open: no text means it by itself.
WITHOUT_EXAMPLES = {"give_words"}
FEWEST_EXAMPLES = 20
LONGEST_TITLE = 30
CONTENT = [*(ROOT / "guidance" / "content").rglob("*.yml"), ROOT / "domain.yml"]


def rules() -> list[dict[str, Any]]:
    files = sorted((ROOT / "data" / "rules").glob("*.yml"))
    return [rule for file in files for rule in yaml.safe_load(file.read_text())["rules"]]


def in_rules(key: str) -> set[str]:
    return {step[key] for rule in rules() for step in rule["steps"] if key in step}


def examples() -> dict[str, int]:
    found: dict[str, int] = {}
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text())["nlu"]:
            found[block["intent"]] = len(block["examples"].strip().splitlines())
    return found


def test_domain_and_action_server_know_the_same_actions() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")

    assert set(DOMAIN["actions"]) == set(executor.actions) != set()


def test_every_intent_has_examples_and_a_rule() -> None:
    counts = examples()

    assert set(counts) | WITHOUT_EXAMPLES == set(DOMAIN["intents"])
    assert in_rules("intent") - {"nlu_fallback"} == set(DOMAIN["intents"])
    assert min(counts.values()) >= FEWEST_EXAMPLES


def test_every_intent_has_a_short_title_of_its_own() -> None:
    titles = read_content("texts/meanings")["titles"]

    assert set(titles) == set(DOMAIN["intents"]) - WITHOUT_EXAMPLES != set()
    assert max(map(len, titles.values())) <= LONGEST_TITLE
    assert len({title.casefold() for title in titles.values()}) == len(titles)


def test_every_response_is_used_and_every_one_named_exists() -> None:
    named = set(re.findall(r'"(utter_\w+)"', PYTHON)) | {
        action for action in in_rules("action") if action.startswith("utter_")
    }

    assert named | USED_BY_RASA == set(DOMAIN["responses"])


def test_rules_name_known_actions_only() -> None:
    known = {*DOMAIN["actions"], *DOMAIN["responses"], *DOMAIN["forms"], "action_deactivate_loop"}

    assert in_rules("action") <= known


@pytest.mark.parametrize("file", CONTENT, ids=lambda path: str(Path(path).relative_to(ROOT)))
def test_every_button_leads_to_a_known_intent_and_entities(file: Path) -> None:
    for intent, entities in re.findall(r'"?/([a-z_]+)(\{[^}]*\})?["\']', file.read_text()):
        if intent in {"leerling", "portaal"} or "_" not in intent:
            continue
        assert intent in DOMAIN["intents"]
        assert set(re.findall(r'"(\w+)":', entities)) <= set(DOMAIN["entities"])
