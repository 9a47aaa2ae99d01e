"""Home of the rules that lead from answers to kinds of programme; the rules themselves are content."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from guidance.content import read_content
from guidance.instruments import Instrument
from guidance.ratings import Rating
from guidance.riasec import InterestType

# CONTRACTS 3: the values of `kind` in the programmes API.
KINDS = (
    "pabo",
    "academische_pabo",
    "tweedegraads",
    "alo",
    "kunstvakdocent",
    "groen_techniek",
    "wo_eerstegraads",
    "hbo_master",
    "educatieve_minor",
    "educatieve_master",
    "associate_degree",
)
LEVELS = ("havo", "vwo", "mbo4")
# Of a pupil whose level is not known no university route is suggested.
LEVEL_IF_UNKNOWN = "havo"

Condition = Mapping[str, Any]


@dataclass(frozen=True)
class FittingRoute:
    """A kind of programme that follows from answers; the reasons are the items that led there."""

    kind: str
    reasons: tuple[str, ...]
    after: str | None = None


@dataclass(frozen=True)
class _Match:
    route: FittingRoute
    strength: tuple[float, int]


def fitting_routes(answers: Mapping[str, Rating], level: str | None) -> list[FittingRoute]:
    """Return the kinds of programme that follow from the answers, best fit first, each kind once."""
    values = {item: rating.value for item, rating in answers.items() if rating.value is not None}
    of_level = level if level in LEVELS else LEVEL_IF_UNKNOWN
    rules = [rule for rule in read_content("routes")["routes"] if of_level in rule["levels"]]
    matches = sorted(_matches(rules, values), key=lambda match: match.strength, reverse=True)
    best: dict[str, FittingRoute] = {}
    for match in matches:
        best.setdefault(match.route.kind, match.route)
    return list(best.values())


def _matches(rules: Iterable[Mapping[str, Any]], values: Mapping[str, int]) -> Iterator[_Match]:
    for rule in rules:
        needs = [_held(line, values) for line in rule["needs"]]
        if all(needs):
            supports = _held(rule["supports"], values)
            reasons = tuple(dict.fromkeys([*(item for line in needs for item in line), *supports]))
            fit = sum(max(values[item] for item in line) for line in needs) / len(needs)
            yield _Match(FittingRoute(rule["kind"], reasons, rule.get("after")), (fit, len(supports)))


def _held(conditions: Iterable[Condition], values: Mapping[str, int]) -> list[str]:
    return [condition["item"] for condition in conditions if _holds(condition, values.get(condition["item"]))]


def _holds(condition: Condition, value: int | None) -> bool:
    return value is not None and condition.get("at_least", value) <= value <= condition.get("at_most", value)


def direction_of(field: InterestType) -> str:
    """Return where else an interest may lead, in words."""
    return str(read_content("routes")["directions"][field])


def problems_in_routes(raw: Mapping[str, Any], instrument: Instrument, offered: Set[str]) -> list[str]:
    """Say in English what is wrong with the rules: orphans, dead ends, cycles, unknown words, idle rules.

    `offered` are the kinds of which there is a programme to find.
    """
    return [
        *_unknown_words(raw, instrument),
        *_impossible_needs(raw, instrument),
        *_orphans(raw, instrument),
        *_steps_without_a_start(raw),
        *_dead_ends(raw, offered),
    ]


def _conditions_of(rule: Mapping[str, Any]) -> list[Condition]:
    return [*(condition for line in rule["needs"] for condition in line), *rule["supports"]]


def _unknown_words(raw: Mapping[str, Any], instrument: Instrument) -> Iterator[str]:
    for rule in raw["routes"]:
        unknown = {condition["item"] for condition in _conditions_of(rule)} - set(instrument.by_id)
        yield from (f"{rule['kind']}: unknown item {item}" for item in sorted(unknown))
        yield from (
            f"{rule['kind']}: unknown level {level}" for level in rule["levels"] if level not in LEVELS
        )
    kinds = {rule["kind"] for rule in raw["routes"]} | set(raw["later_steps"])
    yield from (f"unknown kind {kind}" for kind in sorted(kinds - set(KINDS)))


def _impossible_needs(raw: Mapping[str, Any], instrument: Instrument) -> Iterator[str]:
    on_scale = [value for value, _ in instrument.scale]
    for rule in raw["routes"]:
        if not rule["needs"] or not all(rule["needs"]):
            yield f"{rule['kind']}: a rule or a line without a condition"
        for condition in _conditions_of(rule):
            if not {"at_least", "at_most"} & set(condition):
                yield f"{rule['kind']}: {condition['item']} has no bound"
            if not any(_holds(condition, value) for value in on_scale):
                yield f"{rule['kind']}: {condition['item']} can never hold"


def _orphans(raw: Mapping[str, Any], instrument: Instrument) -> Iterator[str]:
    reached = {rule["kind"] for rule in raw["routes"]}
    yield from (f"no rule leads to {kind}" for kind in KINDS if kind not in reached | set(raw["later_steps"]))
    used = {condition["item"] for rule in raw["routes"] for line in rule["needs"] for condition in line}
    teaching = [item.id for item in instrument.items_of("teaching")]
    yield from (f"no rule asks for {item}" for item in teaching if item not in used)
    yield from (f"no direction for {field}" for field in InterestType if field not in raw["directions"])


def _steps_without_a_start(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield the kinds that no pupil can ever begin: what comes before them ends nowhere, or in themselves."""
    begun = {*raw["starts"], *(rule["kind"] for rule in raw["routes"] if not rule.get("after"))}
    before = {kind: step["after"] for kind, step in raw["later_steps"].items()}
    before |= {rule["kind"]: [rule["after"]] for rule in raw["routes"] if rule.get("after")}
    reached = set(begun)
    while found := {kind for kind, earlier in before.items() if reached & set(earlier)} - reached:
        reached |= found
    yield from (
        f"{kind}: what comes before it leads nowhere or round" for kind in sorted({*before} - reached)
    )


def _dead_ends(raw: Mapping[str, Any], offered: Set[str]) -> Iterator[str]:
    led_to = {rule["kind"] for rule in raw["routes"]}
    yield from (f"{kind}: no programme to find" for kind in sorted(led_to - offered))
