"""What is said when a message is not surely understood."""

import json
from typing import Any

import pytest

from guidance.clarify_replies import (
    Situation,
    ask_reply,
    missed_reply,
    refused_reply,
    second_question_reply,
)
from guidance.content import read_content
from guidance.replies import Reply
from tests.readability import longest_sentence, reading_ease, sentences

TEXTS = read_content("texts/clarify")
ROUNDS = range(1, 9)
TALK = "/request_talk"


def payloads(reply: Reply) -> list[str]:
    return [button.payload for button in reply.buttons]


def every_text(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    return [text for value in part.values() for text in every_text(value)]


def all_texts() -> list[str]:
    return [
        text
        for name, part in TEXTS.items()
        if name not in {"offers", "something_else"}
        for text in every_text(part)
    ]


class TestAskReply:
    def test_has_both_meanings_and_a_way_out(self) -> None:
        reply = ask_reply(("ask_study_costs", "ask_study_finance"), {}, Situation(0))

        assert [button.title for button in reply.buttons] == [
            "Wat kost het?",
            "Krijg ik een beurs?",
            "Iets anders",
        ]
        assert payloads(reply) == ["/ask_study_costs", "/ask_study_finance", "/nlu_fallback"]
        assert reply.as_message()["choice"] is True

    def test_passes_on_what_the_message_named(self) -> None:
        named = {"kind": ["pabo"], "place": ["Ommen", "'s-Gravenhage"]}

        (button, _) = ask_reply(("find_programmes",), named, Situation(0)).buttons

        intent, _, rest = button.payload.partition("{")
        assert intent == "/find_programmes"
        assert json.loads("{" + rest) == {"kind": "pabo", "place": ["Ommen", "'s-Gravenhage"]}

    @pytest.mark.parametrize("entity", ["rating", "item", "confirmed"])
    def test_never_passes_on_what_answers_another_question(self, entity: str) -> None:
        assert payloads(ask_reply(("ask_salary",), {entity: ["4"]}, Situation(0)))[0] == "/ask_salary"

    def test_offers_a_person_after_two_misses(self) -> None:
        assert TALK not in payloads(ask_reply(("ask_salary",), {}, Situation(1, can_ask_talk=True)))
        assert TALK in payloads(ask_reply(("ask_salary",), {}, Situation(2, can_ask_talk=True)))
        assert payloads(ask_reply((TALK[1:],), {}, Situation(2, can_ask_talk=True))).count(TALK) == 1


class TestMissedReply:
    def test_offers_three_things(self) -> None:
        reply = missed_reply(Situation(1, can_ask_talk=True))

        assert payloads(reply) == ["/start_interest_check_in", "/find_programmes", "/ask_capabilities"]
        assert reply.as_message()["missed"] is True

    def test_offers_the_dean_first_from_the_second_miss_on(self) -> None:
        for misses in range(2, 6):
            reply = missed_reply(Situation(misses, can_ask_talk=True))

            assert payloads(reply)[0] == TALK
            assert len(reply.buttons) == 3

    def test_names_the_dean_to_who_is_anonymous_without_a_button_that_refuses(self) -> None:
        reply = missed_reply(Situation(2))

        assert "decaan op school" in reply.text
        assert TALK not in payloads(reply)
        assert len(reply.buttons) == 3

    def test_leaves_the_buttons_to_a_form_but_for_the_talk(self) -> None:
        assert missed_reply(Situation(1, can_ask_talk=True, in_form=True)).buttons == ()
        assert payloads(missed_reply(Situation(2, can_ask_talk=True, in_form=True))) == [TALK]

    def test_hears_that_the_choices_were_turned_down(self) -> None:
        reply = missed_reply(Situation(1), was_turned_down=True)

        assert reply.text.startswith("Goed, iets anders dus.")
        assert len(reply.buttons) == 3


@pytest.mark.parametrize("in_form", [False, True], ids=["outside", "in a form"])
@pytest.mark.parametrize("can_ask_talk", [False, True], ids=["anonymous", "signed in"])
def test_says_no_sentence_twice_in_a_row(can_ask_talk: bool, in_form: bool) -> None:
    def replies(count: int) -> list[Reply]:
        where = Situation(count, can_ask_talk, in_form)
        asked = [ask_reply(choices, {}, where) for choices in (("ask_salary",), ("ask_salary", "ask_routes"))]
        return [missed_reply(where), *asked, refused_reply(count)]

    for count in ROUNDS:
        for before in replies(count):
            for after in replies(count + 1):
                assert not set(sentences(before.text)) & set(sentences(after.text))


def test_varies_a_refusal_and_says_what_is_possible() -> None:
    texts = [refused_reply(times).text for times in range(4)]

    assert len(set(texts)) == 3
    assert texts[0] == texts[3]
    assert all(refused_reply(times).buttons for times in range(4))


def test_offers_a_person_at_the_second_refusal() -> None:
    assert TALK not in payloads(refused_reply(0, can_ask_talk=True))
    assert payloads(refused_reply(1, can_ask_talk=True))[0] == TALK
    assert payloads(refused_reply(1, can_ask_talk=True, in_form=True)) == [TALK]
    assert TALK not in payloads(refused_reply(1))


def test_offers_the_second_question_with_what_was_named() -> None:
    reply = second_question_reply("ask_study_duration", {"kind": ["pabo"]})

    assert payloads(reply) == ['/ask_study_duration{"kind": "pabo"}']


@pytest.mark.parametrize("text", all_texts())
def test_reads_easily(text: str) -> None:
    assert longest_sentence(text) <= 15
    assert reading_ease(text) >= 65
    assert "!" not in text
