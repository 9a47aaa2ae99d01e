"""The rules of the routes to teaching: whole, and read as they are written."""

from copy import deepcopy
from typing import Any

import pytest

from guidance.catalogue import LEVELS, read_catalogue
from guidance.content import read_content
from guidance.errors import UnusableFilter
from guidance.teacher_routes import GRADES, chains_from, grade_in, grade_named
from guidance.teacher_routes_check import problems_in_teacher_routes
from guidance.wording import texts_of


def problems_in(raw: Any) -> list[str]:
    return problems_in_teacher_routes(
        raw,
        offered={one.kind for one in read_catalogue()},
        loads=set(read_content("facts")["study_load"][0]["values"]),
        kinds=read_content("programme_kinds"),
    )


SPOILED = [
    (lambda raw: raw["steps"]["pabo"]["from"].append("vmbo"), "pabo: unknown from vmbo"),
    (lambda raw: raw["steps"]["pabo"]["kinds"].append("kapper"), "pabo: unknown kinds kapper"),
    (lambda raw: raw["steps"]["pabo"]["load"].append("forever"), "pabo: unknown load forever"),
    (lambda raw: raw["steps"]["pabo"]["teaches"].append("crèche"), "pabo: unknown teaches crèche"),
    (lambda raw: raw["steps"]["pabo"]["load"].clear(), "pabo: takes no time"),
    (lambda raw: raw["steps"]["pabo"]["from"].remove("mbo4"), "pabo: pabo begins at other levels"),
    (lambda raw: raw["steps"]["hbo_master"]["from"].clear(), "hbo_master: nobody can begin it"),
    (lambda raw: raw["steps"]["hbo_master"]["teaches"].clear(), "hbo_master: leads nowhere"),
    (lambda raw: raw["steps"]["hbo_master"]["teaches"].clear(), "no route from havo to bovenbouw"),
    (lambda raw: raw["steps"]["second_degree"]["from"].append("hbo_master"), "second_degree: goes round"),
    (lambda raw: raw["steps"].pop("module"), "no step of kind educatieve_minor"),
    (lambda raw: raw["no_step"].update(pabo="why"), "pabo: a step and no step"),
    (lambda raw: raw["no_step"].clear(), "no step of kind associate_degree"),
    (lambda raw: raw["grades"].pop("mbo"), "grade mbo has no words"),
]


class TestTheRules:
    def test_have_no_orphan_no_dead_end_no_cycle_and_no_unknown_word(self) -> None:
        assert problems_in(read_content("teacher_routes")) == []

    @pytest.mark.parametrize(("spoil", "problem"), SPOILED, ids=[problem for _, problem in SPOILED])
    def test_are_refused_when_spoiled(self, spoil: Any, problem: str) -> None:
        raw = deepcopy(read_content("teacher_routes"))
        if problem == "no route from havo to bovenbouw":
            raw["steps"]["sport_or_arts"]["teaches"].remove("bovenbouw")
        spoil(raw)

        assert problem in problems_in(raw)

    def test_are_refused_when_nobody_offers_a_kind(self) -> None:
        found = problems_in_teacher_routes(
            read_content("teacher_routes"),
            offered={one.kind for one in read_catalogue()} - {"alo"},
            loads=set(read_content("facts")["study_load"][0]["values"]),
            kinds=read_content("programme_kinds"),
        )

        assert found == ["sport_or_arts: no programme of kind alo"]

    def test_agree_with_what_comes_after_what_for_the_interest_check_in(self) -> None:
        """Both files say what follows a bachelor or a programme for teachers."""
        steps = read_content("teacher_routes")["steps"]
        names = {"bachelor_wo": "university_bachelor", "tweedegraads": "second_degree"}

        for kind, later in read_content("routes")["later_steps"].items():
            before = {earlier for step in steps.values() if kind in step["kinds"] for earlier in step["from"]}
            assert before == {names[earlier] for earlier in later["after"]}, kind

    def test_have_words_for_every_step_route_and_grade(self) -> None:
        texts = texts_of("teacher_routes.steps"), texts_of("teacher_routes.titles")
        steps = read_content("teacher_routes")["steps"]

        assert set(texts[0]) == set(steps)
        assert set(texts[1]) == {name for name, step in steps.items() if step["teaches"]}
        assert set(texts_of("teacher_routes.grades")) == set(texts_of("teacher_routes.grade")) == set(GRADES)
        assert set(texts_of("teacher_routes.remarks")) <= set(steps)


class TestChainsFrom:
    @pytest.mark.parametrize("level", LEVELS)
    def test_lead_everyone_to_every_kind_of_school(self, level: Any) -> None:
        assert {grade for chain in chains_from(level) for grade in chain[-1].teaches} == set(GRADES)

    def test_are_rows_of_steps_in_order(self) -> None:
        rows = [[step.name for step in chain] for chain in chains_from("havo")]

        assert rows == [["pabo"], ["second_degree"], ["second_degree", "hbo_master"], ["sport_or_arts"]]


class TestGrade:
    @pytest.mark.parametrize(
        ("text", "grade"),
        [
            ("bovenbouw", "bovenbouw"), ("Vmbo", "onderbouw"), ("primair onderwijs", "basisschool"),
            ("mbo", "mbo"), ("eerstegraads", "bovenbouw"), ("", None), (None, None),
        ],
    )  # fmt: skip
    def test_is_known_by_its_names(self, text: str | None, grade: str | None) -> None:
        assert grade_named(text) == grade

    def test_is_refused_when_unknown(self) -> None:
        with pytest.raises(UnusableFilter):
            grade_named("kinderopvang")

    @pytest.mark.parametrize(
        ("text", "grade"),
        [
            ("ik wil scheikunde geven in de bovenbouw", "bovenbouw"),
            ("hoe word ik leraar op het vmbo", "onderbouw"),
            ("leraar worden op het mbo, hoe dan", "mbo"),
            ("ik doe mbo en wil leraar worden", None),
            ("hoe word ik juf", "basisschool"),
            ("de bovenbouw van de basisschool", "basisschool"),
            ("onderbouw of bovenbouw", None),
            ("hoe word ik leraar", None),
        ],
    )
    def test_is_heard_in_a_message(self, text: str, grade: str | None) -> None:
        assert grade_in(text) == grade
