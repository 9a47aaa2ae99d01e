"""What a pipeline file holds."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.understanding.candidates import PIPELINES, candidate, variants
from benchmarks.understanding.pipelines import OURS_FILE, read_pipeline

OURS = {"language": "nl", "pipeline": [{"name": "Tokens"}, {"name": "Intents", "strength": 100}]}


def changed(folder: Path, changes: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    (folder / "ours.yml").write_text(yaml.safe_dump(OURS))
    (folder / "variant.yml").write_text(yaml.safe_dump({"changes": changes, **more}))
    pipeline: list[dict[str, Any]] = read_pipeline(folder / "variant.yml", folder / "ours.yml")["pipeline"]
    return pipeline


def test_changes_an_option_and_keeps_the_rest(tmp_path: Path) -> None:
    pipeline = changed(tmp_path, {"Intents": {"words": False}})

    assert pipeline == [{"name": "Tokens"}, {"name": "Intents", "strength": 100, "words": False}]


def test_leaves_out_a_component(tmp_path: Path) -> None:
    assert changed(tmp_path, {"Tokens": None}) == [{"name": "Intents", "strength": 100}]


def test_puts_components_before_another(tmp_path: Path) -> None:
    pipeline = changed(tmp_path, {}, before={"Intents": [{"name": "Spelling"}]})

    assert [part["name"] for part in pipeline] == ["Tokens", "Spelling", "Intents"]


def test_refuses_to_change_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Gone"):
        changed(tmp_path, {"Gone": None})


@pytest.mark.parametrize("name", variants())
def test_every_variant_differs_from_ours(name: str) -> None:
    pipeline = candidate(name).pipeline

    assert pipeline == PIPELINES / f"{name}.yml"
    assert read_pipeline(pipeline)["pipeline"] != read_pipeline(OURS_FILE)["pipeline"]


def test_an_unknown_system_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="stock, nlpjs"):
        candidate("gone")
