"""What is answered to whom: every topic, for pupils of every kind, on many days."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.asker import Asker, asker_of
from guidance.catalogue import KINDS
from guidance.content import read_content
from guidance.knowledge import About, Answer, compose
from guidance.on_time import YEARS_TO_EXAM
from guidance.profile_rules import PROFILES
from guidance.programme_filters import subject_names
from guidance.settings import ROOT
from guidance.steps import Steps
from guidance.topics import FOLDER_OF_TOPICS, get_topic, topic_names
from tests.askers import HAVO_3, NOBODY, THE_THREE, VWO_5_NT, about, answer, on_roster
from tests.readability import longest_sentence, reading_ease, sentences, words

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MOST_WORDS, MOST_WORDS_A_SENTENCE, EASIEST = 90, 15, 65
# Says only what someone may do next, so there is no source to name.
WITHOUT_FACTS = {"ask_next_step", "consider_other_study"}
# No text is harder than the rule allows; one that must be is named here, with its reason.
HARD_TO_READ: dict[str, str] = {}
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))

levels_and_years = st.sampled_from(
    [(level, leerjaar) for level, years in YEARS_TO_EXAM.items() for leerjaar in range(1, years + 1)]
)
profiles = st.sampled_from([None, *PROFILES])


@st.composite
def askers(draw: st.DrawFn) -> Asker:
    """Someone on a roster, a visitor, or a visitor who said a level; on any day."""
    today = draw(DAYS)
    if draw(st.integers(0, 3)):
        level, leerjaar = draw(levels_and_years)
        asker = on_roster(level, leerjaar, draw(profiles) if leerjaar > 3 else None, today)
        # A pupil who stayed on the roster after the exam is there too.
        return asker if draw(st.booleans()) else asker_of(asker, {}, {})
    said = {"level": draw(st.sampled_from([None, "havo", "vwo", "mbo4"]))}
    return asker_of(Asker(today), said, {"profile": draw(profiles)})


@st.composite
def steps(draw: st.DrawFn) -> Steps:
    days = st.none() | DAYS
    return Steps(
        check=draw(days),
        has_open_check=draw(st.booleans()),
        talk_asked=draw(days),
        talk=draw(days),
        experience=draw(days),
        event=draw(days),
        saved=draw(st.integers(0, 12)),
    )


def abouts(topic: str) -> st.SearchStrategy[About]:
    plain = st.just(About())
    subjects = st.builds(about, st.sampled_from(subject_names()), st.none())
    kinds = st.builds(about, st.none(), st.sampled_from(KINDS))
    themes = list(get_topic(topic).themes)
    of_theme = st.builds(about, st.none(), st.none(), st.sampled_from(themes)) if themes else plain
    return plain | subjects | kinds | of_theme


def whole(found: Answer) -> str:
    return "\n".join(part for part in (found.text, found.step, found.source) if part)


def expect_good(found: Answer, asker: Asker) -> None:
    text = whole(found)
    assert len(words(text)) <= MOST_WORDS, text
    assert longest_sentence(text) <= MOST_WORDS_A_SENTENCE, text
    assert reading_ease(f"{found.text} {found.step}") >= EASIEST or found.topic in HARD_TO_READ, text
    assert sentences(found.step)
    assert 1 <= len(found.offered) <= 2
    assert found.topic not in found.offered
    assert not (asker.is_anonymous and "request_talk" in found.offered)
    assert re.fullmatch(r"(Bron: .+, 20\d\d)?", found.source), found.source


def intents_of(group: str) -> set[str]:
    examples = yaml.safe_load((ROOT / "data" / "nlu" / f"{group}.yml").read_text(encoding="utf-8"))["nlu"]
    return {block["intent"] for block in examples}


def test_there_is_a_file_for_every_question_about_study_and_planning() -> None:
    also = {"ask_open_days", "ask_taster_day", "find_teaching_experience"}

    assert set(topic_names()) == intents_of("knowledge") | intents_of("planning") | also
    assert len(topic_names()) > 25


@pytest.mark.parametrize("topic", topic_names())
class TestEveryTopic:
    @settings(max_examples=4, deadline=None)
    @given(data=st.data(), asker=askers(), steps=steps(), more=st.booleans())
    def test_is_short_easy_and_ends_in_a_step(
        self, topic: str, data: st.DataObject, asker: Asker, steps: Steps, more: bool
    ) -> None:
        found = compose(get_topic(topic), asker, data.draw(abouts(topic)), steps, more=more)

        expect_good(found, asker)

    @pytest.mark.slow
    @settings(max_examples=100, deadline=None)
    @given(data=st.data(), asker=askers(), steps=steps(), more=st.booleans())
    def test_is_short_easy_and_ends_in_a_step_for_many(
        self, topic: str, data: st.DataObject, asker: Asker, steps: Steps, more: bool
    ) -> None:
        found = compose(get_topic(topic), asker, data.draw(abouts(topic)), steps, more=more)

        expect_good(found, asker)

    @pytest.mark.parametrize("asker", THE_THREE, ids=["havo 3", "vwo 5 NT", "anonymous"])
    def test_names_source_and_year(self, topic: str, asker: Asker) -> None:
        assert topic in WITHOUT_FACTS or re.fullmatch(r"Bron: .+, 20\d\d", answer(topic, asker).source)

    def test_answers_three_pupils_in_three_ways(self, topic: str) -> None:
        found = [answer(topic, asker) for asker in THE_THREE]

        said = [{*sentences(one.text), *sentences(one.step)} for one in found]
        for one, other in pairwise([*said, said[0]]):
            assert one != other

    def test_asks_back_one_thing_at_most_and_only_of_someone_unknown(self, topic: str) -> None:
        detail = get_topic(topic).asks

        assert answer(topic, NOBODY).asks == detail
        assert [answer(topic, asker).asks for asker in (HAVO_3, VWO_5_NT)] == [None, None]

    def test_holds_no_figure_of_its_own(self, topic: str) -> None:
        content = get_topic(topic)

        assert not re.search(r"\d", content.text + content.step + content.more)

    def test_offers_only_what_is_understood_and_has_a_title(self, topic: str) -> None:
        titles = read_content("texts/meanings")["titles"]

        offered = {entry.intent for entry in get_topic(topic).next}
        assert offered <= set(DOMAIN["intents"]) & set(titles)

    def test_sounds_calm_and_turns_nobody_away(self, topic: str) -> None:
        raw = (FOLDER_OF_TOPICS / f"{topic}.yml").read_text(encoding="utf-8")

        assert not re.search(r"!(?!=)|\b(verboden|mag niet|kan niet|afgewezen|mentor worden)\b", raw)
