"""Programmes nearby over the real catalogue, and what pupils save."""

import pytest

from guidance.catalogue import KINDS, Programme, read_catalogue
from guidance.errors import AmbiguousPlace, UnknownPlace, UnusableFilter
from guidance.services.programmes import (
    ProgrammeQuery,
    ProgrammeResults,
    find_programmes,
)


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

    def test_says_whether_this_pupil_may_enter_and_leaves_nothing_out(self) -> None:
        everyone = found(near="Zwolle", subject="wiskunde", level="havo")
        this_pupil = found(
            near="Zwolle", subject="wiskunde", level="havo", profile="NG", exam_subjects=("wis b",)
        )

        assert [one.programme for one in this_pupil.programmes] == [
            one.programme for one in everyone.programmes
        ]
        assert {one.admission.outcome for one in everyone.programmes} == {"unknown"}
        assert {one.admission.outcome for one in this_pupil.programmes} == {"may_enter"}
        assert {one.admission.date for one in this_pupil.programmes} == {"2015-11"}

    def test_judges_by_the_level_of_who_asks_for_a_later_step(self) -> None:
        results = found(kind="academische_pabo", own_level="havo")

        assert {one.admission.outcome for one in results.programmes} == {"not_by_rule"}
        assert {one.level for one in results.programmes} == {"havo"}

    @pytest.mark.parametrize(
        ("degree", "kinds"),
        [
            ("associate degree", {"associate_degree"}),
            (
                "bachelor",
                {
                    "pabo", "academische_pabo", "tweedegraads", "alo", "kunstvakdocent", "groen_techniek",
                    "wo_eerstegraads",
                },
            ),
            ("master", {"hbo_master", "wo_eerstegraads", "educatieve_master"}),
            ("tweedegraads", {"tweedegraads", "groen_techniek"}),
            (
                "eerstegraads",
                {"alo", "kunstvakdocent", "hbo_master", "wo_eerstegraads", "educatieve_master"},
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )  # fmt: skip
    def test_filters_by_degree(self, degree: str, kinds: set[str]) -> None:
        results = found(degree=degree)

        assert {one.programme.kind for one in results.programmes} == kinds

    def test_shares_the_catalogue_out_over_the_degrees(self) -> None:
        by_degree = [
            {one.programme.key for one in found(degree=degree).programmes}
            for degree in ("bachelor", "master", "associate_degree")
        ]
        modules = {one.key for one in read_catalogue() if one.kind == "educatieve_minor"}

        assert sum(map(len, by_degree)) + len(modules) == len(read_catalogue())
        assert set.union(modules, *by_degree) == {one.key for one in read_catalogue()}

    def test_keeps_a_master_for_the_primary_school_out_of_the_first_degree(self) -> None:
        results = found(degree="eerstegraads", kind="educatieve_master")

        assert results.programmes
        assert "basisonderwijs" not in {one.programme.subject for one in results.programmes}

    def test_answers_combinations(self) -> None:
        pabos = found(near="Goirle", kind="pabo", form="deeltijd", radius_km=40)
        spanish = found(subject="spaans", degree="tweedegraads")
        masters = found(near="Utrecht", subject="wiskunde", degree="master", radius_km=60)

        assert {one.programme.city for one in pabos.programmes} == {"Tilburg", "Breda"}
        assert [one.programme.city for one in spanish.programmes] == ["Tilburg", "Utrecht"]
        assert {one.programme.kind for one in masters.programmes} == {
            "hbo_master", "wo_eerstegraads", "educatieve_master",
        }  # fmt: skip
        assert masters.match == ("master", "wiskunde")

    @pytest.mark.parametrize(
        "asked",
        [
            {"near": "Ommen", "kind": "kapper"},
            {"near": "Ommen", "degree": "doctor"},
            {"near": "Ommen", "profile": "XX"},
            {"near": "Ommen", "level": "mbo4", "profile": "NT"},
            {"near": "Ommen", "exam_subjects": ("toveren",)},
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
