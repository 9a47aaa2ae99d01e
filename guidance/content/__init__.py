"""Dutch facts as data, and the one way to read them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


@cache
def read_content(name: str) -> Any:
    """Return the content of one YAML file of this folder, read once (name without ending)."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
