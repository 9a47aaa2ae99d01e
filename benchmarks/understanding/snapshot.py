"""Home of the copy of all that Rasa loads, so that an edit during a long run cannot part model from code."""

import shutil
from pathlib import Path

from commands.engine_names import write_names
from guidance.settings import ROOT

LEFT_OUT = shutil.ignore_patterns(".venv", "node_modules", "__pycache__", ".pytest_cache")


def code_of(folder: Path) -> Path:
    """Return where the copy of the code lies in a folder of work."""
    return folder / "code"


def copy_code(folder: Path) -> None:
    """Copy the components, their names and the domain, in place of an earlier copy."""
    write_names()
    code = code_of(folder)
    shutil.rmtree(code, ignore_errors=True)
    for room in ("bot", "benchmarks"):
        shutil.copytree(ROOT / room, code / room, ignore=LEFT_OUT)
    shutil.copy(ROOT / "domain.yml", code)
