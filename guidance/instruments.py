"""Home of the check-in instruments: what is asked, in which order, and whether a file is sound."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from guidance.content import FOLDER, read_content
from guidance.errors import NotFound, UnusableFile

FOLDER_OF_INSTRUMENTS = "check_ins"
NEEDED = ("name", "version", "title", "intro", "question", "minutes", "scale", "balanced_fields", "items")
NEEDED_OF_ITEM = ("id", "field", "text", "explain")
LONGEST_ITEM_WORDS = 12


@dataclass(frozen=True)
class Item:
    """One thing to answer; the explanation is an example for who asks what is meant."""

    id: str
    field: str
    text: str
    explain: str


@dataclass(frozen=True)
class Instrument:
    """One version of a check-in; the scale runs from its lowest value to its highest."""

    name: str
    version: str
    current: bool
    title: str
    intro: str
    question: str
    minutes: int
    scale: tuple[tuple[int, str], ...]
    items: tuple[Item, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Return the items by their id."""
        return {item.id: item for item in self.items}

    def item(self, item_id: str) -> Item:
        """Return one item."""
        if item_id not in self.by_id:
            raise NotFound(f"item {item_id} of {self.version}")
        return self.by_id[item_id]

    def number_of(self, item_id: str) -> int:
        """Return the place of an item in the order, counted from 1."""
        return self.items.index(self.item(item_id)) + 1

    def items_of(self, field: str) -> tuple[Item, ...]:
        """Return the items of one field, in order."""
        return tuple(item for item in self.items if item.field == field)

    def next_item(self, answered: Iterable[str]) -> Item | None:
        """Return the first item that has no answer yet; unsure and skipped items have one."""
        done = set(answered)
        return next((item for item in self.items if item.id not in done), None)


def problems_in(raw: Mapping[str, Any]) -> list[str]:
    """Say in English what is wrong with the raw content of an instrument; an empty list is a sound file."""
    missing = [f"{key} is missing" for key in NEEDED if not raw.get(key)]
    items = list(raw.get("items") or [])
    if missing or (incomplete := _incomplete_items(items)):
        return missing or incomplete
    return [*_scale_problems(raw["scale"]), *_field_problems(raw, items), *_ambiguous_items(items)]


def _incomplete_items(items: list[Mapping[str, Any]]) -> list[str]:
    return [
        f"item {item.get('id') or number}: {key} is missing"
        for number, item in enumerate(items, start=1)
        for key in NEEDED_OF_ITEM
        if not str(item.get(key) or "").strip()
    ]


def _scale_problems(scale: Mapping[int, str]) -> list[str]:
    problems = []
    if list(scale) != list(range(1, len(scale) + 1)) or len(scale) < 2:
        problems.append("the scale does not run 1, 2, 3, ...")
    return problems + [f"scale label twice: {label}" for label in _repeated(scale.values())]


def _field_problems(raw: Mapping[str, Any], items: list[Mapping[str, Any]]) -> list[str]:
    counts = Counter(item["field"] for item in items)
    balanced, others = raw["balanced_fields"], raw.get("other_fields") or []
    problems = [f"field not declared: {field}" for field in counts if field not in [*balanced, *others]]
    problems += [f"field without items: {field}" for field in [*balanced, *others] if not counts[field]]
    if len({counts[field] for field in balanced}) > 1:
        problems.append(f"unequal items a field: { {field: counts[field] for field in balanced} }")
    return problems


def _ambiguous_items(items: list[Mapping[str, Any]]) -> list[str]:
    problems = [f"id twice: {item_id}" for item_id in _repeated(item["id"] for item in items)]
    problems += [f"text twice: {text}" for text in _repeated(item["text"] for item in items)]
    problems += [f"explained twice the same: {text}" for text in _repeated(item["explain"] for item in items)]
    too_long = [item["id"] for item in items if len(item["text"].split()) > LONGEST_ITEM_WORDS]
    return problems + [f"item over {LONGEST_ITEM_WORDS} words: {item_id}" for item_id in too_long]


def _repeated(texts: Iterable[str]) -> list[str]:
    counts = Counter(str(text).casefold().strip(" .?!") for text in texts)
    return [text for text, count in counts.items() if count > 1]


def instrument_from(raw: Mapping[str, Any]) -> Instrument:
    """Return the instrument that this raw content describes, or refuse an unsound file."""
    if problems := problems_in(raw):
        raise UnusableFile("; ".join(problems))
    return Instrument(
        name=raw["name"],
        version=raw["version"],
        current=bool(raw.get("current")),
        title=raw["title"],
        intro=raw["intro"],
        question=raw["question"],
        minutes=raw["minutes"],
        scale=tuple(raw["scale"].items()),
        items=tuple(Item(**{key: item[key] for key in NEEDED_OF_ITEM}) for item in raw["items"]),
    )


def shipped_files() -> list[str]:
    """Return the content names of all shipped instruments, for `read_content`."""
    return [
        f"{FOLDER_OF_INSTRUMENTS}/{path.stem}"
        for path in sorted((FOLDER / FOLDER_OF_INSTRUMENTS).glob("*.yml"))
    ]


@cache
def get_instrument(version_or_name: str) -> Instrument:
    """Return one version of an instrument, or the current version of a name."""
    for instrument in map(instrument_from, map(read_content, shipped_files())):
        if version_or_name == instrument.version or (
            instrument.current and version_or_name == instrument.name
        ):
            return instrument
    raise NotFound(f"instrument {version_or_name}")
