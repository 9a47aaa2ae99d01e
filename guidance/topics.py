"""Home of the topics one can ask about: one file each in content/knowledge, named after its intent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args

import yaml

from guidance.content import FOLDER
from guidance.errors import NotFound, UnusableFile

FOLDER_OF_TOPICS = FOLDER / "knowledge"
Detail = Literal["level", "leerjaar", "profile", "subject"]
DETAILS = get_args(Detail)
Routes = Literal["all", "page"]
"""The routes to teaching beside an answer: each as a card, or only the page that shows them."""
ALWAYS = "true"


@dataclass(frozen=True)
class Next:
    """Something to offer after an answer, as long as its condition holds."""

    intent: str
    condition: str = ALWAYS


@dataclass(frozen=True)
class Topic:
    """What is said about one topic, as templates; what is offered, asked back, and what goes along."""

    name: str
    text: str
    step: str
    next: tuple[Next, ...]
    more: str = ""
    asks: Detail | None = None
    counted_only: bool = False
    routes: Routes | None = None
    stories: bool = False
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def theme_of(self, text: str) -> str | None:
        """Return the theme of which a word stands in this text; the file's first one where there are more."""
        plain = text.casefold()
        return next((theme for theme, words in self.themes.items() if _names_one(words, plain)), None)


def _names_one(words: tuple[str, ...], text: str) -> bool:
    """Tell whether one of these words stands in a text; a word with a star may go on."""
    patterns = (re.escape(word[:-1]) if word.endswith("*") else rf"{re.escape(word)}\b" for word in words)
    return re.search(rf"\b(?:{'|'.join(patterns)})", text) is not None


@cache
def topic_names() -> tuple[str, ...]:
    """Return the intents that have an answer, in order."""
    return tuple(sorted(file.stem for file in FOLDER_OF_TOPICS.glob("*.yml")))


@cache
def get_topic(name: str) -> Topic:
    """Return one topic, or raise NotFound."""
    if name not in topic_names():
        raise NotFound(f"no answer to {name}")
    return topic_of(name, yaml.safe_load((FOLDER_OF_TOPICS / f"{name}.yml").read_text(encoding="utf-8")))


def topic_of(name: str, raw: Mapping[str, Any]) -> Topic:
    """Return the content of a topic file as a topic, or raise UnusableFile with what is wrong."""
    if problem := _problem_in(raw):
        raise UnusableFile(f"{name}: {problem}")
    themes = {theme: tuple(words) for theme, words in raw.get("themes", {}).items()}
    offered = tuple(_next_of(entry) for entry in raw["next"])
    return Topic(name=name, **{**raw, "themes": themes, "next": offered})


def _next_of(entry: str | Mapping[str, str]) -> Next:
    return Next(entry) if isinstance(entry, str) else Next(entry["intent"], entry["if"])


def _problem_in(raw: Mapping[str, Any]) -> str | None:
    known = set(Topic.__dataclass_fields__) - {"name"}
    if unknown := set(raw) - known:
        return f"unknown {', '.join(sorted(unknown))}"
    if missing := [name for name in ("text", "step", "next") if not raw.get(name)]:
        return f"no {', '.join(missing)}"
    if raw.get("asks") not in (None, *DETAILS):
        return f"asks for {raw['asks']}"
    if raw.get("routes") not in (None, *get_args(Routes)):
        return f"routes are {raw['routes']}"
    return None
