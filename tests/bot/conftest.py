"""The ground of the engine's tests: they run in the engine's own environment (make test runs both)."""

from importlib.util import find_spec
from pathlib import Path

# The service's environment has no Rasa: there, these files are not even imported.
collect_ignore_glob = [] if find_spec("rasa") else ["test_*.py"]

NAMES = Path(__file__).parent / "names.json"
