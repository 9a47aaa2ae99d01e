"""Home of the reading of typed answers on a scale; what can mean two things is not read at all."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal

from rapidfuzz.distance import OSA

from guidance.content import read_content

Kind = Literal["value", "unsure", "skip", "words"]

# The scale of the interest check-in; the others stand in content/typed_scales.yml.
LIKING = "liking"
LONGEST_ANSWER_WORDS = 12
# Below this length another letter makes another word: "fiets" is not "niets", "graad" is not "graag".
LONG_WORD = 7
# A digit glued to one of these is a part of something else: "3,5", "3-4", ":3", "4%".
NOT_A_RATING = re.compile(r"[:;=\-+.,/~^€$<>*_]\d|\d[%/+\-=°€:*_^]|\d[.,]\d")
DECORATION = re.compile("[\u200d\ufe0e\ufe0f\u20e3\u2640\u2642\U0001f3fb-\U0001f3ff]")
REPEATED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Rating:
    """One answer to an item: a value of the scale, own words, "weet ik niet", or skipped."""

    kind: Kind
    value: int | None = None
    words: str | None = None

    @property
    def is_answer(self) -> bool:
        """Say whether it counts towards a completed check-in."""
        return self.kind != "skip"

    def agrees_with(self, other: "Rating", middle: float = 3) -> bool:
        """Say whether both lie on the same side of the middle, or say the same without a value."""
        return self.kind == other.kind and _side(self.value, middle) == _side(other.value, middle)


UNSURE = Rating("unsure")
SKIP = Rating("skip")


@dataclass(frozen=True)
class _Lexicon:
    """The words of one scale; `openers` go before an answer whose value they fit, nothing after `alone`."""

    middle: float
    numbers: Mapping[str, Rating]
    phrases: Mapping[str, Rating]
    at_the_start: Mapping[str, Rating]
    alone: frozenset[str]
    openers: Mapping[str, list[int]]
    signs: Mapping[str, Rating]
    vocabulary: frozenset[str]


def rating_in(text: str, scale: str = LIKING) -> Rating | None:
    """Return the answer that this text gives, or None when it is unclear, a question or something else."""
    lexicon = _lexicon(scale)
    plain = DECORATION.sub("", unicodedata.normalize("NFKC", text).casefold())
    signs, plain = _take_signs(plain, lexicon)
    if "?" in plain or NOT_A_RATING.search(plain):
        return None

    words = _words_of(plain, lexicon)
    if signs and set(words) <= set(_content()["after"]):
        words = []
    in_words = _rating_of(words, lexicon)
    if words and in_words is None:
        return None
    return _one_of([*([in_words] if in_words else []), *signs], lexicon.middle)


def rating_named_in(text: str, highest: int = 5) -> Rating | None:
    """Return the one value that a sentence names in digits ("ik bedoelde 4"); two are unclear."""
    named = set(re.findall(rf"(?<![\w.,/-])[1-{highest}](?![\w/-]|[.,]\d)", text))
    return Rating("value", int(named.pop())) if len(named) == 1 else None


def _one_of(found: list[Rating], middle: float) -> Rating | None:
    if found and all(found[0].agrees_with(other, middle) for other in found):
        return found[0]
    return None


def _take_signs(text: str, lexicon: _Lexicon) -> tuple[list[Rating], str]:
    found = []
    for sign, rating in lexicon.signs.items():
        if sign in text:
            found.append(rating)
            text = text.replace(sign, " ")
    return found, text


def _words_of(text: str, lexicon: _Lexicon) -> list[str]:
    return [_spelt(word, lexicon) for word in re.findall(r"[^\W_]+", text.replace("'", ""))]


def _rating_of(words: list[str], lexicon: _Lexicon) -> Rating | None:
    if len(words) > LONGEST_ANSWER_WORDS:
        return None
    return _without_frame(words, lexicon) or _with_opener(words, lexicon) or _with_label(words, lexicon)


def _without_frame(words: list[str], lexicon: _Lexicon) -> Rating | None:
    """Read the longest known phrase that has nothing but framing words around it."""
    frame = _content()
    for start, end in _spans(len(words)):
        known, text = lexicon.phrases if start else lexicon.at_the_start, " ".join(words[start:end])
        phrase = known.get(text)
        if (
            phrase
            and set(words[:start]) <= set(frame["before"])
            and set(words[end:]) <= _after(text, lexicon)
        ):
            return phrase
    return None


def _after(phrase: str, lexicon: _Lexicon) -> set[str]:
    """Return the words that may follow a phrase without changing it: "nee wel" is no clear no."""
    frame = _content()
    if phrase in lexicon.alone:
        return set()
    is_no = phrase.split(maxsplit=1)[0] in frame["changed_by_wel"]
    return set(frame["after"]) - ({"wel"} if is_no else set())


def _with_opener(words: list[str], lexicon: _Lexicon) -> Rating | None:
    """Read "ja heel leuk" and "nee geen idee", but not "nee heel leuk"."""
    fitting = lexicon.openers.get(words[0], []) if words else []
    rest = _rating_of(words[1:], lexicon) if fitting else None
    return rest if rest and (rest.value is None or rest.value in fitting) else None


def _with_label(words: list[str], lexicon: _Lexicon) -> Rating | None:
    """Read "5 heel leuk", the title of a button; the label must agree with the number."""
    number = lexicon.numbers.get(words[0]) if words else None
    label = _rating_of(words[1:], lexicon) if number else None
    agree = number and label and number.agrees_with(label, lexicon.middle)
    return number if agree and words[1] not in lexicon.numbers else None


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for size in range(length, 0, -1):
        for start in range(length - size + 1):
            yield start, start + size


def _spelt(word: str, lexicon: _Lexicon) -> str:
    """Return the word of our lists that this one is a typing error of, or the word itself."""
    known = lexicon.vocabulary
    for candidate in (word, REPEATED.sub(r"\1", word), REPEATED.sub(r"\1\1", word)):
        if candidate in known:
            return candidate
    if len(word) < 4 or not word.isalpha() or word in _content()["no_typo"]:
        return word
    near = {other for other in known if _is_typo(word, other)}
    return near.pop() if len(near) == 1 else word


def _is_typo(word: str, known: str) -> bool:
    """Say whether two letters of a short word changed places, or one letter of a longer word is wrong."""
    if len(known) < 4 or OSA.distance(word, known, score_cutoff=1) > 1:
        return False
    return sorted(word) == sorted(known) or min(len(word), len(known)) >= LONG_WORD


def _side(value: int | None, middle: float) -> int | None:
    return None if value is None else (value > middle) - (value < middle)


def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_content("ratings")
    return content


def _rating(meaning: int | str) -> Rating:
    return {"unsure": UNSURE, "skip": SKIP}[meaning] if isinstance(meaning, str) else Rating("value", meaning)


@cache
def _lexicon(scale: str) -> _Lexicon:
    told: Mapping[str, Any] = {} if scale == LIKING else read_content("typed_scales")[scale]
    highest = max(told["phrases"]) if told else 5
    numbers = _numbers(highest)
    phrases = {**(_liking() if scale == LIKING else _written(told["phrases"])), **numbers}
    phrases |= _written({kind: _content()[kind] for kind in ("unsure", "skip")})
    opening = {**phrases, **(_at_the_start() if scale == LIKING else {})}
    openers = _content()["openers"] if scale == LIKING else told.get("openers", {})
    signs = _content()["signs"] if scale == LIKING else told.get("signs", {})
    return _Lexicon(
        middle=(1 + highest) / 2,
        numbers=numbers,
        phrases=phrases,
        at_the_start=opening,
        alone=frozenset(told.get("alone", [])),
        openers=openers,
        signs={sign: _rating(meaning) for meaning, listed in signs.items() for sign in listed},
        vocabulary=_vocabulary(opening, openers),
    )


def _numbers(highest: int) -> dict[str, Rating]:
    words = {**{str(value): value for value in range(1, 6)}, **_content()["number_words"]}
    return {word: _rating(value) for word, value in words.items() if value <= highest}


def _written(phrases: Mapping[int | str, list[str]]) -> dict[str, Rating]:
    return {text: _rating(meaning) for meaning, texts in phrases.items() for text in texts}


def _liking() -> dict[str, Rating]:
    return {**dict(_combinations()), **_written(_content()["phrases"])}


def _at_the_start() -> dict[str, Rating]:
    return {text: _rating(value) for text, value in _content()["at_the_start"].items()}


def _combinations() -> Iterator[tuple[str, Rating]]:
    """Give each adjective with each modifier that has a meaning for it; some also glued on."""
    content = _content()
    for adjectives in content["adjectives"]:
        for modifier_kind, modifiers in {"plain": [""], **content["modifiers"]}.items():
            if modifier_kind not in adjectives:
                continue
            for modifier, adjective in product(modifiers, adjectives["words"]):
                rating = _rating(adjectives[modifier_kind])
                yield f"{modifier} {adjective}".strip(), rating
                if modifier in content["glued"]:
                    yield f"{modifier}{adjective}", rating


def _vocabulary(phrases: Iterable[str], openers: Iterable[str]) -> frozenset[str]:
    content = _content()
    lists = (phrases, content["before"], content["after"], openers)
    return frozenset(word for texts in lists for text in texts for word in text.split() if word.isalpha())
