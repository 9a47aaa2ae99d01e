"""Which licensed programmes really run, by what DUO's tables say together."""

from typing import Any, ClassVar

from guidance.catalogue import Programme
from guidance.catalogue_import import Sources, import_catalogue
from guidance.catalogue_rows import Outcome
from guidance.programme_words import check_in_words, students_in_words
from tests.guidance.duo_samples import (
    ECONOMICS_OF_OLD,
    WISKUNDE,
    licence,
    offer,
    place,
    sources,
    students,
    variant,
)


def kept(outcome: Outcome) -> Programme:
    (programme,) = outcome.programmes
    return programme


class TestKeeps:
    def test_what_the_institution_publishes_in_the_city(self) -> None:
        programme = kept(
            import_catalogue(sources([licence()], [offer(WEBSITE="https://www.v.nl/pabo?_gl=1")]))
        )

        assert (programme.key, programme.institution) == ("99aa-34808-zwolle", "Hogeschool Voorbeeld")
        assert (programme.kind, programme.subject, programme.forms) == (
            "pabo",
            "basisonderwijs",
            ("voltijd",),
        )
        assert (programme.url, programme.url_kind) == ("https://www.v.nl/pabo", "programme")
        assert (programme.studiekeuzecheck, programme.confidence) == ("verplicht", "high")

    def test_a_variant_as_an_offer_of_its_programme(self) -> None:
        elsewhere = offer("", form="")
        programme = kept(import_catalogue(sources([licence()], [elsewhere, variant("Zwolle")])))

        assert programme.confidence == "high"

    def test_only_the_forms_that_are_published(self) -> None:
        licences = [licence(form=form) for form in ("VOLTIJD", "DEELTIJD", "DUAAL")]
        overview = [offer(form="DEELTIJD"), offer(form="VOLTIJD")]

        assert kept(import_catalogue(sources(licences, overview))).forms == ("voltijd", "deeltijd")

    def test_what_is_not_published_but_has_students(self) -> None:
        programme = kept(import_catalogue(sources([licence()], enrolment=[students("120")])))

        assert (programme.students, programme.figures_year, programme.confidence) == (120, 2024, "medium")
        assert programme.url_kind == "institution"

    def test_a_city_under_the_name_that_people_use(self) -> None:
        programmes = [licence("'S-GRAVENHAGE"), licence("EDE GLD")]

        assert {one.city for one in import_catalogue(sources(programmes)).programmes} == {"Den Haag", "Ede"}

    def test_no_figure_where_the_source_hides_a_part_of_it(self) -> None:
        counts = [students("80"), students("-1", OPLEIDINGSVORM="DT")]

        assert kept(import_catalogue(sources([licence()], enrolment=counts))).students is None

    def test_no_figure_that_may_be_of_another_programme(self) -> None:
        counts = [students("90", SUBONDERDEEL="n.v.t. (onderwijs)")]
        two = [licence(isat=WISKUNDE), licence(isat="35193")]

        assert {one.students for one in import_catalogue(sources(two, enrolment=counts)).programmes} == {None}

    def test_no_figure_where_one_of_two_rows_is_hidden(self) -> None:
        counts = [students("80"), students("-1")]

        assert kept(import_catalogue(sources([licence()], enrolment=counts))).students is None


class TestWithoutAnInput:
    """What an absent table would tell is unknown: never a guess, never a figure without its year."""

    def given(self, **others: Any) -> Programme:
        return kept(import_catalogue(sources([licence()], [offer()], **others)))

    def test_without_any_there_are_no_figures(self) -> None:
        programme = self.given()

        assert (programme.students, programme.first_years, programme.figures_year) == (None, None, None)
        assert students_in_words(programme) == "Onbekend"

    def test_without_first_years_there_are_students_only(self) -> None:
        programme = self.given(enrolment=[students("80")])

        assert (programme.students, programme.first_years, programme.figures_year) == (80, None, 2024)

    def test_without_enrolment_there_are_first_years_with_their_year(self) -> None:
        programme = self.given(first_years=[students("30")])

        assert (programme.students, programme.first_years, programme.figures_year) == (None, 30, 2024)

    def test_figures_of_an_older_year_are_not_shown_beside_newer_ones(self) -> None:
        programme = self.given(enrolment=[students("80", year="2023")], first_years=[students("30")])

        assert (programme.students, programme.first_years, programme.figures_year) == (None, 30, 2024)

    def test_without_routes_there_is_no_academic_pabo(self) -> None:
        assert self.given().kind == "pabo"

    def test_without_places_nothing_is_put_anywhere(self) -> None:
        outcome = import_catalogue(Sources([licence()], [offer()], []))

        assert outcome.programmes == []
        assert list(outcome.left_out) == ["city not in the place table"]

    def test_without_a_page_or_a_check_neither_is_made_up(self) -> None:
        programme = kept(import_catalogue(sources([licence()], [offer(STUDIEKEUZECHECK="")])))

        assert (programme.url, programme.url_kind, programme.studiekeuzecheck) == ("", "institution", "")
        assert check_in_words(programme) == "Onbekend"


class TestLeavesOut:
    def reasons(self, given: Sources) -> list[str]:
        outcome = import_catalogue(given)
        assert outcome.programmes == []
        return list(outcome.left_out)

    def test_what_takes_no_new_students(self) -> None:
        closed = licence(INSTROOM_EINDDATUM="2025-09-01")

        assert self.reasons(sources([closed], [offer()])) == ["closed: no new students by the register"]

    def test_what_was_folded_into_another_programme(self) -> None:
        old = sources([licence(isat=ECONOMICS_OF_OLD)], [offer(isat=ECONOMICS_OF_OLD)])

        assert self.reasons(old) == ["closed: folded into another programme"]

    def test_what_is_published_with_a_last_start_that_has_passed(self) -> None:
        past = offer("Meppel", LAATSTE_INSTROOMDATUM="2024-09-01")

        assert self.reasons(sources([licence("MEPPEL")], [past])) == [
            "closed: the institution publishes a last start that has passed"
        ]

    def test_a_licence_for_a_city_where_it_is_not_published(self) -> None:
        both = sources([licence("VEGHEL")], [offer("Zwolle")])

        assert self.reasons(both) == ["licence only: the institution publishes it in other cities"]

    def test_a_private_licence_that_is_not_offered(self) -> None:
        private = licence(BEKOSTIGINGSCODE="NIET_BEKOSTIGD")

        assert self.reasons(sources([private])) == ["private licence, not published as an offer"]

    def test_what_is_not_published_and_has_no_students(self) -> None:
        elsewhere = students("50", SUBONDERDEEL="n.v.t. (techniek)")

        assert self.reasons(sources([licence()], enrolment=[elsewhere])) == [
            "licence only: not published, and no students in the newest year"
        ]

    def test_education_that_makes_no_teacher(self) -> None:
        assert self.reasons(sources([licence(isat="44103")])) == ["education, but not a teacher programme"]

    def test_a_city_that_is_not_in_the_place_table(self) -> None:
        assert self.reasons(sources([licence("NERGENS")], [offer("Nergens")])) == [
            "city not in the place table"
        ]


class TestRoutes:
    ROUTE: ClassVar = {
        "university": "Universiteit Voor",
        "hogeschool": "Hogeschool Beeld",
        "city": "Zwolle",
        "name": "Academische pabo",
    }

    def test_adds_an_academic_pabo_of_two_institutions(self) -> None:
        route = self.ROUTE | {"source": "DUO 2026", "confidence": "high"}
        programme = kept(import_catalogue(Sources([], [], [place("Zwolle")], routes=[route])))

        assert (programme.kind, programme.entry) == ("academische_pabo", ("vwo",))
        assert programme.institution == "Universiteit Voor / Hogeschool Beeld"
        assert (programme.source, programme.confidence) == ("DUO (register RIO)", "high")

    def test_leaves_out_a_route_that_no_register_confirms(self) -> None:
        route = self.ROUTE | {"source": "hearsay", "confidence": "low - verify"}
        outcome = import_catalogue(Sources([], [], [place("Zwolle")], routes=[route]))

        assert outcome.programmes == []
        assert list(outcome.left_out) == ["route that no register confirms"]


class TestModules:
    def given(self, name: str, **others: str) -> Outcome:
        university = licence(
            isat="50000", INSTELLINGSNAAM="Universiteit Voor", NIVEAU="WO-BA", ONDERDEEL="NATUUR"
        )
        module = offer("", "", OPLEIDINGSEENHEIDCODE="x", NIVEAU="WO-BA", PENVOERDER="Universiteit Voor")
        return import_catalogue(sources([university], [module | {"EIGENNAAM": name} | others]))

    def test_adds_a_module_in_the_city_of_the_university(self) -> None:
        programme = kept(self.given("Educatieve Module - Natuurkunde"))

        assert (programme.kind, programme.subject, programme.city) == (
            "educatieve_minor",
            "natuurkunde",
            "Zwolle",
        )
        assert programme.entry == ()

    def test_leaves_out_a_module_that_takes_no_new_students(self) -> None:
        assert self.given("Educatieve Module Duits", LAATSTE_INSTROOMDATUM="2024-09-01").programmes == []

    def test_leaves_out_a_module_without_a_school_subject(self) -> None:
        outcome = self.given("Educatieve Module Kunstmatige Intelligentie (bachelor)")

        assert list(outcome.left_out) == ["educational module without a school subject or a city"]
