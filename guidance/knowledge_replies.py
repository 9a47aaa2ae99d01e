"""Home of what the assistant says to a question: the answer as a message with its buttons."""

from guidance.catalogue import KINDS
from guidance.knowledge import Answer
from guidance.replies import Button, Reply, payload
from guidance.teacher_route_replies import route_cards
from guidance.topics import topic_names
from guidance.wording import render, texts_of

# Where what was asked about goes along; a talk or a check-in does not need it.
SEARCH = "find_programmes"


def answer_reply(answer: Answer, *, named: dict[str, str], is_in_form: bool = False) -> Reply:
    """Say the answer, its step and its source; in a form its own question follows, with its own buttons."""
    question = render(f"knowledge.asks.{answer.asks}.question") if answer.asks else ""
    told = (
        render("knowledge.story", story=answer.story) if answer.story is not None and not is_in_form else ""
    )
    parts = (answer.text, told, answer.step, question, answer.source)
    text = "\n\n".join(part for part in parts if part)
    if is_in_form:
        return Reply(text)
    return Reply(text, _buttons(answer, named), route_cards(answer.routes) if answer.routes else ())


def _buttons(answer: Answer, named: dict[str, str]) -> tuple[Button, ...]:
    more = (Button(render("knowledge.more"), payload(answer.topic, **named, part="more")),)
    return (
        *_choices(answer),
        *(more if answer.has_more else ()),
        *(_offer(intent, named) for intent in answer.offered),
    )


def _choices(answer: Answer) -> tuple[Button, ...]:
    if not answer.asks:
        return ()
    return tuple(
        Button(title, payload("inform", **{"kind" if value in KINDS else answer.asks: value}))
        for value, title in texts_of(f"knowledge.asks.{answer.asks}.choices").items()
    )


def _offer(intent: str, named: dict[str, str]) -> Button:
    goes_along = intent == SEARCH or intent in topic_names()
    return Button(render(f"meanings.titles.{intent}"), payload(intent, **(named if goes_along else {})))
