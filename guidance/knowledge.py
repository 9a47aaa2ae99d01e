"""Home of the answers: a topic and what is known of the asker become text, step, source and what to offer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guidance import wording
from guidance.asker import Asker
from guidance.facts import Fact, FactsInText
from guidance.knowledge_words import words_for
from guidance.mentor_stories import Story
from guidance.steps import Steps
from guidance.teacher_routes import TeacherRoutes
from guidance.topics import Detail, Topic

MOST_OFFERED = 2
# Only someone on a roster can ask for these.
NEEDS_SIGN_IN = {"request_talk"}


@dataclass(frozen=True)
class About:
    """What a question is about beside its topic; the theme comes of its words, which are not kept."""

    kind: str | None = None
    subject: str | None = None
    theme: str | None = None


@dataclass(frozen=True)
class Answer:
    """What to say, the step to take, its source, what to offer, what to ask back, and what goes along."""

    topic: str
    text: str
    step: str
    source: str
    offered: tuple[str, ...]
    has_more: bool
    asks: Detail | None
    routes: TeacherRoutes | None = None
    story: Story | None = None


def compose(topic: Topic, asker: Asker, about: About, steps: Steps, *, more: bool = False) -> Answer:
    """Answer for this asker on this day; the source follows from the facts that were shown."""
    facts = FactsInText(asker.today)
    values = _values(asker, about, steps, facts)
    tells_more = more and bool(topic.more)
    text = _tidy(wording.fill(topic.more if tells_more else topic.text, **values))
    step = _tidy(wording.fill(topic.step, **values))
    return Answer(
        topic=topic.name,
        text=("\n\n" if "\n" in text else " ").join(filter(None, (text, advice_line(facts.to_check)))),
        step=step,
        source=source_line(facts.shown),
        offered=_offered(topic, values, is_anonymous=asker.is_anonymous),
        has_more=bool(topic.more) and not tells_more,
        asks=topic.asks if not tells_more and _is_unknown(topic.asks, asker, about) else None,
    )


def _values(asker: Asker, about: About, steps: Steps, facts: FactsInText) -> Mapping[str, Any]:
    words = words_for(asker, facts, kind=about.kind, subject=about.subject)
    return {**facts.by_name(), **words, "pupil": asker, "theme": about.theme, "log": steps}


def _is_unknown(detail: Detail | None, asker: Asker, about: About) -> bool:
    """Tell whether this is worth asking back: of someone who is not on a roster, and did not say it."""
    if detail is None or not asker.is_anonymous:
        return False
    if detail == "subject":
        return about.subject is None and about.kind is None
    return getattr(asker, detail) is None


def _offered(topic: Topic, values: Mapping[str, Any], *, is_anonymous: bool) -> tuple[str, ...]:
    intents = dict.fromkeys(one.intent for one in topic.next if wording.holds(one.condition, **values))
    offered = [one for one in intents if not (is_anonymous and one in NEEDS_SIGN_IN)]
    return tuple(offered[:MOST_OFFERED])


def _tidy(text: str) -> str:
    """Return a text with one space between words, and lines only where the template has them."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def advice_line(facts: Iterable[Fact]) -> str:
    """Return the advice to check, where a fact asks for it; the first that says where decides."""
    doubtful = list(facts)
    where = next((fact.check_with for fact in doubtful if fact.check_with), None)
    return wording.render("knowledge.check", where=where) if doubtful else ""


def source_line(facts: Iterable[Fact]) -> str:
    # Two facts of one publication are one source.
    named = {(fact.publisher, fact.year): fact for fact in facts if fact.publisher}
    return wording.render("knowledge.source", facts=list(named.values())) if named else ""
