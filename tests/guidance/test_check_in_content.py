"""What the texts of the check-ins promise a pupil: easy to read, true to their facts, answered in words."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance import wording
from guidance.content import read_content
from guidance.facts import FactsInText
from guidance.knowledge_words import words_of_facts
from guidance.ratings import SKIP, UNSURE, Rating, rating_in
from tests.readability import longest_sentence, reading_ease, words

SHORT, LONG, COMPETENCE, EXPECTATION = (
    read_content(f"check_ins/{name}")
    for name in ("interest_short", "interest_long", "competence", "expectation")
)
LISTS = read_content("typed_scales")
ROWS = yaml.safe_load(Path(__file__).with_name("typed_scales.yml").read_text(encoding="utf-8"))
# Rows that were written before the lists, and that these do not read; they are asked again.
MISSED = {
    "yes_doubt_no": {
        "nee daar ben ik te verlegen voor",
        "nee ik ben daar slecht in",
        "zou ik niet durven",
        "50/50",
        "geen idee, nooit gedaan",
        "nee wel",
    },
    "true_false": {"kloptt", "100%", "klopt voor geen meter", "dikke leugen"},
}
EASIEST = 65
MOST_WORDS_A_SENTENCE = 15
MOST_WORDS_OF_AN_ANSWER = 35
DAYS = [date(2024, 1, 1), date(2026, 11, 28), date(2030, 12, 31)]

Item = dict[str, Any]


def id_of(item: Item) -> str:
    return str(item["id"])


def answer_on(item: Item, day: date) -> tuple[str, FactsInText]:
    facts = FactsInText(day)
    told = wording.fill(item["answer"], **facts.by_name(), **words_of_facts(facts))
    return " ".join(told.split()), facts


def expect_easy(text: str) -> None:
    assert reading_ease(text) >= EASIEST, text
    assert longest_sentence(text) <= MOST_WORDS_A_SENTENCE, text


class TestTheLongInterestCheckIn:
    def test_holds_the_short_one_as_it_stands(self) -> None:
        assert LONG["items"][:18] == SHORT["items"][:18]
        assert LONG["items"][-6:] == SHORT["items"][-6:]
        assert all(LONG[key] == SHORT[key] for key in ("scale", "question", "balanced_fields"))

    def test_asks_six_items_of_every_field(self) -> None:
        assert set(Counter(item["field"] for item in LONG["items"]).values()) == {6}

    # An infinitive of five words has no ease of its own, so these are read with their example.
    @pytest.mark.parametrize("item", LONG["items"], ids=id_of)
    def test_reads_easily(self, item: Item) -> None:
        expect_easy(f"{item['text']} {item['explain']}")


class TestTheCompetenceCheckIn:
    @pytest.mark.parametrize("field", COMPETENCE["balanced_fields"])
    def test_asks_for_a_story_and_then_three_times_about_it(self, field: str) -> None:
        items = [item for item in COMPETENCE["items"] if item["field"] == field]

        assert [item.get("kind") or item["asks"] for item in items] == ["words", "study", "job", "want"]

    @pytest.mark.parametrize("item", COMPETENCE["items"], ids=id_of)
    def test_reads_easily(self, item: Item) -> None:
        expect_easy(item["text"])
        expect_easy(item["explain"])

    @pytest.mark.parametrize("item", COMPETENCE["items"], ids=id_of)
    def test_asks_one_short_question_at_a_time(self, item: Item) -> None:
        tells = item.get("kind") == "words"

        assert len(words(item["text"])) <= (20 if tells else 15)
        assert tells or item["text"].count("?") == 1


class TestTheExpectationCheckIn:
    @pytest.mark.parametrize("field", EXPECTATION["balanced_fields"])
    def test_is_as_often_true_as_false(self, field: str) -> None:
        rights = Counter(item["right"] for item in EXPECTATION["items"] if item["field"] == field)

        assert rights == {1: 3, 2: 3}

    @pytest.mark.parametrize("item", EXPECTATION["items"], ids=id_of)
    def test_reads_easily(self, item: Item) -> None:
        for text in (item["text"], item["explain"], answer_on(item, DAYS[0])[0]):
            expect_easy(text)

    @pytest.mark.parametrize("day", DAYS, ids=str)
    @pytest.mark.parametrize("item", EXPECTATION["items"], ids=id_of)
    def test_answers_shortly_with_a_year_from_the_facts_it_names(self, item: Item, day: date) -> None:
        text, facts = answer_on(item, day)

        assert len(words(text)) <= MOST_WORDS_OF_AN_ANSWER
        assert re.search(r"\b20\d\d\b", text)
        assert all(facts.edition(name) in facts.shown for name in item["facts"])
        assert len(facts.shown) == len(item["facts"])

    @pytest.mark.parametrize("item", EXPECTATION["items"], ids=id_of)
    def test_leaves_it_to_the_reply_to_say_whether_it_holds(self, item: Item) -> None:
        assert "klopt" not in item["answer"].lower()

    @pytest.mark.parametrize("item", EXPECTATION["items"], ids=id_of)
    def test_holds_no_figure_of_its_own(self, item: Item) -> None:
        assert not re.search(r"\d", item["text"] + item["explain"] + item["answer"])


@pytest.mark.parametrize("instrument", [LONG, COMPETENCE, EXPECTATION], ids=lambda raw: str(raw["version"]))
def test_introductions_read_easily(instrument: Item) -> None:
    expect_easy(instrument["intro"])


@pytest.mark.parametrize("instrument", [COMPETENCE, EXPECTATION], ids=lambda raw: str(raw["version"]))
def test_typed_answers_cover_the_whole_scale(instrument: Item) -> None:
    assert list(LISTS[instrument["typed"]]["phrases"]) == list(instrument["scale"])


@pytest.mark.parametrize("scale", LISTS)
class TestTheWordLists:
    def test_give_each_phrase_one_meaning(self, scale: str) -> None:
        phrases = [phrase for texts in LISTS[scale]["phrases"].values() for phrase in texts]
        ratings = read_content("ratings")

        assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []
        assert set(phrases) & {*ratings["unsure"], *ratings["skip"]} == set()

    def test_are_written_as_typed_words_are_compared(self, scale: str) -> None:
        for texts in LISTS[scale]["phrases"].values():
            assert len(texts) >= 40
            assert [text for text in texts if not re.fullmatch(r"[a-zé0-9]+( [a-zé0-9]+)*", text)] == []

    def test_read_what_another_writer_typed(self, scale: str) -> None:
        meanings = {"unsure": UNSURE, "skip": SKIP, None: None}
        read = {
            text: rating_in(str(text), scale) == meanings.get(meaning, Rating("value", meaning))
            for text, meaning in ROWS[scale].items()
        }

        assert {text for text, is_right in read.items() if not is_right} <= MISSED[scale]

    def test_are_measured_by_rows_of_every_meaning(self, scale: str) -> None:
        meanings = {*LISTS[scale]["phrases"], "unsure", "skip", None}

        assert len(ROWS[scale]) >= 60
        assert set(ROWS[scale].values()) == meanings
