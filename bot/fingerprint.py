"""Home of the hash that tells Rasa to train a component again."""

import hashlib
from pathlib import Path
from types import ModuleType
from typing import Sequence

from bot import words


def fingerprint(modules: Sequence[ModuleType]) -> str:
    """Return a hash of these modules and of the engine's own words."""
    files = [*(Path(str(module.__file__)) for module in modules), words.FILE]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
