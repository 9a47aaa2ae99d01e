"""Home of what a pipeline file may hold: a whole pipeline, or what it changes in ours."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from guidance.settings import ROOT

OURS_FILE = ROOT / "config.yml"

Component = dict[str, Any]


def read_pipeline(file: Path, ours: Path = OURS_FILE) -> dict[str, Any]:
    """Return the settings of a file: a whole `pipeline`, or `changes` and parts put `before` in ours."""
    settings: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    if "pipeline" in settings:
        return settings
    changes, before = settings.get("changes", {}), settings.get("before", {})
    base: dict[str, Any] = yaml.safe_load(ours.read_text(encoding="utf-8"))
    strangers = {*changes, *before} - {part["name"] for part in base["pipeline"]}
    if strangers:
        raise ValueError(f"{file.name} changes what is not in {ours.name}: {', '.join(sorted(strangers))}")
    return base | {"pipeline": list(_changed(base["pipeline"], changes, before))}


def _changed(
    parts: list[Component], changes: Mapping[str, Component | None], before: Mapping[str, list[Component]]
) -> Iterator[Component]:
    """Yield the components with their changes; one that is changed to nothing is left out."""
    for part in parts:
        yield from before.get(part["name"], [])
        change = changes.get(part["name"], {})
        if change is not None:
            yield part | change
