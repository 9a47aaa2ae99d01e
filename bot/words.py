"""Home of the engine's own Dutch words (bot/words.yml) and of the names it gets from the service."""

import json
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent / "words.yml"
NAMES_FILE = Path(__file__).resolve().parent / "generated" / "names.json"


def read_words() -> Any:
    """Return the engine's own word lists."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def read_names(file: Path = NAMES_FILE) -> Any:
    """Return the names the service wrote: by entity, a list of value, spellings and weight."""
    return json.loads(file.read_text(encoding="utf-8"))
