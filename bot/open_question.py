"""Home of what a message means in the light of the question that is open."""

import re
from typing import Any, Dict, FrozenSet, Iterable, List, NamedTuple, Optional, Tuple

from rapidfuzz.distance import OSA

from bot.spelling import plain
from bot.typos import edits_allowed

# The one list of form slots that take the pupil's own words.
FREE_TEXT_SLOTS = frozenset({"talk_words"})
CHECK_IN_SLOT = "check_in_answer"
WORDS = "give_words"
DANGER = "express_crisis"
FALLBACK = "nlu_fallback"
STOP = "stop_task"
RATINGS = ("answer_rating", "answer_unsure")
# What leaves a free-text question, beside danger and a message that ends in a question mark.
LEAVES_FREE_TEXT = {STOP, "explain_question"}
# A text that names one of these tells something: it is no bare order to stop or explain.
NAMES = {"subject", "kind", "programme", "institution", "place", "profile"}
YES, NO = "ja", "nee"
OPENERS = {"affirm": YES, "deny": NO}
FEWEST_WORDS_OF_BEGINNING = 2
LONGEST_RATING_WORDS = 5
# Below this even the likeliest meaning is a guess: "over mijn thuis" is no danger.
LIKELY_DANGER = 0.35
RATING_AMONG = 3
PICKED_FROM_A_LIST = ("/save_programme", "/ask_programme_details")


class Offer(NamedTuple):
    """One button that was offered."""

    title: str
    payload: str


class Said(NamedTuple):
    """One message of the assistant."""

    text: str
    offers: Tuple[Offer, ...] = ()
    is_choice: bool = False
    on_cards: Tuple[Offer, ...] = ()


class OpenQuestion(NamedTuple):
    """What the assistant said last, what the form asks for, and whether programmes were just listed."""

    said: Tuple[Said, ...] = ()
    slot: Optional[str] = None
    has_list: bool = False

    @property
    def asking(self) -> Said:
        """Return the last message that has buttons of its own."""
        return next((one for one in reversed(self.said) if one.offers), Said(""))

    @property
    def offers(self) -> List[Offer]:
        """Return every button of the turn, those on cards too."""
        return [offer for one in self.said for offer in (*one.offers, *one.on_cards)]


class Understood(NamedTuple):
    """What was understood without looking at the question; the likeliest intent first, and how likely."""

    text: str
    intent: str
    likeliest: Tuple[str, ...] = ()
    entities: FrozenSet[str] = frozenset()
    likelihood: float = 1.0

    @property
    def is_question(self) -> bool:
        """Tell whether the message ends in a question mark."""
        return self.text.rstrip(" !.").endswith("?")


class Meaning(NamedTuple):
    """What the message means here: a button that was offered, or an intent with an ordinal."""

    intent: str
    payload: str = ""
    ordinal: str = ""


def meaning_of(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[Meaning]:
    """Return what a message means here, or nothing when it means what was understood."""
    if message.text.startswith("/") or message.intent == DANGER:
        return None
    if question.slot in FREE_TEXT_SLOTS:
        return _in_free_text(message, question, words)
    if _may_be_danger(message):
        return None
    button = _named(message.text, question) or _agreed(message, question) or _picked(message, question, words)
    if button:
        return _tapped(button)
    if question.slot and _is_stop(message.text, words):
        return Meaning(STOP)
    return _rating(message, question) or _of_list(message, question, words)


def _may_be_danger(message: Understood) -> bool:
    return DANGER in message.likeliest[:1]


def _in_free_text(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[Meaning]:
    button = _only(offer for offer in question.asking.offers if bare(message.text) in _names_of(offer.title))
    if button:
        return _tapped(button)
    if _may_be_danger(message) and message.likelihood >= LIKELY_DANGER:
        # Own words are kept as they are: what is likely danger is answered first, even when it is unsure.
        return Meaning(DANGER)
    if _is_stop(message.text, words):
        return Meaning(STOP)
    is_order = message.intent in LEAVES_FREE_TEXT and not NAMES & message.entities
    return None if message.is_question or is_order else Meaning(WORDS)


def bare(text: str) -> str:
    """Return the words of a text in plain spelling, without signs."""
    return " ".join(re.findall(r"\w+", plain(text)))


def _names_of(title: str) -> List[str]:
    """Return a title in plain words, also without the yes or no it begins with."""
    name = bare(title)
    opener, _, rest = name.partition(" ")
    return [name, rest] if rest and opener in (YES, NO) else [name]


def _named(text: str, question: OpenQuestion) -> Optional[str]:
    """Return the one button whose title was typed: whole, its beginning, or with a small typo."""
    typed = bare(text)
    # A bare yes or no answers the last question only.
    if not typed or typed in (YES, NO):
        return None
    whole = [offer for offer in question.offers if typed in _names_of(offer.title)]
    if whole:
        return _only(whole)
    return _only(offer for offer in question.offers if _is_meant(typed, _names_of(offer.title)))


def _is_meant(typed: str, names: List[str]) -> bool:
    is_long = len(typed.split()) >= FEWEST_WORDS_OF_BEGINNING
    return any((is_long and f"{name} ".startswith(f"{typed} ")) or _is_typo(typed, name) for name in names)


def _is_typo(typed: str, name: str) -> bool:
    # A figure is never a typo: "3 leuk" is not "4 leuk".
    if re.findall(r"\d+", typed) != re.findall(r"\d+", name):
        return False
    return OSA.distance(typed, name) <= edits_allowed(name)


def _only(offers: Iterable[Offer]) -> Optional[str]:
    payloads = {offer.payload for offer in offers}
    return payloads.pop() if len(payloads) == 1 else None


def _agreed(message: Understood, question: OpenQuestion) -> Optional[str]:
    """Return the button that a yes or no means."""
    opener = OPENERS.get(message.intent)
    asked = question.asking
    if opener is None or message.is_question:
        return None
    opened = [offer for offer in asked.offers if bare(offer.title).split()[:1] == [opener]]
    if opened:
        return _only(opened)
    is_single = len(asked.offers) == 1 and asked is question.said[-1] and asked.text.rstrip().endswith("?")
    return asked.offers[0].payload if is_single and opener == YES else None


def _picked(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[str]:
    """Return the button that a bare number means, when the last question was which of these."""
    ordinal, offers = _ordinal(message.text, words), question.asking.offers
    if not ordinal or not _asks_which(question):
        return None
    at = len(offers) if ordinal == "last" else int(ordinal)
    return offers[at - 1].payload if at <= len(offers) else None


def _asks_which(question: OpenQuestion) -> bool:
    asked = question.asking
    intents = {re.split(r"\W", offer.payload.lstrip("/"))[0] for offer in asked.offers}
    is_list = len(asked.offers) > 1 and len(intents) == 1
    is_of_programmes = is_list and asked.offers[0].payload.startswith(PICKED_FROM_A_LIST)
    return is_of_programmes or (asked.is_choice and not question.has_list)


def _ordinal(text: str, words: Dict[str, Any]) -> str:
    """Return the number that a text without a verb consists of, or nothing."""
    told = [word for word in bare(text).split() if word not in words["around_ordinal"]]
    if len(told) != 1:
        return ""
    figure = re.fullmatch(r"([1-9])(?:e|de|ste)?", told[0])
    return figure[1] if figure else str(words["ordinal"].get(told[0], ""))


def _is_stop(text: str, words: Dict[str, Any]) -> bool:
    return bare(text) in words["stopping"]


def _rating(message: Understood, question: OpenQuestion) -> Optional[Meaning]:
    """Return the answer that a short message in a check-in is; which value it has, the service reads."""
    is_short = len(message.text.split()) <= LONGEST_RATING_WORDS
    if question.slot != CHECK_IN_SLOT or message.is_question or not is_short:
        return None
    if message.intent in OPENERS:
        return Meaning(RATINGS[0])
    near = [intent for intent in message.likeliest[:RATING_AMONG] if intent in RATINGS]
    return Meaning(near[0]) if near and message.intent == FALLBACK else None


def _of_list(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[Meaning]:
    """Return the programme that a bare number means right after a list."""
    ordinal = _ordinal(message.text, words)
    is_figure = bare(message.text).isdigit()
    if not question.has_list or not ordinal or (question.slot and is_figure):
        return None
    return Meaning("ask_programme_details", ordinal=ordinal)


def _tapped(payload: str) -> Meaning:
    return Meaning(re.split(r"\W", payload.lstrip("/"))[0], payload)
