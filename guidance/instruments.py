"""Home of the check-in instruments: what is asked, in which order, and whether a file is sound."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from guidance.content import FOLDER, read_content
from guidance.errors import NotFound, UnusableFile
from guidance.ratings import LIKING, Rating

FOLDER_OF_INSTRUMENTS = "check_ins"
NEEDED = ("name", "version", "title", "intro", "minutes", "scale", "balanced_fields", "items")
NEEDED_OF_ITEM = ("id", "field", "text", "explain")
# A question may be longer than a statement, and one for own words longer still.
LONGEST_STATEMENT, LONGEST_QUESTION, LONGEST_WORDS_ITEM = 12, 15, 20
KINDS_OF_ITEM = ("rating", "words")
LONG = "long"
# CONTRACTS 6: the floor for showing an outcome.
FEWEST_ANSWERS = 3


@dataclass(frozen=True)
class Item:
    """One thing to answer; the explanation is an example for who asks what is meant.

    `asks` is the self-selection question of a competence item. Of an expectation item, `right` is the value
    that is known to hold, and `answer` with its `facts` says so.
    """

    id: str
    field: str
    text: str
    explain: str
    kind: str = "rating"
    asks: str = ""
    right: int | None = None
    answer: str = ""
    facts: tuple[str, ...] = ()

    @property
    def is_words(self) -> bool:
        """Say whether it is answered in own words."""
        return self.kind == "words"


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
    form: str = ""
    typed: str = LIKING

    @property
    def is_adaptive(self) -> bool:
        """Say whether the order follows the answers, and the check-in may stop early."""
        return self.form == LONG

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

    def takes(self, item: Item, rating: Rating) -> bool:
        """Say whether this can be an answer to the item: its own words, or a value of the scale."""
        if rating.kind == "value":
            return not item.is_words and rating.value in dict(self.scale)
        return rating.kind != "words" or item.is_words

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
    return [
        *_scale_problems(raw["scale"]),
        *_field_problems(raw, items),
        *_ambiguous_items(items),
        *_unanswerable_items(raw, items),
    ]


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
    too_long = [item for item in items if len(item["text"].split()) > _most_words(item)]
    return problems + [f"item over {_most_words(item)} words: {item['id']}" for item in too_long]


def _most_words(item: Mapping[str, Any]) -> int:
    if item.get("kind") == "words":
        return LONGEST_WORDS_ITEM
    return LONGEST_QUESTION if item.get("asks") else LONGEST_STATEMENT


def _unanswerable_items(raw: Mapping[str, Any], items: list[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what has no way to be answered, or says of an expectation only half of what is known."""
    typed = raw.get("typed", LIKING)
    if typed != LIKING and set(read_content("typed_scales").get(typed, {}).get("phrases", {})) != set(
        raw["scale"]
    ):
        yield f"typed answers of {typed} do not fit the scale"
    for item in items:
        if item.get("kind", "rating") not in KINDS_OF_ITEM:
            yield f"item {item['id']}: unknown kind {item['kind']}"
        if "right" in item and (
            item["right"] not in raw["scale"] or not item.get("answer") or not item.get("facts")
        ):
            yield f"item {item['id']}: an expectation needs a right value, an answer and its facts"


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
        question=raw.get("question", ""),
        minutes=raw["minutes"],
        scale=tuple(raw["scale"].items()),
        items=tuple(Item(**{**item, "facts": tuple(item.get("facts", ()))}) for item in raw["items"]),
        form=raw.get("form", ""),
        typed=raw.get("typed", LIKING),
    )


def shipped_files() -> list[str]:
    """Return the content names of all shipped instruments, for `read_content`."""
    return [
        f"{FOLDER_OF_INSTRUMENTS}/{path.stem}"
        for path in sorted((FOLDER / FOLDER_OF_INSTRUMENTS).glob("*.yml"))
    ]


@cache
def shipped_instruments() -> tuple[Instrument, ...]:
    """Return every version of every instrument."""
    return tuple(map(instrument_from, map(read_content, shipped_files())))


def long_form_of(name: str) -> Instrument | None:
    """Return the long form of an instrument, if it has one."""
    return next((one for one in shipped_instruments() if one.name == name and one.form == LONG), None)


@cache
def get_instrument(version_or_name: str) -> Instrument:
    """Return one version of an instrument, or the current version of a name."""
    for instrument in shipped_instruments():
        if version_or_name == instrument.version or (
            instrument.current and version_or_name == instrument.name
        ):
            return instrument
    raise NotFound(f"instrument {version_or_name}")
