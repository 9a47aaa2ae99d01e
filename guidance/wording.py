"""Home of the way Dutch texts are rendered; the texts themselves are content."""

from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from guidance.content import read_content
from guidance.errors import GuidanceError


@cache
def _environment() -> Environment:
    # Chat text is not HTML: the pages escape it when they show it.
    return Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701


@cache
def _template(feature: str, name: str) -> Template:
    text: Any = read_content(f"texts/{feature}")
    for part in name.split("."):
        text = text[part]
    return _environment().from_string(text)


def render(key: str, **values: Any) -> str:
    """Return the text `feature.name` of content/texts/<feature>.yml with its values filled in."""
    feature, _, name = key.partition(".")
    return _template(feature, name).render(**values).strip()


def failure(error: GuidanceError) -> str:
    """Return what to say about a failure; its attributes are the values of the text."""
    return render(f"failures.{type(error).__name__}", **vars(error))
