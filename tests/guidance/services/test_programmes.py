"""Programmes nearby over the real catalogue, and what pupils save."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.catalogue import KINDS, Programme, read_catalogue
from guidance.errors import AmbiguousPlace, NotFound, UnknownPlace, UnusableFilter
from guidance.models.programmes import SavedProgramme
from guidance.services.programmes import (
    ProgrammeQuery,
    ProgrammeResults,
    find_programmes,
    list_saved_programmes,
    remove_saved_programme,
    save_programme,
)
from tests.people import MONDAY, pupil


def found(**asked: object) -> ProgrammeResults:
    return find_programmes(ProgrammeQuery(**asked))  # type: ignore[arg-type]


class TestFindProgrammes:
    def test_shows_the_nearest_first_with_why(self) -> None:
        results = found(near="Ommen", kind="pabo")

        distances = [one.distance_km for one in results.programmes]
        assert distances == sorted(distances)
        assert {one.programme.kind for one in results.programmes} == {"pabo"}
        assert results.programmes[0].why == "22,1 km van Ommen, hemelsbreed. Je zocht op: pabo."

    def test_shows_a_programme_once_at_its_nearest_site(self) -> None:
        fontys = [
            one.programme
            for one in found(near="Venlo", kind="pabo", radius_km=150).programmes
            if one.programme.institution == "Fontys Hogeschool"
        ]

        assert [one.city for one in fontys] == ["Venlo"]

    def test_takes_all_filters_together(self) -> None:
        results = found(near="Goirle", kind="pabo", form="deeltijd", level="havo", radius_km=40)

        assert [one.programme.city for one in results.programmes] == ["Tilburg", "Breda"]
        assert all("deeltijd" in one.programme.forms for one in results.programmes)
        assert results.match == ("pabo", "deeltijd", "met havo")

    def test_counts_wider_circles_when_nothing_is_near(self) -> None:
        asked = {"near": "Urk", "subject": "Spaans", "kind": "tweedegraads"}
        results = found(**asked)

        assert results.programmes == ()
        assert [(circle.radius_km, circle.count) for circle in results.wider] == [(75, 1), (150, 2)]
        for circle in results.wider:
            assert len(found(**asked, radius_km=circle.radius_km).programmes) == circle.count

    def test_shows_the_whole_country_by_institution_without_a_place(self) -> None:
        results = found(subject="Spaans", kind="tweedegraads")

        assert [one.programme.city for one in results.programmes] == ["Tilburg", "Utrecht"]
        assert results.programmes[0].distance_km is None

    def test_shows_a_broad_university_programme_for_a_subject_and_says_so(self) -> None:
        results = found(near="Leiden", kind="wo_eerstegraads", subject="wiskunde")

        assert results.programmes[0].programme.subject == "bètawetenschappen"
        assert "Vraag of wiskunde erbij hoort." in results.programmes[0].why

    def test_says_who_may_enter_where_a_rule_is_sure(self) -> None:
        outcomes = {level: found(near="Zwolle", kind="pabo", level=level) for level in ("vwo", "havo")}

        assert {one.admission.outcome for one in outcomes["vwo"].programmes} == {"may_enter"}
        assert {one.admission.outcome for one in outcomes["havo"].programmes} == {"with_steps"}

    @pytest.mark.parametrize(
        "asked",
        [
            {"near": "Ommen", "kind": "kapper"},
            {"near": "Ommen", "subject": "toveren"},
            {"near": "Ommen", "form": "nachts"},
            {"near": "Ommen", "level": "groep 8"},
            {"near": "Ommen", "radius_km": 0},
            {"near": "Ommen", "radius_km": float("nan")},
            {"near": "Ommen", "radius_km": 5000},
            {"radius_km": 30},
        ],
        ids=str,
    )
    def test_refuses_a_filter_that_it_cannot_use(self, asked: dict[str, object]) -> None:
        with pytest.raises(UnusableFilter):
            found(**asked)

    @pytest.mark.parametrize("subject", ["Latijn", "grieks", "klassieke talen"])
    def test_shows_where_to_ask_for_a_subject_that_has_no_programme_of_its_own(self, subject: str) -> None:
        results = found(subject=subject)

        assert {one.programme.subject for one in results.programmes} == {"taal en cultuur"}
        assert all("brede opleiding" in one.why for one in results.programmes)

    def test_asks_back_or_knows_no_such_place(self) -> None:
        with pytest.raises(AmbiguousPlace):
            found(near="Bergen")
        with pytest.raises(UnknownPlace):
            found(near="zwole")

    @pytest.mark.parametrize(
        ("city", "isat", "institution"),
        [("Veghel", "34808", "Fontys Hogeschool"), ("Meppel", "34808", "NHL Stenden Hogeschool")],
        ids=["Fontys in Veghel", "NHL Stenden in Meppel"],
    )
    def test_never_suggests_what_does_not_really_run(self, city: str, isat: str, institution: str) -> None:
        sites = {(one.city, one.isat, one.institution) for one in read_catalogue()}

        assert (city, isat, institution) not in sites
        assert not [one for one in read_catalogue() if one.isat in {"35202", "35203"}]


class TestCatalogue:
    def test_every_programme_has_its_source_its_date_and_a_page(self) -> None:
        for programme in read_catalogue():
            assert programme.source
            assert programme.source_date
            assert programme.url.startswith("http"), programme.key
            assert programme.forms

    def test_keys_are_unique_and_kinds_are_of_the_contract(self) -> None:
        catalogue: tuple[Programme, ...] = read_catalogue()

        assert len({one.key for one in catalogue}) == len(catalogue) > 300
        assert {one.kind for one in catalogue} <= set(KINDS)


KPZ = "00ic-34808-zwolle"


class TestSaveProgramme:
    def test_keeps_a_programme_once(self, session: Session) -> None:
        anna = pupil(session, "Anna")

        first = save_programme(session, anna, KPZ, now=MONDAY)

        assert save_programme(session, anna, KPZ, now=MONDAY) is first
        assert [one.programme for one in list_saved_programmes(session, anna)] == [KPZ]

    def test_refuses_what_is_not_in_the_catalogue(self, session: Session) -> None:
        with pytest.raises(NotFound):
            save_programme(session, pupil(session, "Anna"), "made-up", now=MONDAY)

    def test_shows_a_pupil_only_their_own(self, session: Session) -> None:
        save_programme(session, pupil(session, "Anna"), KPZ, now=MONDAY)

        assert list_saved_programmes(session, pupil(session, "Bilal")) == []

    def test_goes_with_the_pupil(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)

        session.delete(anna)
        session.flush()

        assert session.scalars(select(SavedProgramme)).all() == []


class TestRemoveSavedProgramme:
    def test_forgets_it_and_does_not_mind_a_second_time(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)

        for _ in range(2):
            remove_saved_programme(session, anna, KPZ)

        assert list_saved_programmes(session, anna) == []
