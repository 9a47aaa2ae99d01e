"""What the assistant says when it is not sure what a message means; its words are never repeated back."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from guidance.content import read_content
from guidance.replies import ASKED, MISSED, REFUSED, Button, Reply, payload
from guidance.understanding import SOMETHING_ELSE, title_of
from guidance.wording import render

TALK = "request_talk"
VARIANTS = ("first", "second", "third", "fourth")
REFUSALS = ("first", "second", "third")
# From this many misses in a row on a person is offered.
PATIENCE = 2


class Situation(NamedTuple):
    """Where a message was not understood: misses in a row, who can ask for a talk, inside a form or not."""

    misses: int
    can_ask_talk: bool = False
    in_form: bool = False


def ask_reply(choices: Sequence[str], named: Mapping[str, list[str]], where: Situation) -> Reply:
    """Ask which of these is meant; each button carries what the message named."""
    text = render(f"clarify.ask.{'two' if len(choices) > 1 else 'one'}.{_variant(where.misses)}")
    needs_person = where.misses >= PATIENCE and where.can_ask_talk and TALK not in choices
    talk = (_talk_button(),) if needs_person else ()
    buttons = (*(meaning_button(intent, named) for intent in choices), *talk, _something_else())
    return Reply(text, buttons=buttons, mark=ASKED)


def missed_reply(where: Situation, *, was_turned_down: bool = False) -> Reply:
    """Say that it is not understood and offer three things; from the second time on the dean comes first."""
    if where.misses >= PATIENCE:
        return _missed_again(where)
    name = "turned_down" if was_turned_down else "understood_nothing"
    text = render(f"clarify.missed.{name}{'_in_form' if where.in_form else ''}")
    return Reply(text, buttons=() if where.in_form else _offers("missed"), mark=MISSED)


def _missed_again(where: Situation) -> Reply:
    who, offered = ("person", "person") if where.can_ask_talk else ("nobody", "missed")
    text = render(f"clarify.missed.{who}.{_variant(where.misses - 1)}")
    buttons = (button for button in _offers(offered) if not where.in_form or button.payload == payload(TALK))
    return Reply(text, buttons=tuple(buttons), mark=MISSED)


def refused_reply(times: int, *, can_ask_talk: bool = False, in_form: bool = False) -> Reply:
    """Say that this is not what the assistant is for, and what is; once more, and a person is offered too."""
    text = render(f"clarify.refused.{REFUSALS[times % len(REFUSALS)]}")
    # What is refused twice may have been a question after all.
    talk = (_talk_button(),) if times and can_ask_talk else ()
    return Reply(text, buttons=(*talk, *(() if in_form else _offers("refused"))), mark=REFUSED)


def stay_near_reply(*, can_ask_talk: bool) -> Reply:
    """Say after the help lines that it is not understood, and offer no test but a person."""
    buttons = (_talk_button(),) if can_ask_talk else ()
    return Reply(render("clarify.after_help_lines"), buttons=buttons, mark=MISSED)


def which_one_reply(offered: Sequence[Mapping[str, str]]) -> Reply:
    """Ask once more which of the meanings is meant, with the buttons that were offered."""
    buttons = tuple(Button(one["title"], one["payload"]) for one in offered)
    return Reply(render("clarify.which_one"), buttons=buttons, mark=ASKED)


def second_question_reply(intent: str, named: Mapping[str, list[str]]) -> Reply:
    """Offer the answer to the other question of a message."""
    return Reply(render("clarify.second_question"), buttons=(meaning_button(intent, named),))


def meaning_button(intent: str, named: Mapping[str, list[str]]) -> Button:
    """Return the button that says an intent, with what the message named, so that nothing is typed twice."""
    bound = read_content("understanding")["bound_entities"]
    said = {name: values[0] if len(values) == 1 else values for name, values in named.items()}
    passed = {name: value for name, value in said.items() if name not in bound}
    return Button(title_of(intent), payload(intent, **passed))


def _talk_button() -> Button:
    return Button(title_of(TALK), payload(TALK))


def _something_else() -> Button:
    return Button(render("clarify.something_else"), SOMETHING_ELSE)


def _variant(count: int) -> str:
    """Return the variant of the nth time in a row: the last two take turns."""
    return VARIANTS[count if count < PATIENCE else PATIENCE + count % 2]


def _offers(name: str) -> tuple[Button, ...]:
    return tuple(Button(**offer) for offer in read_content("texts/clarify")["offers"][name])
