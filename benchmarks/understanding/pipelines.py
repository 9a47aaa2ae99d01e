"""Home of what a pipeline file may hold: a whole pipeline, or what it changes in ours."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from guidance.settings import ROOT

OURS_FILE = ROOT / "config.yml"

Component = dict[str, Any]


def read_pipeline(file: Path, ours: Path = OURS_FILE) -> dict[str, Any]:
    """Return the settings of a pipeline file, its `changes` made in ours."""
    settings: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    if "changes" not in settings:
        return settings
    changed: dict[str, Any] = yaml.safe_load(ours.read_text(encoding="utf-8"))
    strangers = set(settings["changes"]) - {part["name"] for part in changed["pipeline"]}
    if strangers:
        raise ValueError(f"{file.name} changes what is not in {ours.name}: {', '.join(sorted(strangers))}")
    return changed | {"pipeline": list(_changed(changed["pipeline"], settings["changes"]))}


def _changed(parts: list[Component], changes: Mapping[str, Component | None]) -> Iterator[Component]:
    """Yield the components with their changes; one that is changed to nothing is left out."""
    for part in parts:
        change = changes.get(part["name"], {})
        if change is not None:
            yield part | change
