"""Routes to teaching over the real catalogue."""

from datetime import date

import pytest

from guidance.catalogue import LEVELS
from guidance.errors import UnusableFilter
from guidance.programme_filters import subject_names
from guidance.services.teacher_routes import RouteQuery, find_teacher_routes
from guidance.teacher_route_replies import route_cards
from guidance.teacher_routes import GRADES, TeacherRoute, TeacherRoutes
from tests.readability import longest_sentence, reading_ease

TODAY = date(2026, 11, 22)
EASIEST, MOST_WORDS_A_SENTENCE = 65, 15


def routes(**asked: object) -> TeacherRoutes:
    return find_teacher_routes(RouteQuery(**asked), today=TODAY)  # type: ignore[arg-type]


def names(found: tuple[TeacherRoute, ...]) -> list[str]:
    return [route.name for route in found]


class TestFindTeacherRoutes:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"subject": "wiskunde", "grade": "bovenbouw", "level": "havo"}, ["hbo_master"]),
            (
                {"subject": "wiskunde", "grade": "bovenbouw", "level": "vwo"},
                ["hbo_master", "teacher_master", "educational_master"],
            ),
            ({"subject": "wiskunde", "grade": "onderbouw", "level": "mbo4"}, ["second_degree"]),
            ({"subject": "techniek", "grade": "mbo", "level": "havo"}, ["second_degree"]),
            ({"subject": "gym", "grade": "bovenbouw", "level": "havo"}, ["sport_or_arts"]),
            ({"grade": "basisschool", "level": "havo"}, ["pabo"]),
            ({"grade": "basisschool", "level": "vwo"}, ["pabo", "academic_pabo", "primary_master"]),
            ({"subject": "Spaans", "level": "havo"}, ["second_degree"]),
            (
                {"subject": "Latijn", "grade": "bovenbouw", "level": "vwo"},
                ["teacher_master", "educational_master"],
            ),
        ],
        ids=str,
    )  # fmt: skip
    def test_lead_from_a_level_to_whom_one_would_teach(
        self, asked: dict[str, object], found: list[str]
    ) -> None:
        assert names(routes(**asked).routes) == found

    def test_tell_steps_years_and_where(self) -> None:
        (route,) = routes(subject="wiskunde", grade="bovenbouw", level="havo").routes
        first, master = route.steps

        assert route.years == "5,5 jaar of langer"
        assert (first.years, master.years) == ("Dat duurt vier jaar.", "Dat duurt anderhalf jaar.")
        assert (first.where[0].kind, master.where[0].kind) == ("tweedegraads", "hbo_master")
        assert route.teaches == "Je geeft dan les in de bovenbouw van havo en vwo."
        assert "DUO, 2026" in route.source

    def test_ask_what_the_card_of_a_programme_asks(self) -> None:
        (route,) = routes(subject="wiskunde", grade="onderbouw", level="havo", profile="NG").routes

        assert route.admission.startswith("Volgens de regels van 2015 heb je met NG ook wiskunde B nodig.")
        assert "bijlage B, november 2015" in route.source

    def test_are_of_every_level_when_it_is_not_known(self) -> None:
        found = routes(subject="wiskunde", grade="bovenbouw").routes

        assert [route.levels for route in found] == [LEVELS, ("vwo",), ("vwo",)]
        assert {route.admission for route in found} == {""}

    def test_show_those_of_another_level_when_there_is_none(self) -> None:
        found = routes(subject="Latijn", grade="bovenbouw", level="havo")

        assert found.routes == ()
        assert "geen rechte weg" in found.none
        assert {route.levels for route in found.others} == {("vwo",)}

    def test_show_those_to_another_grade_when_there_is_none(self) -> None:
        found = routes(subject="filosofie", grade="bovenbouw", level="vwo")

        assert names(found.others) == ["module"]

    def test_say_that_a_broad_programme_is_not_of_the_subject_alone(self) -> None:
        found = routes(subject="wiskunde", grade="bovenbouw", level="vwo").routes

        assert "Vraag of wiskunde erbij hoort." in found[1].steps[-1].remark
        assert "brede opleiding" not in found[0].steps[-1].remark

    @pytest.mark.parametrize("subject", [None, *subject_names()])
    def test_end_nowhere_without_a_way_on(self, subject: str | None) -> None:
        for level in (None, *LEVELS):
            for grade in (None, *GRADES):
                found = routes(subject=subject, grade=grade, level=level)

                assert found.routes or found.none
                assert found.routes or found.others or found.search

    @pytest.mark.parametrize(
        ("asked", "name"),
        [
            ({"subject": "toveren"}, "subject"),
            ({"grade": "crèche"}, "grade"),
            ({"level": "groep 8"}, "level"),
            ({"subject": "wiskunde", "profile": "XX"}, "profile"),
            ({"level": "mbo4", "profile": "NT"}, "profile"),
            ({"grade": "basisschool", "exam_subjects": ("toveren",)}, "exam_subjects"),
        ],
        ids=str,
    )
    def test_refuse_a_word_they_do_not_know(self, asked: dict[str, object], name: str) -> None:
        with pytest.raises(UnusableFilter) as refusal:
            routes(**asked)

        assert refusal.value.name == name


class TestRouteCards:
    def test_show_three_routes_and_the_page_of_all(self) -> None:
        cards = route_cards(routes(subject="wiskunde", level="vwo"))

        assert len(cards) == 4
        assert cards[-1].url == "/opleidingen/route?subject=wiskunde&level=vwo"
        assert [label for label, _ in cards[1].rows] == ["Stap 1", "Stap 2", "Daarna", "Toelating", "Bron"]

    @pytest.mark.parametrize("subject", [None, *subject_names()])
    def test_are_easy_to_read(self, subject: str | None) -> None:
        for level in (None, *LEVELS):
            for grade in (None, *GRADES):
                for card in route_cards(routes(subject=subject, grade=grade, level=level)):
                    said = [card.subtitle, *(words for label, words in card.rows if label != "Bron")]
                    for words in filter(None, said):
                        assert longest_sentence(words) <= MOST_WORDS_A_SENTENCE, words
                    if card.rows:
                        assert reading_ease(" ".join(said)) >= EASIEST, said
