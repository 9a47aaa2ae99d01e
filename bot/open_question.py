"""Home of what a message means in the light of the question that is open."""

import re
from typing import Any, Dict, FrozenSet, Iterable, List, NamedTuple, Optional, Tuple

from bot.ordinals import ordinal_in
from bot.titles import NO, YES, bare, is_meant, names_of

# The one list of form slots that take the pupil's own words.
FREE_TEXT_SLOTS = frozenset({"own_words"})
CHECK_IN_SLOT = "check_in_answer"
WORDS = "give_words"
DANGER = "express_crisis"
FALLBACK = "nlu_fallback"
SOMETHING_ELSE = f"/{FALLBACK}"
STOP = "stop_task"
EXPLAIN = "explain_question"
RATINGS = ("answer_rating", "answer_unsure")
# What leaves a free-text question, beside danger and a message that ends in a question mark.
LEAVES_FREE_TEXT = {STOP, EXPLAIN}
# A text that names one of these tells something: it is no bare order to stop or explain.
NAMES = {"subject", "kind", "programme", "institution", "place", "profile"}
OPENERS = {"affirm": YES, "deny": NO}
LONGEST_RATING_WORDS = 5
# Below this even the likeliest meaning is a guess.
LIKELY_DANGER = 0.35
RATING_AMONG = 3
# Lists of like things, each with a button of the same intent: a number or a word of its title picks one.
PICKED_FROM_A_LIST = (
    "/save_programme",
    "/ask_programme_details",
    "/find_programmes",
    "/report_mentor",
    "/cancel_mentor",
)
# Cards that have a button each, of which a number picks one.
PICKED_FROM_CARDS = "/log_experience"
TELLS_MORE = '"part": "more"'


class Offer(NamedTuple):
    """One button that was offered."""

    title: str
    payload: str


class Said(NamedTuple):
    """One message of the assistant."""

    text: str
    offers: Tuple[Offer, ...] = ()
    is_choice: bool = False
    cards: Tuple[Tuple[Offer, ...], ...] = ()

    @property
    def on_cards(self) -> Tuple[Offer, ...]:
        """Return the buttons of all its cards."""
        return tuple(offer for card in self.cards for offer in card)


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
    # Bare words of our own are never danger: "meer" is the button.
    told_on = _told_on(message.text, question, words)
    return told_on or (None if _may_be_danger(message) else _answer(message, question, words))


def _answer(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[Meaning]:
    button = _named(message.text, question) or _agreed(message, question) or _picked(message, question, words)
    button = button or _on_card(message.text, question, words)
    if button:
        return _tapped(button)
    if question.slot and _is_stop(message.text, words):
        return Meaning(STOP)
    return _rating(message, question) or _of_list(message, question, words)


def _told_on(text: str, question: OpenQuestion, words: Dict[str, Any]) -> Optional[Meaning]:
    """Return what "meer" asks for: more of an answer, a list or an item, or what else there is."""
    if bare(text) not in words["telling_more"] or not question.said:
        return None
    if question.slot:
        return Meaning(EXPLAIN)
    more = _only(offer for offer in question.asking.offers if TELLS_MORE in offer.payload)
    if more:
        return _tapped(more)
    return Meaning("ask_programme_details" if question.has_list else "ask_capabilities")


def _may_be_danger(message: Understood) -> bool:
    return DANGER in message.likeliest[:1]


def _in_free_text(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[Meaning]:
    button = _only(offer for offer in question.asking.offers if bare(message.text) in names_of(offer.title))
    if button:
        return _tapped(button)
    if _may_be_danger(message) and message.likelihood >= LIKELY_DANGER:
        # Own words are kept as they are: what is likely danger is answered first, even when it is unsure.
        return Meaning(DANGER)
    if _is_stop(message.text, words):
        return Meaning(STOP)
    is_order = message.intent in LEAVES_FREE_TEXT and not NAMES & message.entities
    return None if message.is_question or is_order else Meaning(WORDS)


def _named(text: str, question: OpenQuestion) -> Optional[str]:
    """Return the one button whose title was typed: whole, its beginning, or with a small typo."""
    typed = bare(text)
    # A bare yes or no answers the last question only.
    if not typed or typed in (YES, NO):
        return None
    whole = [offer for offer in question.offers if typed in names_of(offer.title)]
    if whole:
        return _only(whole)
    return _only(offer for offer in question.offers if is_meant(typed, names_of(offer.title)))


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
    if not asked.offers or asked is not question.said[-1] or not asked.text.rstrip().endswith("?"):
        return None
    turned_down = [offer for offer in asked.offers if offer.payload == SOMETHING_ELSE]
    agreed = [offer for offer in asked.offers if offer not in turned_down]
    return _only(agreed if opener == YES else turned_down)


def _picked(message: Understood, question: OpenQuestion, words: Dict[str, Any]) -> Optional[str]:
    """Return the button that a number or a word of its title means, when asked which of these."""
    ordinal, offers = ordinal_in(message.text, words), question.asking.offers
    is_list = _is_list(question.asking)
    if not ordinal:
        return _pointed_at(message.text, offers, words) if is_list else None
    if not is_list and not (question.asking.is_choice and not question.has_list):
        return None
    at = len(offers) if ordinal == "last" else int(ordinal)
    return offers[at - 1].payload if at <= len(offers) else None


def _on_card(text: str, question: OpenQuestion, words: Dict[str, Any]) -> Optional[str]:
    """Return the button of the card that a number points at; a bare figure answers the question below."""
    ordinal = ordinal_in(text, words)
    listed = next((one.cards for one in reversed(question.said) if _are_picked(one.on_cards)), ())
    if not ordinal or (question.slot and bare(text).isdigit()):
        return None
    at = len(listed) if ordinal == "last" else int(ordinal)
    return _only(listed[at - 1]) if 0 < at <= len(listed) else None


def _are_picked(offers: Tuple[Offer, ...]) -> bool:
    return bool(offers) and all(offer.payload.startswith(PICKED_FROM_CARDS) for offer in offers)


def _is_list(asked: Said) -> bool:
    are_like = len({re.split(r"\W", offer.payload.lstrip("/"))[0] for offer in asked.offers}) == 1
    return are_like and len(asked.offers) > 1 and asked.offers[0].payload.startswith(PICKED_FROM_A_LIST)


def _pointed_at(text: str, offers: Tuple[Offer, ...], words: Dict[str, Any]) -> Optional[str]:
    """Return the one button that holds every word of a text: "die in limburg"."""
    around = {*words["around_ordinal"], *words["around_pointing"]}
    told = set(bare(text).split()) - around
    return _only(offer for offer in offers if told and told <= set(bare(offer.title).split()))


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
    ordinal = ordinal_in(message.text, words)
    is_figure = bare(message.text).isdigit()
    if not question.has_list or not ordinal or (question.slot and is_figure):
        return None
    return Meaning("ask_programme_details", ordinal=ordinal)


def _tapped(payload: str) -> Meaning:
    return Meaning(re.split(r"\W", payload.lstrip("/"))[0], payload)
