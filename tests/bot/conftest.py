"""The ground of the engine's tests: they run in the engine's own environment (make test runs both)."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

# The service's environment has no Rasa: there, these files are not even imported.
collect_ignore_glob = [] if find_spec("rasa") else ["test_*.py"]

NAMES = Path(__file__).parent / "names.json"
Maker = Callable[..., Any]


@pytest.fixture
def trained(tmp_path: Path) -> Maker:
    """Train a component on examples and load it again from its storage."""
    from tests.bot.mini_training import trained_component

    return lambda component, examples, **config: trained_component(component, examples, tmp_path, config)
