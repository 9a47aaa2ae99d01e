"""What is done with a message that is not surely understood, and what counts as a miss."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import read_content
from guidance.replies import ASKED, MISSED, REFUSED
from guidance.settings import ROOT
from guidance.understanding import (
    CONCERNED,
    CRISIS,
    OUT_OF_SCOPE,
    SEARCHED,
    SURE,
    TAKEN,
    Meaning,
    Turn,
    Verdict,
    is_knowledge,
    is_offered,
    is_something_else,
    meanings_of,
    misses_before,
    unhelped_before,
    verdict_on,
)

LIMITS = read_content("understanding")["thresholds"]
TITLES = read_content("texts/meanings")["titles"]
INTENTS = sorted(TITLES)
# Sure, somewhere in the band, and under it.
SURELY, UNSURE, HARDLY = (
    LIMITS["upper"] + 0.2,
    (LIMITS["upper"] + LIMITS["floor"]) / 2,
    LIMITS["floor"] - 0.02,
)
NEAR = 0.9


def ranking(*intents: str, top: float = UNSURE, share: float = NEAR) -> list[Meaning]:
    return [Meaning(intent, top * share**place) for place, intent in enumerate(intents)]


class TestVerdict:
    def test_is_sure_well_above_the_rest(self) -> None:
        assert verdict_on([Meaning("ask_salary", SURELY), Meaning("ask_routes", 0.1)]) == Verdict(
            SURE, "ask_salary"
        )

    def test_asks_between_two_that_are_as_likely(self) -> None:
        meanings = [Meaning("ask_salary", SURELY), Meaning("ask_routes", SURELY - LIMITS["margin"] / 2)]

        assert verdict_on(meanings) == Verdict(ASKED, "ask_salary", ("ask_salary", "ask_routes"))

    def test_asks_between_the_first_two_in_the_band(self) -> None:
        verdict = verdict_on(ranking("ask_salary", "ask_routes", "ask_workload"))

        assert verdict == Verdict(ASKED, "ask_salary", ("ask_salary", "ask_routes"))

    @pytest.mark.parametrize("top", [UNSURE, HARDLY])
    @pytest.mark.parametrize("order", [("inform", "find_programmes"), ("find_programmes", "inform")])
    def test_searches_when_either_meaning_comes_to_that(self, order: tuple[str, str], top: float) -> None:
        meanings = ranking(*order, "ask_routes", top=top)

        assert verdict_on(meanings, {"place", "kind"}) == Verdict(SEARCHED, "find_programmes")
        assert verdict_on(meanings, {"place"}).kind != SEARCHED
        assert verdict_on(meanings, {"kind", "subject"}).kind != SEARCHED
        assert verdict_on(ranking("inform", "ask_routes", top=top), {"place", "kind"}).kind != SEARCHED

    def test_asks_for_one_when_the_second_is_far(self) -> None:
        verdict = verdict_on(ranking("ask_salary", "ask_routes", share=LIMITS["near"] - 0.1))

        assert verdict.choices == ("ask_salary",)

    @pytest.mark.parametrize("second", ["out_of_scope", "insult", "greet", "affirm", "answer_rating"])
    def test_passes_over_what_may_not_stand_on_a_button(self, second: str) -> None:
        verdict = verdict_on(ranking("ask_salary", second, "ask_routes"))

        assert verdict.choices == ("ask_salary", "ask_routes")

    def test_asks_for_the_second_when_the_first_is_out_of_scope(self) -> None:
        assert verdict_on(ranking("out_of_scope", "ask_routes")).intent == "ask_routes"

    def test_refuses_what_is_out_of_scope_with_nothing_near(self) -> None:
        verdict = verdict_on(ranking("out_of_scope", "ask_routes", share=LIMITS["near"] - 0.1))

        assert verdict == Verdict(REFUSED, OUT_OF_SCOPE)

    @pytest.mark.parametrize("intent", ["greet", "goodbye", "thank", "complain_about_bot"])
    def test_takes_what_does_no_harm(self, intent: str) -> None:
        assert verdict_on(ranking(intent, "affirm")) == Verdict(TAKEN, intent)

    @pytest.mark.parametrize("meanings", [[], ranking("ask_salary", "ask_routes", top=HARDLY)])
    def test_says_missed_under_the_floor(self, meanings: list[Meaning]) -> None:
        assert verdict_on(meanings) == Verdict(MISSED, OUT_OF_SCOPE)

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_thinks_of_danger_among_the_first_three(self, place: int) -> None:
        intents = ["ask_salary", "ask_routes"]
        intents.insert(place, CRISIS)

        verdict = verdict_on(ranking(*intents))

        assert verdict.is_concern
        assert CRISIS not in verdict.choices

    def test_shows_only_the_help_lines_when_danger_is_all_there_is(self) -> None:
        assert verdict_on(ranking(CRISIS, "insult")).kind == CONCERNED

    def test_does_not_think_of_danger_at_a_whisper_of_it(self) -> None:
        meanings = [Meaning("ask_salary", UNSURE), Meaning(CRISIS, LIMITS["concern"] / 2)]

        assert not verdict_on(meanings).is_concern

    @given(
        st.lists(st.sampled_from(INTENTS), unique=True, max_size=5),
        st.floats(min_value=0, max_value=1),
        st.floats(min_value=0, max_value=1),
    )
    def test_offers_at_most_two_that_may_be_offered(
        self, intents: list[str], top: float, share: float
    ) -> None:
        verdict = verdict_on(ranking(*intents, top=top, share=share))

        assert len(set(verdict.choices)) == len(verdict.choices) <= 2
        assert all(map(is_offered, verdict.choices))
        assert (verdict.kind == ASKED) == bool(verdict.choices)
        assert verdict.intent in {*intents, OUT_OF_SCOPE}


def test_leaves_the_fallback_out_of_the_meanings() -> None:
    entries = [{"name": "nlu_fallback", "confidence": 0.3}, {"name": "greet", "confidence": 0.2}]

    assert meanings_of(entries) == [Meaning("greet", 0.2)]


@pytest.mark.parametrize(
    ("earlier", "latest", "count"),
    [
        ([], "x", 0),
        ([Turn("x", MISSED)], "x", 1),
        ([Turn("x", MISSED), Turn("x", MISSED)], "x", 2),
        ([Turn("x", MISSED), Turn("wat kost het")], "x", 0),
        ([Turn("x", ASKED)], "/nlu_fallback", 0),
        ([Turn("x", ASKED)], "iets anders.", 0),
        ([Turn("x", ASKED), Turn("/nlu_fallback", MISSED)], "x", 1),
        ([Turn("x", ASKED)], "x", 1),
        ([Turn("x", ASKED), Turn("/ask_salary")], "x", 0),
        ([Turn("x", MISSED), Turn("mop", REFUSED)], "x", 1),
    ],
    ids=[
        "first", "one", "two", "answered since", "turned down", "turned down in words", "turned down before",
        "asked and again not understood", "chosen", "out of scope between",
    ],
)  # fmt: skip
def test_counts_misses_in_a_row(earlier: list[Turn], latest: str, count: int) -> None:
    assert misses_before(earlier, latest) == count


def test_counts_what_got_no_answer_of_substance() -> None:
    turns = [Turn("x", MISSED), Turn("wat kost het"), Turn("mop", REFUSED), Turn("x", ASKED)]

    assert unhelped_before(turns) == 2


@pytest.mark.parametrize("text", ["/nlu_fallback", "Iets anders", "iets anders!"])
def test_knows_that_the_choices_were_turned_down(text: str) -> None:
    assert is_something_else(text)
    assert not is_something_else("iets anders dan leraar worden")


def test_the_engine_and_the_chat_have_the_same_thresholds() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text())["pipeline"]
    (fallback,) = [part for part in pipeline if part["name"] == "FallbackClassifier"]

    assert (fallback["threshold"], fallback["ambiguity_threshold"]) == (LIMITS["upper"], LIMITS["margin"])
    assert LIMITS["floor"] < LIMITS["upper"]


def test_never_offers_danger_an_insult_or_an_answer() -> None:
    lists = read_content("understanding")
    never = {"express_crisis", "insult", "complain_about_bot", "out_of_scope", "affirm", "deny", "inform",
             "answer_rating", "answer_unsure", "greet", "goodbye", "thank"}  # fmt: skip

    assert set(lists["offered"]) | never == set(TITLES) - {"give_words"}
    assert not set(lists["offered"]) & never
    assert set(lists["taken"]) < never


def test_knows_which_intents_the_knowledge_action_answers() -> None:
    rules = yaml.safe_load((ROOT / "data" / "rules" / "knowledge.yml").read_text())["rules"]

    assert [intent for intent in INTENTS if is_knowledge(intent)] == sorted(
        rule["steps"][0]["intent"] for rule in rules
    )
