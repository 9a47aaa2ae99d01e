"""What the chat does with a message that is not surely understood."""

import pytest
from sqlalchemy.orm import Session

from actions.clarify import Clarify, SayOutOfScope
from guidance.content import read_content
from guidance.replies import MARKS
from guidance.safety_replies import concern_reply
from guidance.services.check_in_runs import find_or_add_open_run
from tests.actions.chat import Chat, ranking
from tests.people import MONDAY, pupil

pytestmark = pytest.mark.usefixtures("people")
TALK = "/request_talk"
NOISE = ranking("ask_salary", top=0.01)


def unsure(*intents: str) -> dict[str, list[dict[str, object]]]:
    return {"intent_ranking": ranking(*intents)}


async def test_asks_with_buttons_that_carry_what_was_named() -> None:
    chat = Chat()

    await chat.hear(Clarify(), named={"kind": "pabo"}, **unsure("ask_study_costs", "ask_study_finance"))

    assert chat.payloads == [
        '/ask_study_costs{"kind": "pabo"}',
        '/ask_study_finance{"kind": "pabo"}',
        "/nlu_fallback",
    ]


async def test_searches_when_that_is_meant_either_way() -> None:
    chat = Chat()
    named = {"form": "deeltijd", "kind": "pabo", "distance": "40", "place": "Goirle"}

    await chat.hear(
        Clarify(), "deeltijd pabo binnen 40 km van Goirle", named=named, **unsure("inform", "find_programmes")
    )

    assert chat.texts[0].startswith("Ik vond 2 opleidingen binnen 40 km van Goirle.")


async def test_does_not_repeat_the_words_back() -> None:
    chat = Chat()

    await chat.hear(Clarify(), "sukkelstudie in ommen", **unsure("ask_study_costs", "ask_study_finance"))
    asked = chat.texts
    await chat.hear(Clarify(), "sukkelstudie in ommen", intent_ranking=NOISE)

    assert "sukkelstudie" not in " ".join(asked + chat.texts)


async def test_offers_the_dean_at_the_second_miss_in_other_words() -> None:
    chat = Chat()
    said = []

    for _ in range(4):
        await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)
        said.append((chat.texts[0], TALK in chat.payloads))

    assert [offered for _, offered in said] == [False, True, True, True]
    assert len({text for text, _ in said}) == 4


async def test_turning_the_choices_down_is_a_miss() -> None:
    chat = Chat()

    await chat.hear(Clarify(), **unsure("ask_salary", "ask_routes"))
    await chat.hear(Clarify(), "/nlu_fallback", intent_ranking=[])
    assert chat.texts == [read_content("texts/clarify")["missed"]["turned_down"]]
    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)

    assert chat.payloads[0] == TALK


async def test_choices_turned_down_in_words_are_not_asked_again() -> None:
    chat = Chat()
    asked = unsure("ask_salary", "ask_routes")

    await chat.hear(Clarify(), **asked)
    await chat.hear(Clarify(), "iets anders", payload="/nlu_fallback", **asked)

    assert chat.texts == [read_content("texts/clarify")["missed"]["turned_down"]]


async def test_an_answer_in_between_begins_the_count_anew() -> None:
    chat = Chat()

    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)
    chat.events += [
        {"event": "user", "text": "wat kost het"},
        {"event": "bot", "data": {"custom": {"text": "x"}}},
    ]
    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)

    assert TALK not in chat.payloads


async def test_an_earlier_session_does_not_count() -> None:
    chat = Chat()

    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)
    chat.events.append({"event": "session_started"})
    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)

    assert TALK not in chat.payloads


async def test_names_the_dean_to_who_is_anonymous() -> None:
    chat = Chat("visitor")

    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)
    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)

    assert "decaan op school" in chat.texts[0]
    assert TALK not in chat.payloads


@pytest.mark.parametrize("kind", [unsure("ask_salary", "express_crisis"), unsure("express_crisis", "insult")])
async def test_shows_help_lines_first_when_it_may_be_danger(kind: dict[str, list[dict[str, object]]]) -> None:
    chat = Chat()

    await chat.hear(Clarify(), **kind)

    assert chat.texts[0] == concern_reply().text
    assert not any("express_crisis" in payload for payload in chat.payloads)


@pytest.mark.parametrize(("engine_id", "offered"), [("anna", [TALK]), ("visitor", [])])
async def test_stays_near_after_help_lines(engine_id: str, offered: list[str]) -> None:
    chat = Chat(engine_id)
    named = [{"name": name, "confidence": 0.2} for name in ("deny", "express_crisis")]

    await chat.hear(Clarify(), intent_ranking=named)

    first, second = chat.texts
    assert first == concern_reply().text
    assert second == read_content("texts/clarify")["after_help_lines"]
    assert chat.payloads == offered


async def test_takes_a_half_heard_goodbye_as_a_goodbye() -> None:
    chat = Chat()

    await chat.hear(Clarify(), **unsure("goodbye", "thank"))

    assert chat.responses == ["utter_goodbye"]


async def test_refuses_each_time_in_other_words() -> None:
    chat = Chat()
    said = []

    for _ in range(3):
        await chat.hear(SayOutOfScope(), "vertel een mop", intent={"name": "out_of_scope"})
        said.append(chat.texts[0])

    assert len(set(said)) == 3


async def test_a_refusal_neither_counts_as_a_miss_nor_ends_the_row() -> None:
    chat = Chat()

    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)
    await chat.hear(SayOutOfScope(), "vertel een mop")
    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)

    assert chat.payloads[0] == TALK


async def test_leaves_the_buttons_to_the_form_that_goes_on() -> None:
    chat = Chat(form="check_in_form")

    await chat.hear(Clarify(), "asdf?", intent_ranking=NOISE)

    assert chat.payloads == []


async def test_speaks_to_who_has_no_talk_over_the_web() -> None:
    chat = Chat("nobody")

    await chat.hear(Clarify(), "asdf", intent_ranking=NOISE)

    assert any(chat.messages[0]["custom"].get(mark) for mark in MARKS)


@pytest.mark.parametrize("text", ["ga verder", "ik wil overnieuw beginnen"])
async def test_offers_an_open_check_in_when_that_seems_meant(session: Session, text: str) -> None:
    find_or_add_open_run(session, pupil(session, "Anna"), now=MONDAY)
    session.commit()
    chat = Chat()

    await chat.hear(Clarify(), text, **unsure("stop_task"))

    assert chat.payloads[0] == "/start_interest_check_in"


async def test_asks_on_when_no_check_in_is_open() -> None:
    chat = Chat()

    await chat.hear(Clarify(), "ga verder", **unsure("stop_task", "greet"))

    assert "/start_interest_check_in" not in chat.payloads
