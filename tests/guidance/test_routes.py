"""From answers to kinds of programme, each with the answers that led there."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.catalogue import read_catalogue
from guidance.content import read_content
from guidance.riasec import InterestType
from guidance.routes import KINDS, FittingRoute, direction_of, fitting_routes, problems_in_routes
from guidance.wording import render
from tests.guidance.interest_answers import INTEREST, Answers, all_of, only, some_answers

OFFERED = {programme.kind for programme in read_catalogue()}
levels = st.sampled_from(["havo", "vwo", "mbo4", None])

TABLE: list[tuple[dict[str, int], str | None, list[str]]] = [
    ({"young_children": 5}, "havo", ["pabo"]),
    ({"young_children": 5}, None, ["pabo"]),
    ({"young_children": 5}, "vmbo", ["pabo"]),
    ({"young_children": 4}, "vwo", ["pabo", "academische_pabo"]),
    ({"young_children": 4, "solve_puzzle": 5}, "vwo", ["academische_pabo", "pabo"]),
    ({"young_children": 3}, "havo", []),
    ({"teenagers": 4}, "havo", ["tweedegraads"]),
    ({"teenagers": 4}, "vwo", ["tweedegraads", "wo_eerstegraads"]),
    ({"one_subject": 5}, "havo", ["tweedegraads"]),
    ({"one_subject": 1}, "havo", []),
    ({"mbo": 5, "build_something": 4}, "havo", ["tweedegraads", "groen_techniek"]),
    ({"mbo": 4, "work_outdoors": 5}, "havo", ["groen_techniek", "tweedegraads"]),
    ({"sport_arts": 5}, "havo", ["alo"]),
    ({"sport_arts": 5, "perform": 5}, "havo", ["kunstvakdocent", "alo"]),
    ({"perform": 5, "draw_or_design": 5}, "havo", []),
    ({"extra_care": 5}, "havo", ["associate_degree"]),
    ({"extra_care": 5, "guide_children": 5}, "havo", ["associate_degree", "pabo"]),
    ({}, "vwo", []),
]

SPOILED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "pabo: unknown item juggling": lambda raw: raw["routes"][0]["supports"].append(
        {"item": "juggling", "at_least": 4}
    ),
    "pabo: unknown level vmbo": lambda raw: raw["routes"][0]["levels"].append("vmbo"),
    "unknown kind toneelschool": lambda raw: raw["later_steps"].update(toneelschool={"after": ["pabo"]}),
    "no rule leads to hbo_master": lambda raw: raw["later_steps"].pop("hbo_master"),
    "no rule asks for extra_care": lambda raw: raw.update(
        routes=[rule for rule in raw["routes"] if "extra_care" not in str(rule["needs"])]
    ),
    "hbo_master: what comes before it leads nowhere or round": lambda raw: raw["later_steps"].update(
        hbo_master={"after": ["educatieve_minor"]}, educatieve_minor={"after": ["hbo_master"]}
    ),
    "wo_eerstegraads: what comes before it leads nowhere or round": lambda raw: raw["starts"].clear(),
    "no direction for social": lambda raw: raw["directions"].pop("social"),
    "pabo: young_children can never hold": lambda raw: raw["routes"][0]["needs"][0][0].update(at_least=6),
    "pabo: young_children has no bound": lambda raw: raw["routes"][0]["needs"][0][0].pop("at_least"),
    "pabo: a rule or a line without a condition": lambda raw: raw["routes"][0]["needs"].append([]),
}


class TestTheRules:
    def test_have_no_orphan_no_dead_end_no_cycle_and_no_unknown_word(self) -> None:
        assert problems_in_routes(read_content("routes"), INTEREST, OFFERED) == []

    def test_are_refused_when_they_lead_to_what_nobody_offers(self) -> None:
        assert problems_in_routes(read_content("routes"), INTEREST, OFFERED - {"alo"}) == [
            "alo: no programme to find"
        ]

    @pytest.mark.parametrize("problem", SPOILED)
    def test_are_refused_when_spoiled(self, problem: str) -> None:
        raw = deepcopy(read_content("routes"))
        SPOILED[problem](raw)

        assert problem in problems_in_routes(raw, INTEREST, OFFERED)

    def test_have_words_for_every_kind_they_lead_to(self) -> None:
        for kind in set(KINDS) - set(read_content("routes")["later_steps"]):
            assert render(f"check_in.kinds.{kind}")
            assert render(f"check_in.short_kinds.{kind}")

    def test_know_another_direction_for_every_interest(self) -> None:
        assert len({direction_of(field) for field in InterestType}) == len(InterestType)


class TestFittingRoutes:
    @pytest.mark.parametrize(("values", "level", "kinds"), TABLE)
    def test_follow_from_the_answers_best_fit_first(
        self, values: dict[str, int], level: str | None, kinds: list[str]
    ) -> None:
        assert [route.kind for route in fitting_routes(only(values), level)] == kinds

    def test_name_the_answers_that_led_there(self) -> None:
        answers = only({"young_children": 5, "guide_children": 4, "one_subject": 2, "perform": 5})

        assert fitting_routes(answers, "havo") == [
            FittingRoute("pabo", ("young_children", "guide_children", "one_subject"))
        ]

    def test_say_what_comes_before_a_university_programme(self) -> None:
        assert [route.after for route in fitting_routes(only({"teenagers": 5}), "vwo")] == [
            None,
            "bachelor_wo",
        ]

    def test_lead_a_pupil_who_likes_everything_to_every_kind_for_her_level(self) -> None:
        for level, university in (("havo", set()), ("vwo", {"academische_pabo", "wo_eerstegraads"})):
            kinds = [route.kind for route in fitting_routes(all_of(5), level)]
            later = set(read_content("routes")["later_steps"])

            assert len(kinds) == len(set(kinds))
            assert set(kinds) == set(KINDS) - later - ({"academische_pabo", "wo_eerstegraads"} - university)

    @given(some_answers, levels)
    def test_have_reasons_that_were_answered(self, answers: Answers, level: str | None) -> None:
        for route in fitting_routes(answers, level):
            assert route.reasons
            assert all(answers[item].value is not None for item in route.reasons)

    @given(some_answers, levels, st.randoms())
    def test_do_not_depend_on_the_order_of_the_answers(
        self, answers: Answers, level: str | None, random: Any
    ) -> None:
        shuffled = list(answers.items())
        random.shuffle(shuffled)

        assert fitting_routes(dict(shuffled), level) == fitting_routes(answers, level)

    @given(some_answers, levels)
    def test_are_there_exactly_when_something_about_teaching_is_liked(
        self, answers: Answers, level: str | None
    ) -> None:
        liked = [
            item
            for item in INTEREST.items_of("teaching")
            if item.id in answers and (answers[item.id].value or 0) >= 4
        ]

        assert bool(fitting_routes(answers, level)) == bool(liked)
