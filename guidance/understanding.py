"""Home of what to do with a message that is not surely understood, and of what goes wrong in a row."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from guidance.content import read_content
from guidance.replies import ASKED, MISSED, REFUSED
from guidance.topics import topic_names
from guidance.wording import render

SURE, TAKEN, CONCERNED, SEARCHED = "sure", "taken", "concerned", "searched"
SEARCH = "find_programmes"
FALLBACK, CRISIS, OUT_OF_SCOPE = "nlu_fallback", "express_crisis", "out_of_scope"
# What the button "something else" sends: as if the message had not been understood.
SOMETHING_ELSE = f"/{FALLBACK}"
MOST_CHOICES = 2
# Danger this low in the ranking is noise.
LOOKED_AT_FOR_DANGER = 3


class Meaning(NamedTuple):
    """One intent that a message may have, and how sure the engine is of it."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Verdict:
    """What to do: answer as sure, ask which choice is meant, take the nearest, search, refuse, or say missed.

    `intent` is the meaning it counts as; with `is_concern` the help lines come before anything else.
    """

    kind: str
    intent: str = OUT_OF_SCOPE
    choices: tuple[str, ...] = ()
    is_concern: bool = False


@dataclass(frozen=True)
class Turn:
    """One earlier message of the pupil, and how it was answered: ASKED, MISSED, REFUSED or otherwise ("")."""

    text: str
    answered: str = ""


def meanings_of(ranking: Sequence[Mapping[str, Any]]) -> list[Meaning]:
    """Return the meanings of a ranking of the engine, nearest first, without its fallback."""
    named = [Meaning(str(entry["name"]), float(entry["confidence"])) for entry in ranking if entry["name"]]
    return [meaning for meaning in named if meaning.intent != FALLBACK]


def verdict_on(meanings: Sequence[Meaning], named: Set[str] = frozenset()) -> Verdict:
    """Decide what to do with a message of these meanings, nearest first, that names these entities."""
    if not meanings:
        return Verdict(MISSED)
    if _is_sure(meanings):
        return Verdict(SURE, meanings[0].intent)
    found = Verdict(SEARCHED, SEARCH) if _is_search(meanings, named) else _unsure(meanings)
    return replace(found, is_concern=_is_concern(meanings))


def _is_search(meanings: Sequence[Meaning], named: Set[str]) -> bool:
    """Tell whether an unsure message is a search, whichever of its first two meanings it has."""
    search = read_content("understanding")["search"]
    is_either = {one.intent for one in meanings[:2]} == set(search["meanings"])
    return is_either and all(named & set(names) for names in search["names"])


def _is_sure(meanings: Sequence[Meaning]) -> bool:
    first, limits = meanings[0].confidence, _thresholds()
    second = meanings[1].confidence if len(meanings) > 1 else 0.0
    return first >= limits["upper"] and first - second >= limits["margin"]


def _unsure(meanings: Sequence[Meaning]) -> Verdict:
    top, choices = meanings[0], choices_among(meanings)
    if top.confidence < _thresholds()["floor"]:
        return Verdict(MISSED)
    if top.intent == CRISIS:
        return Verdict(ASKED if choices else CONCERNED, CRISIS, choices)
    if choices:
        return Verdict(ASKED, choices[0], choices)
    if top.intent in read_content("understanding")["taken"]:
        return Verdict(TAKEN, top.intent)
    return Verdict(REFUSED if top.intent == OUT_OF_SCOPE else MISSED)


def choices_among(meanings: Sequence[Meaning]) -> tuple[str, ...]:
    """Return the first meanings that are near the top and may stand on a button."""
    least = meanings[0].confidence * _thresholds()["near"]
    return tuple(one.intent for one in meanings if one.confidence >= least and is_offered(one.intent))[
        :MOST_CHOICES
    ]


def is_offered(intent: str) -> bool:
    """Say whether a button may stand for this intent."""
    return intent in read_content("understanding")["offered"]


def is_knowledge(intent: str) -> bool:
    """Say whether the knowledge action answers this intent."""
    return intent in topic_names()


def title_of(intent: str) -> str:
    """Return what a button says for an intent."""
    return render(f"meanings.titles.{intent}")


def is_something_else(text: str) -> bool:
    """Say whether the choices that were asked back were turned down, by the button or in its words."""
    in_words = text.strip(" .!").casefold() == render("clarify.something_else").casefold()
    return text == SOMETHING_ELSE or in_words


def misses_before(earlier: Sequence[Turn], latest: str) -> int:
    """Count the messages in a row that came to nothing, up to the latest text, which is not counted itself.

    A question asked back and turned down by its button is one miss; out of scope is none, and ends nothing.
    """
    count, following = 0, latest
    for turn in reversed(earlier):
        if turn.answered == ASKED:
            count += not is_something_else(following)
        elif turn.answered == MISSED:
            count += 1
        elif turn.answered != REFUSED:
            break
        following = turn.text
    return count


def unhelped_before(earlier: Sequence[Turn]) -> int:
    """Count the messages in a row that got no answer of substance: asked back, missed or refused."""
    count = 0
    for turn in reversed(earlier):
        if not turn.answered:
            break
        count += 1
    return count


def _is_concern(meanings: Sequence[Meaning]) -> bool:
    weight = _thresholds()["concern"]
    return any(one.intent == CRISIS and one.confidence >= weight for one in meanings[:LOOKED_AT_FOR_DANGER])


def _thresholds() -> dict[str, float]:
    found: dict[str, float] = read_content("understanding")["thresholds"]
    return found
