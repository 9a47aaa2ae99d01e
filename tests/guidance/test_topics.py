"""Topic files: what is in one, and what is refused."""

from typing import Any

import pytest

from guidance.errors import NotFound, UnusableFile
from guidance.topics import Next, get_topic, topic_of

PLAIN: dict[str, Any] = {"text": "Ja.", "step": "Kijk.", "next": ["find_programmes"]}


class TestTopicOf:
    def test_reads_what_to_offer_with_its_condition(self) -> None:
        raw = {**PLAIN, "next": ["ask_salary", {"intent": "request_talk", "if": "log.check"}]}

        assert topic_of("x", raw).next == (Next("ask_salary"), Next("request_talk", "log.check"))

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"step": ""}, "no step"),
            ({"next": []}, "no next"),
            ({"follow": 1}, "unknown follow"),
            ({"asks": "name"}, "asks for name"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_refuses_a_file_that_is_not_right(self, change: dict[str, Any], problem: str) -> None:
        with pytest.raises(UnusableFile, match=problem):
            topic_of("x", {**PLAIN, **change})


class TestThemeOf:
    @pytest.mark.parametrize(
        ("text", "theme"),
        [
            ("zijn er ook jongens op de pabo", "men"),
            ("Kan dat als MAN", "men"),
            ("kan ik juf worden met een hoofddoek", "faith"),
            ("ik ben moslima mag ik lesgeven", "faith"),
            ("ik heb autisme, kan dat", "disability"),
            ("kan het ook met een rolstoel", "disability"),
            ("mijn ouders zijn gevlucht uit syrië", "background"),
            ("pas ik er wel bij met mijn achtergrond", "background"),
            ("pas ik er wel bij op die manier", None),
            ("bij welke biologie", None),
            ("", None),
        ],
    )
    def test_is_found_by_its_words(self, text: str, theme: str | None) -> None:
        assert get_topic("ask_diversity").theme_of(text) == theme

    def test_is_none_where_there_are_none(self) -> None:
        assert get_topic("ask_salary").theme_of("hoofddoek") is None


def test_a_topic_without_a_file_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_topic("../facts")
