"""Answers what pupils ask about becoming a teacher, from dated facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guidance.content import read_content
from guidance.errors import NotFound
from guidance.facts import Fact, fact_on, money, number
from guidance.replies import Button
from guidance.wording import render


@dataclass(frozen=True)
class Answer:
    """What to say to one question, where it comes from, and what is often asked next."""

    topic: str
    text: str
    source: str
    follow_ups: tuple[Button, ...]


def answer_question(topic: str, *, today: date, level: str | None = None, kind: str | None = None) -> Answer:
    """Answer an informational intent with the facts of this day, for a known level and kind of programme."""
    knowledge = read_content("knowledge")
    if topic not in knowledge["answers"]:
        raise NotFound(f"no answer to {topic}")

    answer = knowledge["answers"][topic]
    # A named kind of programme says more about the question than the pupil's level.
    variant = next(name for name in (kind, level, "any") if name in answer["variants"])
    facts = {name: fact_on(name, today) for name in answer["variants"][variant]}
    text = render(
        f"knowledge.{topic}.{variant}",
        **{name: fact.for_text(today) for name, fact in facts.items()},
        level=level,
        words=knowledge["number_words"],
        number=number,
        money=money,
    )
    return Answer(
        topic=topic,
        text=" ".join(f"{text} {_advice(facts.values(), today)}".split()),
        source=_source(facts.values()),
        follow_ups=tuple(_button(intent) for intent in answer["follow_ups"]),
    )


def _advice(facts: Iterable[Fact], today: date) -> str:
    """Return the advice to check, when one of the facts asks for it; the first says where."""
    doubtful = [fact for fact in facts if fact.needs_checking(today)]
    return render("knowledge.check", where=doubtful[0].check_with) if doubtful else ""


def _source(facts: Iterable[Fact]) -> str:
    # Two facts of one publication are one source.
    named = {(fact.publisher, fact.year): fact for fact in facts if fact.publisher}
    return render("knowledge.source", facts=list(named.values())) if named else ""


def _button(intent: str) -> Button:
    return Button(title=render(f"meanings.titles.{intent}"), payload=f"/{intent}")
