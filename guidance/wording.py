"""Home of the way Dutch texts are rendered; the texts themselves are content."""

from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from jinja2.environment import TemplateExpression

from guidance.content import read_content
from guidance.errors import GuidanceError


@cache
def _environment() -> Environment:
    # Chat text is not HTML: the pages escape it when they show it.
    return Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701


@cache
def _template(text: str) -> Template:
    return _environment().from_string(text)


def texts_of(key: str) -> Any:
    """Return what stands under `feature.name` of content/texts/<feature>.yml: a text, or texts by name."""
    feature, *names = key.split(".")
    found: Any = read_content(f"texts/{feature}")
    for name in names:
        found = found[name]
    return found


def render(key: str, /, **values: Any) -> str:
    """Return the text `feature.name` of content/texts/<feature>.yml with its values filled in."""
    return fill(texts_of(key), **values)


def fill(text: str, /, **values: Any) -> str:
    """Return a template of a content file with its values filled in."""
    return _template(text).render(**values).strip()


@cache
def _expression(condition: str) -> TemplateExpression:
    # An unknown name must fail here as it does in a text.
    return _environment().compile_expression(condition, undefined_to_none=False)


def holds(condition: str, /, **values: Any) -> bool:
    """Say whether a condition of a content file holds; it is written as in a template."""
    return bool(_expression(condition)(**values))


def failure(error: GuidanceError) -> str:
    """Return what to say about a failure; its attributes are the values of the text."""
    return render(f"failures.{type(error).__name__}", **vars(error))
