"""Home of what the assistant says about expectations: what is known at each answer, and the outcome."""

from collections.abc import Iterable, Sequence
from datetime import date

from guidance.check_in_replies import too_few_reply
from guidance.expectation_outcome import ExpectationOutcome, is_surprise
from guidance.facts import FactsInText
from guidance.instruments import Instrument, Item
from guidance.knowledge import advice_line, source_line
from guidance.knowledge_words import words_of_facts
from guidance.ratings import Rating
from guidance.replies import FOLLOWED, Button, Reply, payload
from guidance.wording import fill, render

# The value of the scale by which a statement is said to hold.
HOLDS = 2


def known_reply(item: Item, rating: Rating, today: date) -> Reply:
    """Say right after an answer what is known, with its figure, source and year."""
    facts = FactsInText(today)
    told = fill(item.answer, **facts.by_name(), **words_of_facts(facts))
    for name in item.facts:
        facts.note(name)
    verdict = render("expectation.known", thought=_thought(item, rating), holds=item.right == HOLDS)
    text = " ".join(" ".join((verdict, told, advice_line(facts.to_check))).split())
    return Reply(f"{text}\n\n{source_line(facts.shown)}", mark=FOLLOWED)


def _thought(item: Item, rating: Rating) -> str:
    if rating.value is None:
        return "unsure"
    return "surprise" if is_surprise(item, rating) else "expected"


def expectation_replies(outcome: ExpectationOutcome, next_day: date) -> list[Reply]:
    """Tell what surprised the pupil, as material for a talk; then one dated next step."""
    talk = Button(render("check_in.talk_button"), payload("request_talk"))
    doubts = Button(render("expectation.more_button"), payload("ask_difficulty_and_dropout"))
    when = render("check_in.date", day=next_day)
    has_topics = bool(outcome.surprises or outcome.unsure) and not outcome.is_too_thin
    return [
        _words(outcome),
        Reply(render("expectation.next_step", date=when, has_topics=has_topics), buttons=(talk, doubts)),
    ]


def _words(outcome: ExpectationOutcome) -> Reply:
    if outcome.is_too_thin:
        return too_few_reply(outcome.instrument, outcome.answered)
    surprises = statements(outcome.instrument, outcome.surprises)
    unsure = statements(outcome.instrument, outcome.unsure)
    return Reply(render("expectation.outcome", surprises=surprises, unsure=unsure))


def statements(instrument: Instrument, items: Iterable[str]) -> Sequence[dict[str, object]]:
    """Return statements with whether they hold, ready for a text."""
    found = map(instrument.item, items)
    return [{"text": item.text.rstrip("."), "holds": item.right == HOLDS} for item in found]
